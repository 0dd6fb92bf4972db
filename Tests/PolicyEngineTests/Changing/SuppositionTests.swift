import CEL
import Diagnostics
import PolicyRendering
import Testing

@testable import PolicyEngine

/// What is supposed of a document, as it is read and made.
@Suite struct SuppositionTests {
  private static let policies = """
    document: {session: Session}
    governedBy: session.date
    types:
      Session:
        facts:
          date: date
          tags: {type: [string], optional: true}
          lists: {type: [[int]], optional: true}
    decisions: {pay: {title: Pay, about: Session}}
    rules:
      - {rule: r, title: R, decides: [pay], require: session.date > date('2020-01-01')}
    """

  private func vocabulary() throws -> Vocabulary {
    try #require(PolicySet.load([Source(name: "p.yaml", text: Self.policies)]).policies).vocabulary
  }

  /// The tags of a document with something supposed of it, as JSON; nil where it has none.
  private func tags(_ text: String, of document: String) throws -> String? {
    let vocabulary = try vocabulary()
    var mistakes: [Diagnostic] = []
    let suppositions = Supposition.read([text], from: "w", in: vocabulary, into: &mistakes)
    let original = FactDocument.read(
      json: Source(name: "s", text: document), schema: vocabulary.schema, into: &mistakes)
    let supposed = SupposedDocument(
      try #require(original), suppositions: try #require(suppositions), vocabulary: vocabulary,
      into: &mistakes)
    let found = FactLookup(
      vocabulary: vocabulary, document: try #require(supposed, "\(mistakes)").document.root
    ).find(AttributePath(root: "session", steps: [.field("tags")]))
    guard case .value(let value) = found.state else { return nil }
    return JSONValue(value).compact
  }

  @Test func `a list is added as one change, however long`() throws {
    var mistakes: [Diagnostic] = []
    let elements = (0..<2_000).map { "t\($0)" }.joined(separator: ", ")
    let read = Supposition.read(
      ["tags+=[\(elements)]"], from: "w", in: try vocabulary(), into: &mistakes)
    #expect(mistakes.isEmpty)
    #expect(try #require(read).map(\.changes.count) == [1])
  }

  @Test(arguments: [#"{"date":"2026-10-14"}"#, #"{"date":"2026-10-14","tags":null}"#])
  func `a list that is not there begins with what is added`(document: String) throws {
    #expect(try tags("tags+=[a, b]", of: document) == #"["a","b"]"#)
    #expect(try tags("tags+=a", of: document) == #"["a"]"#)
    #expect(try tags("tags[+]=a", of: document) == #"["a"]"#)
  }

  @Test func `what is added stands behind what is there, in its order`() throws {
    let document = #"{"date":"2026-10-14","tags":["x"]}"#
    #expect(
      try tags("tags+=[a, b]", of: document) == #"["x","a","b"]"#)
    #expect(try tags("tags+='[a # b]'", of: document) == #"["x","[a # b]"]"#)
  }

  @Test(arguments: ["tags+=[a, 5]", "tags+=5", "lists+=[1, x]"])
  func `what can't be added is named where it is written`(text: String) throws {
    var mistakes: [Diagnostic] = []
    let read = Supposition.read([text], from: "w", in: try vocabulary(), into: &mistakes)
    #expect(read == nil)
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.range?.source.name == "w")
  }
}
