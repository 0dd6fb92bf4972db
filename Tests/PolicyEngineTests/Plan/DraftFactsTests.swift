import CEL
import Testing

@testable import PolicyEngine

/// What plans read of changed drafts, where one draft is put after another.
@Suite struct DraftFactsTests {
  /// Some facts, with what they have in another document.
  private func changes(
    of document: FactDocument, as other: FactDocument
  ) -> [DraftFacts.ChangedField] {
    let paths: [[AttributePath.Step]] = [
      [.field("workOrder")], [.field("workOrder"), .field("kind")], [.field("tags")],
      [.field("description")], [.field("encounters"), .index(0), .field("departed")],
      [.field("encounters"), .index(0), .field("remedialCriteria")], [.field("end")],
    ]
    return paths.map { AttributePath(root: "session", steps: $0) }.compactMap { path in
      guard let positions = document.draft.positions(of: path),
        let field = other.draft.find(path)
      else { return nil }
      return DraftFacts.ChangedField(at: positions, field)
    }
  }

  @Test(arguments: 1...3)
  func `what drafts begin with alike stays, and nothing else does`(seed: Int) throws {
    let policies = try ShippedPolicies.load()
    let documents = try ShippedPolicies.changedExamples(policies, seed: seed)
    var (compared, refused) = (0, 0)
    for (document, other) in zip(documents, documents.dropFirst()) {
      let facts = DraftFacts(document)
      let changes = changes(of: document, as: other)
      let drafts =
        changes.indices.map { Array(changes[...$0]) }
        + changes.indices.map { Array(changes.prefix(2)) + [changes[$0]] }
        + changes.indices.map { Array(changes[$0...]) } + [[]]
      for draft in drafts {
        let fresh = DraftFacts(document)
        let isPut = facts.put(draft)
        #expect(isPut == fresh.put(draft))
        guard isPut else {
          refused += 1
          continue
        }
        compared += 1
        #expect(facts.words == fresh.words)
        #expect(facts.decodedText == fresh.decodedText)
      }
      #expect(facts.words == document.storage.words)
    }
    #expect(compared > 300)
    #expect(refused > 0, "nothing that can't be put was tried")
  }
}
