import CEL
import TestSupport
import Testing

@testable import PolicyEngine

/// What is found out of one evaluation must be true of every other with the same trail.
@Suite struct PlanTrailTests {
  private struct Key: Hashable {
    let rule: String
    let subject: AttributePath
    let decision: Int?
    let governingDate: CivilDate?
    let trail: PlanTrail
  }

  /// Compares what decided all violations that have the same trail; how many there were to compare.
  private func compareDecisiveFacts(
    _ documents: [FactDocument], _ policies: PolicySet, decisions: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Int {
    let today = try #require(ShippedPolicies.today)
    let decider = DraftDecider(policies, today: today, decisions: decisions)
    var known: [Key: [AttributePath]] = [:]
    var (repeated, work) = (0, 0)
    for document in documents {
      let context = DecisionContext(policies: policies, document: document.draft, today: today)
      let questions = policies.questions(
        in: document.draft, decisions: policies.decisionsNeeded(by: decisions))
      let answers = decider.answers(
        to: questions.map {
          DraftDecider.Question(
            rule: $0.rule, decision: $0.decision,
            subject: document.draft.positions(of: $0.subject.path))
        }, in: DraftFacts(document), governingDate: context.knownGoverningDate, work: &work)
      for (question, answer) in zip(questions, answers) {
        guard case .violated(let trail?) = answer, case .value(let subject) = question.subject
        else { continue }
        let rule = policies.rules[question.rule]
        let facts = context.decisiveFacts(of: rule, for: subject, decision: question.decision).all
        let key = Key(
          rule: rule.id, subject: subject.path, decision: question.decision,
          governingDate: context.knownGoverningDate, trail: trail)
        if let others = known[key] {
          repeated += 1
          #expect(
            facts == others, "\(rule.id) at \(subject.path)", sourceLocation: sourceLocation)
        }
        known[key] = facts
      }
    }
    return repeated
  }

  @Test(arguments: 1...4)
  func `the same facts decide what goes the same way`(seed: Int) throws {
    let policies = try ShippedPolicies.load()
    let compared = try compareDecisiveFacts(
      try ShippedPolicies.examples(policies)
        + ShippedPolicies.changedExamples(policies, seed: seed),
      policies, decisions: Array(policies.decisions.indices))
    #expect(compared > 100)
  }

  @Test(arguments: 1...6)
  func `the same facts decide random conditions that go the same way`(seed: Int) throws {
    let policies = try ShippedPolicies.loadRandomRules(seed: seed)
    let documents = try [seed, seed + 100, seed + 200].flatMap {
      try ShippedPolicies.changedExamples(policies, seed: $0)
    }
    let compared = try compareDecisiveFacts(
      documents, policies,
      decisions: [try #require(policies.decisionIndex(named: "qualifiers"))])
    #expect(compared > 10)
  }
}
