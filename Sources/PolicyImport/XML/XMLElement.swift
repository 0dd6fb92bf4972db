import Diagnostics

/// An element of an XML document with the place where it stands.
///
/// Names are without their prefixes: the documents that are read here differ in these, and never by them.
struct XMLElement: Sendable {
  /// The name without its prefix.
  let name: String
  /// The attributes, by their names without prefixes; declarations of name spaces are left out.
  let attributes: [String: MappedText]
  /// The elements within, in order.
  let children: [XMLElement]
  /// The text within, without that of the elements in it.
  let text: MappedText
  /// The start tag.
  let range: SourceRange

  /// The first element within that has a name.
  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The elements within that have a name.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// An attribute without the white space around it; nil where there is none, or nothing in it.
  func attribute(_ name: String) -> String? {
    attributes[name].map { $0.string.trimmingBlanks }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The text of the element `text` within, as DMN writes expressions; nil where there is none.
  var expressionText: MappedText? { first("text")?.text }
}
