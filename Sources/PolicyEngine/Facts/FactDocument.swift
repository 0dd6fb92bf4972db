public import CEL
public import Diagnostics
public import YAML

/// One document's facts, checked against the schema, as values of the expression language.
public final class FactDocument: Sendable {
  /// The document as an object of the expression language.
  public let root: any CELObject

  init(root: any CELObject) { self.root = root }

  /// Where a fact stands in the text that the document was read from; nil for facts that are not there.
  public func range(of path: AttributePath) -> SourceRange? { nil }

  /// The document in a JSON text; nil when it has a mistake.
  ///
  /// All mistakes are appended to `diagnostics`: JSON syntax, a key that the schema does not know or
  /// that is given twice, a value of another type, a string that is no case of its enumeration or no
  /// date. Facts that are not there are none: they are missing or absent when read.
  public static func read(
    json source: Source, schema: FactSchema, into diagnostics: inout [Diagnostic]
  ) -> FactDocument? { nil }

  /// The document in a YAML node; nil when it has a mistake. The same checks as for JSON.
  public static func read(
    yaml node: YAMLNode, schema: FactSchema, into diagnostics: inout [Diagnostic]
  ) -> FactDocument? { nil }
}
