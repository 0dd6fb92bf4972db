public import CEL
public import Diagnostics

/// A text with expressions in braces, filled in when it is shown; `{{` and `}}` are braces.
public struct Template: Sendable {
  /// A piece of a template.
  public enum Piece: Sendable {
    /// Text as it stands.
    case text(String)
    /// An expression whose value is put in.
    case expression(CheckedExpression)
  }

  /// The pieces, in order.
  public let pieces: [Piece]
  /// Where the text stands.
  public let range: SourceRange

  /// The expressions in the text, in order.
  public var expressions: [CheckedExpression] {
    pieces.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }
}
