import CEL
import Diagnostics
import PolicyRendering
import TestSupport
import Testing

@testable import PolicyEngine

/// The plan and the general evaluator must say the same of every document.
@Suite struct PlanAgreementTests {
  /// Decides by the plan, in the form of a line and as a value.
  private func planned(
    _ document: FactDocument, by lines: inout LineDecider, _ writer: VerdictLineWriter
  ) -> (line: String, verdict: Verdict?) {
    var line = ""
    var verdict: Verdict?
    lines.decide(document) { decider in
      var buffer = ByteBuffer()
      writer.write(decider, to: &buffer)
      line = String(decoding: buffer.copy(), as: UTF8.self)
      verdict = decider.verdict
    }
    return (line, verdict)
  }

  private func expectAgreement(
    _ documents: [FactDocument], _ policies: PolicySet, decisions: [Int]? = nil,
    today: CivilDate, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var lines = LineDecider(DocumentDecider(policies, today: today, decisions: decisions))
    let writer = VerdictLineWriter(lines.decider)
    for document in documents {
      let general = policies.decide(document, today: today, decisions: decisions)
      let planned = planned(document, by: &lines, writer)
      let text = String(decoding: document.text, as: UTF8.self)
      #expect(planned.line == general.ndjsonLine + "\n", "\(text)", sourceLocation: sourceLocation)
      #expect(planned.verdict == general, "\(text)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: ["2014-01-01", "2026-10-12", "2026-11-23", "2031-01-01"])
  func `the plan decides the examples as the general evaluator does`(today: String) throws {
    let policies = try ShippedPolicies.load()
    let today = try #require(CivilDate(today))
    let examples = try ShippedPolicies.examples(policies)
    expectAgreement(examples, policies, today: today)
    expectAgreement(
      examples, policies, decisions: Array(policies.decisions.indices), today: today)
    for decision in policies.decisions.indices {
      expectAgreement(Array(examples.prefix(8)), policies, decisions: [decision], today: today)
    }
  }

  @Test(arguments: 1...4)
  func `the plan decides changed sessions as the general evaluator does`(seed: Int) throws {
    let policies = try ShippedPolicies.load()
    let today = try #require(ShippedPolicies.today)
    let documents = try ShippedPolicies.changedExamples(policies, seed: seed)
    expectAgreement(
      documents, policies, decisions: Array(policies.decisions.indices), today: today)
  }

  /// Some facts, each path by the names and positions on it.
  private static let changes: [[[AttributePath.Step]]] = [
    [[.field("tags")]], [[.field("workOrder")]], [[.field("end")]], [[.field("encounters")]],
    [[.field("tutor"), .field("approvedSchools")], [.field("school")], [.field("description")]],
    [[.field("workOrder"), .field("kind")], [.field("workOrder"), .field("assignedOn")]],
    [
      [.field("encounters"), .index(0), .field("remedialCriteria")],
      [.field("encounters"), .index(0), .field("departed")],
    ],
    [[.field("encounters"), .index(0), .field("student")]],
    [[.field("encounters"), .index(1), .field("qualifiers"), .field("remedial")]],
  ]

  @Test(arguments: 1...4)
  func `the plan decides changed drafts as the general evaluator does`(seed: Int) throws {
    let policies = try ShippedPolicies.load()
    let today = try #require(ShippedPolicies.today)
    let decisions = Array(policies.decisions.indices)
    let decider = DraftDecider(policies, today: today, decisions: decisions)
    let documents = try ShippedPolicies.changedExamples(policies, seed: seed)
    var (fine, violated, work) = (0, 0, 0)
    for (document, other) in zip(documents, documents.dropFirst()) {
      let facts = DraftFacts(document)
      for paths in Self.changes.map({ $0.map { AttributePath(root: "session", steps: $0) } }) {
        let draft = paths.reduce(document.draft) { draft, path in
          other.draft.find(path).map { draft.setting(path.steps, to: $0) } ?? draft
        }
        let changed = paths.map { path in
          draft.positions(of: path).flatMap { positions in
            draft.find(path).map { DraftFacts.ChangedField(at: positions, $0) }
          }
        }
        guard !changed.contains(where: { $0 == nil }), facts.put(changed.compactMap(\.self)) else {
          continue
        }
        let context = DecisionContext(policies: policies, document: draft, today: today)
        let findings = Findings(asked: decisions, in: context).findings
        let answers = decider.answers(
          to: findings.map {
            DraftDecider.Question(
              rule: $0.rule, decision: $0.decision, subject: draft.positions(of: $0.subject.path))
          }, in: facts, governingDate: context.knownGoverningDate, work: &work)
        for (finding, answer) in zip(findings, answers) {
          let rule = policies.rules[finding.rule].id
          switch (answer, finding.outcome) {
          case (.open, _): continue
          case (.fine, .satisfied), (.fine, .doesNotApply): fine += 1
          case (.violated, .violated): violated += 1
          default: Issue.record("\(rule) with \(paths): \(answer), \(finding.outcome)")
          }
        }
      }
    }
    #expect(fine > 1_000)
    #expect(violated > 100)
    #expect(work > fine)
  }

  @Test(arguments: 1...6)
  func `the plan decides random conditions as the general evaluator does`(seed: Int) throws {
    let policies = try ShippedPolicies.loadRandomRules(seed: seed)
    let today = try #require(ShippedPolicies.today)
    expectAgreement(
      try ShippedPolicies.changedExamples(policies, seed: seed), policies,
      decisions: [try #require(policies.decisionIndex(named: "qualifiers"))], today: today)
  }

  // The second seed nests the weeks of a calendar so deep that the set is refused.
  @Test(arguments: [1, 3, 4, 5, 6])
  func `the plan decides random conditions about calendars as the general evaluator does`(
    seed: Int
  ) throws {
    let policies = try ShippedPolicies.loadRandomRules(seed: seed, hasCalendars: true)
    expectAgreement(
      try ShippedPolicies.changedExamples(policies, seed: seed), policies,
      decisions: [try #require(policies.decisionIndex(named: "qualifiers"))],
      today: try #require(ShippedPolicies.today))
  }

  @Test func `the findings of many subjects are in the order of the rules`() throws {
    let policies = try ShippedPolicies.load()
    let encounter = #"""
      {"student":{"id":"a","name":"A","school":"a","readingImprovementPlan":false,"grades":[],
      "stateAssessments":[],"districtAssessments":[]},"arrived":"2026-10-05T15:10:00-05:00",
      "activelyTutored":true,"creditRecoveryMaterial":false,"remedialCriteria":[],
      "qualifiers":{"homebound":true,"detention":false,"creditRecovery":true,"remedial":true}}
      """#
    let encounters = Array(repeating: encounter, count: 40).joined(separator: ",")
    let text = #"""
      {"id":"S","date":"2026-10-05","tutor":{"id":"T","name":"N","approvedSchools":["a"]},
      "start":"2026-10-05T15:00:00-05:00","tags":[],"encounters":[\#(encounters)]}
      """#
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "many", text: text), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let today = try #require(ShippedPolicies.today)
    #expect(policies.decide(document, today: today).violated.count > 150)
    expectAgreement([document], policies, today: today)
  }

  @Test func `the plan has the day of an instant as the general evaluator does`() throws {
    let policies = try ShippedPolicies.load()
    // Both changes of the clock in 2026, the days around them, and days that share a place in the memory.
    let starts = [1_772_942_400, 1_793_491_200, 1_788_220_800].flatMap { day in
      stride(from: -2, through: 130, by: 1).flatMap { hour in
        [-1, 0, 1].map { day + hour * 3_600 + $0 }
      }
    }
    let documents = try starts.map { start in
      let timestamp = CELTimestamp(seconds: Int64(start)).description
      let text = #"""
        {"id":"S","date":"2026-03-08","tutor":{"id":"T","name":"N","approvedSchools":["a"]},
        "start":"\#(timestamp)","tags":[],"encounters":[]}
        """#
      var diagnostics: [Diagnostic] = []
      return try #require(
        FactDocument.read(
          json: Source(name: "start", text: text), schema: policies.vocabulary.schema,
          into: &diagnostics))
    }
    let today = try #require(ShippedPolicies.today)
    expectAgreement(documents, policies, today: today)
  }

  @Test func `nothing is left to the general evaluator`() throws {
    let policies = try ShippedPolicies.load()
    let today = try #require(ShippedPolicies.today)
    #expect(try fallbacks(policies, Array(policies.decisions.indices), today) == [])
  }

  private func fallbacks(
    _ policies: PolicySet, _ decisions: [Int], _ today: CivilDate
  ) throws -> [String] {
    let types = Set(policies.vocabulary.types.indices)
    let plan = DecisionPlan(
      policies, decisions: policies.decisionsNeeded(by: decisions), today: today,
      governingDate: today,
      tree: SubjectTree(to: types, in: policies), grouping: nil)
    return plan.fallbacks.map { fallback in
      policies.rules[fallback.rule].id + ": " + fallback.expression.range.text
    }
  }
}
