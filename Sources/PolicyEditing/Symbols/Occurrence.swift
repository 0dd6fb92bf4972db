package import Diagnostics
package import YAML

/// A place where a symbol is named.
package struct Occurrence: Hashable, Sendable {
  /// How the name is written there, which decides how another is written in its place.
  package enum Form: Hashable, Sendable {
    /// As it is: in an expression, a path or the notation of a type.
    case name
    /// The name of a type with a small first letter: what a value of it is called in its own rules.
    case variable
    /// In the quotes of a text in an expression, inside of a scalar of a style.
    case literal(YAMLScalar.Style)
    /// As a whole scalar of a style, without its quotes.
    case scalar(YAMLScalar.Style)
  }

  /// What is named.
  package let symbol: Symbol
  /// The bytes of the name alone.
  package let range: SourceRange
  /// Whether the symbol is declared here.
  package let isDefinition: Bool
  /// How the name is written.
  package let form: Form
}
