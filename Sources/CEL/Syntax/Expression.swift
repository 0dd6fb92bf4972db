public import Diagnostics

/// An expression as it is written.
public struct Expression: Sendable {
  /// Where the node stands, in the file.
  public let range: SourceRange

  /// The expression that a text holds.
  ///
  /// Mistakes are appended to `diagnostics`, with their places in the file that the text was taken
  /// from; where a part can't be understood it becomes an error node, and the rest is read on.
  public static func parse(
    _ text: MappedText, into diagnostics: inout [Diagnostic]
  ) -> Expression {
    Expression(range: text.range(of: 0..<text.bytes.count))
  }
}
