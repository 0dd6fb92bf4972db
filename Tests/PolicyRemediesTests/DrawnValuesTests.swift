import CEL
import Diagnostics
import TestSupport
import Testing
import TutoringSessions
import TutoringTestSupport

@testable import PolicyEngine
@testable import PolicyRemedies

/// Whatever is drawn from the values and bounds that a way out states makes the decision pass.
@Suite struct DrawnValuesTests {
  /// How often something was seen that is worth trying.
  private struct Tally {
    var draws = 0
    var bounded = 0
    var related = 0
    var combined = 0
  }

  @Test(arguments: 1...5)
  func `all that an alternative says may be drawn from it`(seed: UInt64) throws {
    let policies = try ShippedPolicies.load()
    let knowledge = PolicyKnowledge(policies)
    var generator = SessionGenerator(seed: 900 + seed)
    var random = SeededNumbers(seed: seed)
    var tally = Tally()
    for number in 0..<30 {
      let session = generator.session(number)
      let draft = try varied(draft(of: session, policies), using: &random)
      let today = CivilDate(
        daysSinceEpoch: session.date.daysSinceEpoch + [0, 3, 7, 8][number % 4])
      try check(draft, today, knowledge, &tally, using: &random)
    }
    // What says little is easily true.
    #expect(tally.draws > 300, "\(tally)")
    #expect(tally.bounded > 15, "\(tally)")
    #expect(tally.related > 0, "\(tally)")
    #expect(tally.combined > 5, "\(tally)")
  }

  private func draft(of session: TutoringSession, _ policies: PolicySet) throws -> Draft {
    var diagnostics: [Diagnostic] = []
    let text = Source(name: "", bytes: Array(try session.jsonData()))
    return try #require(
      FactDocument.read(json: text, schema: policies.vocabulary.schema, into: &diagnostics)
    ).draft
  }

  /// The session with other times, and without some facts.
  private func varied(_ draft: Draft, using random: inout SeededNumbers) -> Draft {
    var draft = draft
    guard
      case .present(.list(let encounters))? = draft.find(draft.path.appending(.field("encounters"))),
      case .present(let start)? = draft.find(draft.path.appending(.field("start")))
    else { return draft }
    for index in encounters.indices {
      let place: [AttributePath.Step] = [.field("encounters"), .index(index)]
      func set(_ fact: String, _ field: FieldValue) {
        draft = draft.setting(place + [.field(fact)], to: field)
      }
      let minutes = [-60, -30, -1, 0, 1, 30, 59, 60, 61, 90]
      func time() -> FieldValue {
        start.moved(by: Int64(minutes.randomElement(using: &random) ?? 0) * 60)
          .map { .present($0) } ?? .missing
      }
      if Int.random(in: 0..<3, using: &random) == 0 { set("arrived", time()) }
      if Int.random(in: 0..<3, using: &random) == 0 { set("departed", time()) }
      for fact in ["arrived", "subject", "remedialCriteria", "activelyTutored"]
      where Int.random(in: 0..<12, using: &random) == 0 {
        set(fact, .missing)
      }
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      draft = draft.setting([.field("end")], to: .absent)
    }
    return draft
  }

  private func check(
    _ draft: Draft, _ today: CivilDate, _ knowledge: PolicyKnowledge, _ tally: inout Tally,
    using random: inout SeededNumbers
  ) throws {
    var diagnostics: [Diagnostic] = []
    let text = Source(name: "", bytes: Array(draft.json.compact.utf8))
    let policies = knowledge.policies
    let document = try #require(
      FactDocument.read(json: text, schema: policies.vocabulary.schema, into: &diagnostics))
    for remedy in knowledge.remedies(for: document, today: today).decisions {
      let decision = try #require(policies.decisionIndex(named: remedy.decision))
      for (number, step) in remedy.steps.enumerated() {
        let others = remedy.steps.enumerated().filter { $0.offset != number }
          .flatMap { $0.element.alternatives.first?.changes ?? [] }
          .map { FactChange($0.kind, $0.path, $0.tried ?? $0.example) }
        for alternative in step.alternatives {
          let draws = ValueDraws(alternative)
          tally.combined += draws.count > 1 && alternative.changes.count > 1 ? 1 : 0
          for change in alternative.changes {
            if case .range = change.values { tally.bounded += 1 }
            tally.related += change.relations.isEmpty ? 0 : 1
          }
          for combination in 0..<min(120, max(10, draws.count)) {
            guard
              let changes = draws.changes(combination % draws.count, using: &random)
            else {
              Issue.record("nothing can be drawn for \(alternative)\n\(draft.json.compact)")
              break
            }
            tally.draws += 1
            let made = document.draft.applying(others + changes)
            let gates = changes.compactMap { knowledge.gate(of: $0) }
            let outcomes = Findings(
              asked: [decision] + gates,
              in: DecisionContext(policies: policies, document: made, today: today)
            ).outcomes(in: policies)
            #expect(
              outcomes.values.allSatisfy { $0 == .pass },
              "\(remedy.decision): \(changes.map { "\($0.path) \(String(describing: $0.value))" }) of \(remedy.line)\n\(draft.json.compact)"
            )
          }
        }
      }
    }
  }
}

extension ChangedFact {
  /// The example of a fact of open kind.
  fileprivate var example: CELValue? {
    if case .anything(let example) = values { example ?? .string("some text") } else { nil }
  }
}

extension Remedy {
  fileprivate var line: String {
    steps.flatMap(\.alternatives).flatMap(\.changes).map(\.action).joined(separator: "; ")
  }
}
