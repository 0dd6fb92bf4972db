import CEL
import Diagnostics
import PolicyEngine
import Testing

/// Decides documents by the base vocabulary with the rules of a test.
@Suite struct DecidingTests {
  private func decide(
    _ rules: String, _ document: String, today: String = "2026-10-14"
  ) throws -> Verdict {
    let result = PolicySet.load([
      try MistakenFile.base(), Source(name: "rules.yaml", text: "rules:\n" + rules),
    ])
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    var diagnostics: [Diagnostic] = []
    let read = FactDocument.read(
      json: Source(name: "document.json", text: document), schema: policies.vocabulary.schema,
      into: &diagnostics)
    let facts = try #require(read, "\(DiagnosticRenderer().render(diagnostics))")
    return policies.decide(facts, today: try #require(CivilDate(today)))
  }

  private func outcome(of decision: String, in verdict: Verdict) -> DecisionOutcome? {
    verdict.decisions.first { $0.name == decision }?.outcome
  }

  private let ended =
    "- {rule: ended, title: Ended, decides: [payment], require: has(session.end)}\n"

  @Test(arguments: [
    ("2026-06-30", DecisionOutcome.pass), ("2026-07-01", .fail), ("2026-12-31", .fail),
    ("2027-01-01", .pass),
  ])
  func `a rule is in force on both of its dates and not beyond`(
    date: String, expected: DecisionOutcome
  ) throws {
    let rule = """
      - rule: dated
        title: Dated
        decides: [payment]
        effective: {from: 2026-07-01, until: 2026-12-31}
        require: "false"
      """
    let document = #"{"id":"S-1","date":"\#(date)","tags":[],"encounters":[]}"#
    #expect(outcome(of: "payment", in: try decide(rule, document)) == expected)
  }

  @Test func `without the governing date, what depends on it is undetermined`() throws {
    let rule = "- {rule: days, title: Days, decides: [payment], require: windowDays > 0}\n"
    let verdict = try decide(rule, #"{"id":"S-1","tags":[],"encounters":[]}"#)
    #expect(outcome(of: "payment", in: verdict) == .undetermined)
    #expect(verdict.undetermined.map(\.missing) == [["date"]])
    #expect(!verdict.passes)
  }

  @Test func `before the first value of a parameter, its rules are undetermined`() throws {
    let rule = "- {rule: goal, title: Goal, decides: [payment], require: size(goals) > 0}\n"
    let verdict = try decide(
      rule, #"{"id":"S-1","date":"2026-06-30","tags":[],"encounters":[]}"#)
    #expect(outcome(of: "payment", in: verdict) == .undetermined)
    #expect(verdict.undetermined.first?.errors == ["'goals' has no value in force on 2026-06-30"])
  }

  @Test func `a missing list of subjects is never taken for an empty one`() throws {
    let verdict = try decide(ended, #"{"id":"S-1","date":"2026-10-14","tags":[]}"#)
    #expect(outcome(of: "presence", in: verdict) == .undetermined)
    #expect(verdict.undetermined.map(\.missing) == [["encounters"]])
  }

  @Test func `a decision fails by what it needs, and a failure outweighs doubt`() throws {
    let document = """
      {"id":"S-1","date":"2026-10-14","end":"2026-10-14T20:00:00Z","tags":[],"encounters":[
        {"student":{"id":"ST-1","name":"Zoë"},"present":false,"claims":[]},
        {"student":{"id":"ST-2","name":"José"},"claims":[]}]}
      """
    let verdict = try decide(ended, document)
    #expect(outcome(of: "presence", in: verdict) == .fail)
    #expect(outcome(of: "payment", in: verdict) == .fail)
    #expect(verdict.violated.map(\.at) == ["encounters[0]"])
    #expect(verdict.undetermined.map(\.missing) == [["encounters[1].present"]])
  }

  @Test(arguments: [
    "session.encounters[0] == session.encounters[1]",
    "session.encounters[0] != session.encounters[1]",
    "session.encounters[0] in session.encounters", "session.encounters == session.encounters",
    "session == session",
  ])
  func `what an object equals is not known while it misses a fact`(condition: String) throws {
    let document = """
      {"id":"S-1","date":"2026-10-14","tags":[],"encounters":[
        {"student":{"id":"ST-1","name":"Zoë"},"present":true},
        {"student":{"id":"ST-1","name":"Zoë"},"present":true}]}
      """
    let rule = "- {rule: same, title: Same, decides: [payment], require: '\(condition)'}\n"
    let verdict = try decide(rule, document)
    #expect(outcome(of: "payment", in: verdict) == .undetermined)
    #expect(verdict.undetermined.first?.missing.first == "encounters[0].claims")
  }

  @Test func `a rule that only warns fails nothing`() throws {
    let rule = """
      - {rule: warns, title: Warns, decides: [payment], severity: warning, require: has(session.end)}
      """
    let verdict = try decide(
      rule, #"{"id":"S-1","date":"2026-10-14","tags":[],"encounters":[]}"#)
    #expect(verdict.passes)
    #expect(verdict.warnings.map(\.rule) == ["warns"])
  }

  @Test func `terms that double each other are refused at once`() {
    var terms = "      t0: size(session.tags)\n"
    for index in 1...40 {
      terms += "      t\(index): session.t\(index - 1) + session.t\(index - 1)\n"
    }
    let source = Source(
      name: "doubling.yaml",
      text: """
        document: {session: Session}
        governedBy: session.date
        types:
          Session:
            facts: {date: date, tags: [string]}
            terms:
        \(terms)
        decisions: {first: {about: Session}}
        rules:
          - {rule: one, title: One, decides: [first], require: session.t40 > 0}
        """)
    // Each of them, from where it takes a million steps on; none takes the loader that many.
    let codes = PolicySet.load([source]).diagnostics.map(\.code)
    #expect(codes.count > 20)
    #expect(Set(codes) == [.tooCostly])
  }

  @Test(arguments: [2, 50, 100, 147, 148, 149, 150, 160, 260, 300, 1_000])
  func `terms that read one another in a chain are decided, or refused at the term`(
    length: Int
  ) throws {
    var terms = "      t0: size(session.tags)\n"
    for index in 1..<length { terms += "      t\(index): session.t\(index - 1)\n" }
    let source = Source(
      name: "chain.yaml",
      text: """
        document: {session: Session}
        governedBy: session.date
        types:
          Session:
            facts: {date: date, tags: [string]}
            terms:
        \(terms)
        decisions: {first: {about: Session}}
        rules:
          - {rule: one, title: One, decides: [first], require: session.t\(length - 1) >= 0}
        """)
    let result = PolicySet.load([source])
    guard let policies = result.policies else {
      #expect(length > 200)
      let first = try #require(result.diagnostics.first)
      #expect(result.diagnostics.count == 1)
      #expect(first.code == .tooDeep)
      #expect(first.message.hasPrefix("the term 't"))
      return
    }
    var mistakes: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "d", text: #"{"date":"2026-10-14","tags":[]}"#),
        schema: policies.vocabulary.schema, into: &mistakes))
    let verdict = policies.decide(document, today: try #require(CivilDate("2026-10-14")))
    #expect(verdict.passes)
  }
}
