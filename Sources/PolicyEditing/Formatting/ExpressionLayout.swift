import CEL
import Diagnostics

/// The way an expression is written: one space around operators, none inside brackets.
enum ExpressionLayout {
  /// Whether two tokens that follow each other have a space between them.
  static func isSpaced(_ left: ExpressionPiece, _ right: ExpressionPiece) -> Bool {
    switch (left.role, right.role) {
    case (.open, _), (_, .close), (.dot, _), (_, .dot), (.prefix, _), (_, .comma): false
    case (_, .open(isSuffix: true)): false
    case (.question(isChoice: false), _), (_, .colon(isChoice: false)): false
    case (.comma, _), (.colon, _), (.infix, _), (_, .infix): true
    case (.question(isChoice: true), _), (_, .question(isChoice: true)): true
    case (_, .colon(isChoice: true)): true
    default: true
    }
  }

  /// Whether a line may begin with a token: with an operator, which then tells how it goes on.
  static func begins(line piece: ExpressionPiece) -> Bool {
    switch piece.role {
    case .infix(precedence: 1), .infix(precedence: 2), .question(isChoice: true),
      .colon(isChoice: true):
      true
    default: false
    }
  }

  /// The tokens written out on one line.
  static func line(_ pieces: ArraySlice<ExpressionPiece>, of text: MappedText) -> String {
    var line = ""
    var previous: ExpressionPiece?
    for piece in pieces {
      if let previous, isSpaced(previous, piece) { line += " " }
      line += String(decoding: text.bytes[piece.range], as: UTF8.self)
      previous = piece
    }
    return line
  }

  /// The tokens in lines of at most a width, as far as there are operators to break at: first at those that hold
  /// the least together.
  static func lines(
    _ pieces: ArraySlice<ExpressionPiece>, of text: MappedText, width: Int
  ) -> [ArraySlice<ExpressionPiece>] {
    guard line(pieces, of: text).count > width else { return [pieces] }
    for isBreak in breaks(in: pieces) {
      let parts = split(pieces, before: isBreak)
      guard parts.count > 1 else { continue }
      return parts.flatMap { lines($0, of: text, width: width) }
    }
    return [pieces]
  }

  /// The operators at which a line can be broken, the weakest first: those in the fewest brackets count.
  private static func breaks(
    in pieces: ArraySlice<ExpressionPiece>
  ) -> [(ExpressionPiece) -> Bool] {
    let depths = Set(pieces.dropFirst().filter(begins(line:)).map(\.depth)).sorted()
    return depths.flatMap { depth -> [(ExpressionPiece) -> Bool] in
      let roles: [ExpressionPiece.Role] = [
        .colon(isChoice: true), .question(isChoice: true), .infix(precedence: 1),
        .infix(precedence: 2),
      ]
      return roles.map { role in { $0.depth == depth && $0.role == role } }
    }
  }

  private static func split(
    _ pieces: ArraySlice<ExpressionPiece>, before isBreak: (ExpressionPiece) -> Bool
  ) -> [ArraySlice<ExpressionPiece>] {
    var parts: [ArraySlice<ExpressionPiece>] = []
    var start = pieces.startIndex
    for index in pieces.indices.dropFirst() where isBreak(pieces[index]) {
      parts.append(pieces[start..<index])
      start = index
    }
    return parts + [pieces[start...]]
  }
}
