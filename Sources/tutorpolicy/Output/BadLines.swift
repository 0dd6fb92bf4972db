import Diagnostics
import PolicyEngine

/// Says what is wrong with the lines of a stream that are no documents, by reading them again.
struct BadLines: Sendable {
  let renderer: DiagnosticRenderer
  let view: SessionView

  /// How many bytes are written about the lines of a piece before it is its turn: a piece that waits for others
  /// holds no more than that.
  private static let messageLimit = 2 << 20

  /// Writes what is wrong with the lines of a piece, up to a limit or to the end; the others stay.
  func report(_ piece: inout ReportOutput.Piece, of file: String, toEnd: Bool) {
    var text = ""
    var count = 0
    for line in piece.badLines {
      guard toEnd || text.utf8.count < Self.messageLimit else { break }
      text += renderer.render(mistakes(in: line, number: piece.firstLine + line.number, of: file))
      count += 1
    }
    piece.badLines.removeFirst(count)
    piece.messages += text
  }

  private func mistakes(
    in line: LineDecider.BadLine, number: Int, of file: String
  ) -> [Diagnostic] {
    let source = Source(name: file, bytes: line.bytes, firstLine: number)
    guard line.bytes.count <= SessionInput.documentLimit else { return [.tooLong(source)] }
    return view.mistakes(in: source)
  }
}
