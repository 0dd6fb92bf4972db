import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering
import Testing
import TutoringSessions
import TutoringTestSupport

@testable import PolicyRemedies

/// Ways out tell what would help, and so what a record would bear out: only the session's own tutor is told.
@Suite struct RemedyConfidentialityTests {
  private static let confidential: Set<String> = [
    "homeboundTeacher", "grades", "stateAssessments", "districtAssessments",
  ]
  private static let sentinel = "sentinel"

  @Test func `ways out of somebody else's session tell nothing of its record`() throws {
    let policies = try ShippedPolicies.load()
    let knowledge = PolicyKnowledge(policies)
    let all = Array(policies.decisions.indices)
    var generator = SessionGenerator(seed: 5)
    var seenByOwner = 0
    for number in 0..<12 {
      let session = generator.session(number)
      let document = try marked(session, policies)
      func texts(_ viewer: Viewer) -> [String] {
        let remedies = knowledge.remedies(
          for: document, today: session.date, decisions: all, viewer: viewer)
        return [ExplanationTextRenderer.Detail.words, .standard, .everything].map {
          RemedyTextRenderer(width: 200, detail: $0).render(remedies)
        } + [remedies.ndjsonLine, remedies.lines.map(\.line).joined()]
      }
      let owner = texts(.person(session.tutor.id))
      #expect(owner == texts(.privileged))
      seenByOwner += owner.contains { $0.contains(Self.sentinel) } ? 1 : 0
      for viewer in [Viewer.person("T-99"), .person(nil)] {
        for text in texts(viewer) where text.contains(Self.sentinel) {
          Issue.record("\(viewer) is shown \(text)")
        }
      }
    }
    #expect(seenByOwner > 0)
  }

  /// A session with the sentinel for every text of a record.
  private func marked(_ session: TutoringSession, _ policies: PolicySet) throws -> FactDocument {
    let schema = policies.vocabulary.schema
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "", bytes: Array(try session.jsonData())), schema: schema,
        into: &diagnostics))
    let draft = document.draft
    let changed = DraftSlots(of: draft, texts: []).slots(of: draft).reduce(draft) { draft, slot in
      guard case .string = slot.type, case .present? = draft.find(slot.path),
        slot.path.steps.contains(where: {
          if case .field(let name) = $0 { Self.confidential.contains(name) } else { false }
        })
      else { return draft }
      return draft.setting(slot.path.steps, to: .present(.string(Self.sentinel)))
    }
    return try #require(
      FactDocument.read(
        json: Source(name: "", bytes: Array(changed.json.compact.utf8)), schema: schema,
        into: &diagnostics))
  }
}
