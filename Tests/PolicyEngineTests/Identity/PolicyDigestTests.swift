import Diagnostics
import Foundation
import PolicyEngine
import Testing

/// What tells a policy set from others.
@Suite struct PolicyDigestTests {
  private static let vocabulary = """
    document: {session: Session}
    governedBy: session.date
    types: {Session: {facts: {date: date}}}
    decisions: {pay: {title: Pay, about: Session}}
    """
  private static let rules = """
    topic: Pay
    rules:
      - rule: recent
        title: Recent
        decides: [pay]
        require: session.date > date('2020-01-01')
    """

  private func digest(_ files: [(name: String, text: String)]) throws -> String {
    let result = PolicySet.load(files.map { Source(name: $0.name, text: $0.text) })
    return try #require(result.policies).digest
  }

  @Test func `it is what sha256sum makes of the folder's list`() throws {
    let digest = try digest([("p/a.yaml", Self.vocabulary), ("p/b.yaml", Self.rules)])
    let list = [("a.yaml", Self.vocabulary), ("b.yaml", Self.rules)]
      .map { "\(SHA256.hexDigest(of: Array($0.1.utf8)))  \($0.0)\n" }.joined()
    #expect(digest == SHA256.hexDigest(of: Array(list.utf8)))
    #expect(digest.count == 64)
  }

  @Test func `neither the folder nor the order of reading changes it`() throws {
    let first = try digest([("a.yaml", Self.vocabulary), ("b.yaml", Self.rules)])
    #expect(try digest([("/x/b.yaml", Self.rules), ("/x/a.yaml", Self.vocabulary)]) == first)
  }

  @Test func `a comment, a name and the place of a rule change it`() throws {
    let first = try digest([("a.yaml", Self.vocabulary), ("b.yaml", Self.rules)])
    let others = [
      try digest([("a.yaml", Self.vocabulary), ("b.yaml", "# now\n" + Self.rules)]),
      try digest([("a.yaml", Self.vocabulary), ("c.yaml", Self.rules)]),
      try digest([("a.yaml", Self.rules), ("b.yaml", Self.vocabulary)]),
      try digest([("a.yaml", Self.vocabulary + "\n" + Self.rules)]),
    ]
    #expect(Set(others + [first]).count == 5)
  }

  @Test func `a name with a line break can't stand for two files`() throws {
    let two = try digest([("a.yaml", Self.vocabulary), ("b.yaml", Self.rules)])
    let hash = SHA256.hexDigest(of: Array(Self.vocabulary.utf8))
    let whole = Self.vocabulary + "\n" + Self.rules
    #expect(try digest([("a.yaml\n\(hash)  b.yaml", whole)]) != two)
  }
}
