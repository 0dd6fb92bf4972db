import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRemedies
import Testing
import TutoringSessions
import TutoringTestSupport

/// Holds ways out against the handbook and against trying everything, on generated sessions.
@Suite struct GeneratedSessionTests {
  /// What came of a session: how many changes the best way has, or none.
  struct Answer {
    let session: TutoringSession
    let today: CivilDate
    let remedy: Remedy
    /// The session with the best way's changes made.
    let fixed: TutoringSession?

    var count: Int? {
      remedy.prospect == .open
        ? remedy.steps.compactMap(\.alternatives.first).map(\.changes.count).reduce(0, +) : nil
    }
  }

  @Test(arguments: 1...4)
  func `every way out holds, is smallest, and where there is none trying everything finds none`(
    seed: UInt64
  ) throws {
    let policies = try ShippedPolicies.load()
    let knowledge = PolicyKnowledge(policies)
    var generator = SessionGenerator(seed: seed)
    var prospects: [Remedy.Prospect: Int] = [:]
    for number in 0..<12 {
      let session = generator.session(number)
      let today = CivilDate(
        daysSinceEpoch: session.date.daysSinceEpoch + [0, 3, 7, 8][number % 4])
      let answer = try answer(for: session, today: today, knowledge, policies)
      prospects[answer.remedy.prospect, default: 0] += 1
      try check(answer)
    }
    // A generator of sessions that all pass, or can't be fixed, would agree with anything.
    #expect(prospects[.open, default: 0] > 4, "\(prospects)")
    #expect(prospects[.none, default: 0] + prospects[.others, default: 0] > 0, "\(prospects)")
  }

  private func check(_ answer: Answer) throws {
    let handbook = Handbook()
    let text = String(decoding: try answer.session.jsonData(), as: UTF8.self)
    let violated = handbook.violations(of: answer.session)
    #expect((answer.remedy.prospect == .passes) == violated.isEmpty, "\(text)")
    guard answer.remedy.prospect != .passes else { return }
    #expect(!answer.remedy.isCutShort, "\(text)")
    let fewest = BruteForce(session: answer.session, today: answer.today).fewestChanges()
    switch answer.remedy.prospect {
    case .open:
      let fixed = try #require(answer.fixed, "\(text)")
      #expect(handbook.violations(of: fixed) == [], "\(text)")
      #expect(answer.remedy.proof?.holds == true, "\(text)")
      for alternative in answer.remedy.steps.flatMap(\.alternatives) {
        #expect(alternative.proof.holds, "\(text)")
      }
      let count = try #require(answer.count)
      if let fewest {
        #expect(count == fewest.count, "\(fewest.names) fixes \(text) on \(answer.today)")
      } else {
        #expect(count > 2, "one or two changes were not found to fix \(text)")
      }
    case .none, .others:
      #expect(fewest == nil, "\(fewest?.names ?? []) fixes \(text) on \(answer.today)")
    case .passes, .unknown, .withheld: Issue.record("no answer for \(text)")
    }
  }

  private func answer(
    for session: TutoringSession, today: CivilDate, _ knowledge: PolicyKnowledge,
    _ policies: PolicySet
  ) throws -> Answer {
    let data = try session.jsonData()
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "", bytes: Array(data)), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let export = try #require(policies.decisionIndex(named: "export"))
    let remedies = knowledge.remedies(for: document, today: today, decisions: [export])
    let fixed = try RemedyJSON(remedies.ndjsonLine).applied(to: data)
    return Answer(
      session: session, today: today, remedy: remedies.decisions[0],
      fixed: try fixed.map { try TutoringSession(jsonData: $0) })
  }
}
