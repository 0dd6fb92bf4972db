import PolicyEngine
import Testing
import TutoringSessions
import TutoringTestSupport

/// Holds the shipped policies against a second reading of the handbook, on generated sessions.
@Suite struct HandbookAgreementTests {
  private static let startRules: Set<String> = [
    "no-other-active-session", "school-chosen", "career-ladder-description",
    "family-event-approved",
  ]
  private static let paymentRules: Set<String> = [
    "has-work-order", "work-order-within-backfill-window", "session-finished",
  ]

  @Test(arguments: 1...4)
  func `policies and handbook agree on every rule and decision`(seed: UInt64) throws {
    let policies = try ShippedPolicies.load()
    let handbook = Handbook()
    var generator = SessionGenerator(seed: seed)
    var seen: Set<String> = []
    for number in 0..<250 {
      let session = generator.session(number)
      let verdict = try policies.decide(session, today: session.date)
      let expected = handbook.violations(of: session)
      let found = Set(verdict.violated.map(Self.shortName))
      let document = String(decoding: try session.jsonData(), as: UTF8.self)
      #expect(found == expected, "\(document)")
      #expect(verdict.undetermined == [])
      #expect(outcomes(of: verdict) == decisions(given: expected))
      seen.formUnion(expected.map { String($0.split(separator: "@")[0]) })
    }
    // A generator that breaks no rule would agree with anything.
    #expect(seen.count == 14 + 1, "\(seen.sorted())")
  }

  /// `rule` or `rule@encounter`.
  private static func shortName(_ finding: Verdict.Finding) -> String {
    guard !finding.at.isEmpty else { return finding.rule }
    return finding.rule + "@"
      + finding.at.replacing("encounters[", with: "").replacing("]", with: "")
  }

  private func outcomes(of verdict: Verdict) -> [String: Bool] {
    Dictionary(uniqueKeysWithValues: verdict.decisions.map { ($0.name, $0.outcome == .pass) })
  }

  private func decisions(given violated: Set<String>) -> [String: Bool] {
    let ofEncounters = violated.filter { $0.contains("@") }
    let attendance = ofEncounters.allSatisfy { !$0.hasPrefix("times-within-session") }
    let qualifiers = ofEncounters.allSatisfy { $0.hasPrefix("times-within-session") }
    let start = violated.isDisjoint(with: Self.startRules)
    let payment = attendance && qualifiers && violated.isDisjoint(with: Self.paymentRules)
    return [
      "start": start, "qualifiers": qualifiers, "attendance": attendance, "payment": payment,
      "export": payment && start && !violated.contains("career-ladder-goal-tag"),
    ]
  }
}
