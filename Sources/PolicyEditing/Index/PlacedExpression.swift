package import Diagnostics
package import PolicyEngine

/// An expression of a file, with what its names mean.
package struct PlacedExpression: Sendable {
  /// Its text, which knows its place in the file.
  package let text: MappedText
  /// The index of the type that it is about.
  package let subject: Int
  /// What it says, and the uses of names.
  package let reading: ExpressionNames.Reading

  /// Where it stands.
  package var range: SourceRange { text.range(of: 0..<text.bytes.count) }
}
