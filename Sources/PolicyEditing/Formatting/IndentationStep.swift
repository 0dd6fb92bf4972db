import Diagnostics
import YAML

/// Two spaces for each level, in lists too.
struct IndentationStep {
  private(set) var edits: [TextEdit] = []
  private let source: Source
  /// How far each line moves, from line 0; nil for lines that nothing moves.
  private var moves: [Int?]
  /// Whether something is written in a way that is left as it is.
  private var isUnusual = false

  init(_ text: LaidOutText) {
    source = text.source
    moves = Array(repeating: nil, count: source.lineCount)
    for document in text.documents { visit(document, at: 0) }
    moveComments(text)
    guard !isUnusual else {
      edits = []
      return
    }
    for (line, move) in moves.enumerated() {
      guard let move, move != 0 else { continue }
      let range = source.byteRange(ofLine: line + 1)
      let indentation = indentation(of: line)
      guard range.lowerBound + indentation < range.upperBound else { continue }
      edits.append(
        TextEdit(
          range: SourceRange(
            source: source, bytes: range.lowerBound..<range.lowerBound + indentation),
          text: String(repeating: " ", count: max(0, indentation + move))))
    }
  }

  // MARK: Places

  private func line(of offset: Int) -> Int { source.line(of: offset) - source.firstLine }

  private func column(of offset: Int) -> Int {
    offset - source.byteRange(ofLine: line(of: offset) + 1).lowerBound
  }

  private func indentation(of line: Int) -> Int {
    source.bytes[source.byteRange(ofLine: line + 1)].prefix { $0 == 0x20 }.count
  }

  private func isFirst(_ offset: Int) -> Bool {
    indentation(of: line(of: offset)) == column(of: offset)
  }

  // MARK: Nodes

  /// Moves a node that is to stand at a column.
  private mutating func visit(_ node: YAMLNode, at target: Int) {
    guard node.isWrittenHere, !node.isFlow else { return }
    switch node.content {
    case .scalar: return
    case .mapping(let entries):
      for entry in entries {
        let start = entry.key.range.bytes.lowerBound
        if isFirst(start) {
          move(from: start, to: entry.value.range.bytes.upperBound, by: target - column(of: start))
        }
        visit(entry.value, at: target + 2)
      }
    case .sequence(let items): for item in items { visit(item: item, at: target) }
    }
  }

  private mutating func visit(item: YAMLNode, at target: Int) {
    let start = item.range.bytes.lowerBound
    guard !item.range.bytes.isEmpty, let dash = dash(before: start), isFirst(dash) else {
      isUnusual = true
      return
    }
    move(from: dash, to: item.range.bytes.upperBound, by: target - column(of: dash))
    guard item.scalar == nil, !item.isFlow, item.isWrittenHere else { return }
    let inner = item.contentRange.bytes.lowerBound
    guard line(of: inner) == line(of: dash) else {
      isUnusual = true
      return
    }
    edits.append(
      TextEdit(range: SourceRange(source: source, bytes: dash + 1..<start), text: " "))
    // What follows the first line stands under the first entry.
    let shift = target + 2 - column(of: inner)
    let end = item.range.bytes.upperBound
    let lines = line(of: dash) + 1..<line(of: max(dash, end - 1)) + 1
    for line in lines where lines.lowerBound <= line { moves[line] = shift }
    visit(item, at: target + 2)
  }

  /// The offset of the dash before an item on its line; nil where there is none.
  private func dash(before start: Int) -> Int? {
    var offset = start
    while offset > 0, source.bytes[offset - 1] == 0x20 { offset -= 1 }
    guard offset > 0, source.bytes[offset - 1] == UInt8(ascii: "-") else { return nil }
    return offset - 1
  }

  private mutating func move(from start: Int, to end: Int, by distance: Int) {
    let last = line(of: max(start, end - 1))
    for line in line(of: start)...max(line(of: start), last) { moves[line] = distance }
  }

  // MARK: Comments

  /// Comments move with what follows them at the same indentation, and else with what stands before them.
  private mutating func moveComments(_ text: LaidOutText) {
    var next: (indentation: Int, move: Int?)?
    for line in moves.indices.reversed() {
      let range = source.byteRange(ofLine: line + 1)
      let start = range.lowerBound + indentation(of: line)
      guard start < range.upperBound else { continue }
      if source.bytes[start] == 0x09 { isUnusual = true }
      guard source.bytes[start] == UInt8(ascii: "#"), !text.isInScalar(start) else {
        next = (indentation(of: line), moves[line])
        continue
      }
      if let next, next.indentation == indentation(of: line) { moves[line] = next.move }
    }
    for line in moves.indices.dropFirst() where moves[line] == nil { moves[line] = moves[line - 1] }
  }
}
