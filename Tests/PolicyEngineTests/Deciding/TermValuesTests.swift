import CEL
import Diagnostics
import PolicyRendering
import Synchronization
import Testing

@testable import PolicyEngine

/// A term is computed once for its subject, while nothing changes that it could read.
@Suite struct TermValuesTests {
  private static let policies = """
    document: {year: Year}
    governedBy: year.day
    types:
      Year:
        facts:
          day: date
          entries: [Entry]
        terms:
          total: {label: minutes in all, is: "counted(year.entries.map(e, e.minutes))"}
          isShort: "year.total < 10 || year.total + size(year.entries) < 20"
          asked: "decision == 'pay' ? counted([6, size(year.entries), 0, 0]) : 0"
          untilToday: "today < year.day ? counted(year.entries.map(e, 1)) : -1"
      Entry:
        facts:
          minutes: int
          others: {type: [int], optional: true}
        terms:
          load: "counted([entry.minutes, entry.minutes * 2, entry.minutes * 3])"
    decisions:
      pay: {title: Pay, about: Year, verdicts: {pass: payable, fail: not payable}}
      report: {title: Report, about: Year, verdicts: {pass: reported, fail: not reported}}
    topic: Years
    rules:
    """

  private static func rule(_ id: Int, _ require: String, about: String = "Year") -> String {
    """

      - rule: rule-\(id)
        title: Rule \(id)
        about: \(about)
        decides: [pay, report]
        require: "\(require)"
    """
  }

  /// How often the function was called that the policies count with.
  private final class Calls: Sendable {
    private let count = Atomic(0)

    /// A function that sums its argument up.
    var function: Overload {
      Overload(
        id: "counted", name: "counted", parameters: [.list(.int)], result: .int,
        documentation: "The sum."
      ) { arguments, _ in
        self.count.add(1, ordering: .relaxed)
        guard case .list(let elements)? = arguments.first else {
          return .failure(EvaluationError("not a list"))
        }
        return .success(
          .int(
            elements.reduce(0) { sum, element in
              if case .int(let number) = element { sum + number } else { sum }
            }))
      }
    }

    /// How many calls there were since this was asked last.
    func taken() -> Int { count.exchange(0, ordering: .relaxed) }
  }

  private let calls = Calls()

  private func policies(_ rules: [String]) throws -> PolicySet {
    let result = PolicySet.load(
      [Source(name: "p.yaml", text: Self.policies + rules.joined() + "\n")],
      functions: [calls.function])
    _ = calls.taken()
    return try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private func document(_ policies: PolicySet, entries: Int, minutes: Int = 5) throws
    -> FactDocument
  {
    let list = Array(repeating: #"{"minutes":\#(minutes)}"#, count: entries)
      .joined(separator: ",")
    var diagnostics: [Diagnostic] = []
    return try #require(
      FactDocument.read(
        json: Source(name: "y.json", text: #"{"day":"2026-10-14","entries":[\#(list)]}"#),
        schema: policies.vocabulary.schema, into: &diagnostics))
  }

  private static let today = CivilDate(daysSinceEpoch: 20_750)

  @Test func `rules that read the same term compute it once`() throws {
    let policies = try policies(
      (1...20).map { Self.rule($0, "year.total != \($0) && !year.isShort") })
    let document = try document(policies, entries: 40)
    #expect(policies.decide(document, today: Self.today).passes)
    #expect(calls.taken() == 1)
    #expect(policies.explain(document, today: Self.today).passes)
    #expect(calls.taken() == 1)
    var lines = LineDecider(DocumentDecider(policies, today: Self.today))
    lines.decide(document) { #expect($0.verdict.passes) }
    #expect(calls.taken() == 1)
  }

  @Test func `each subject has its own`() throws {
    let policies = try policies(
      (1...5).map { Self.rule($0, "entry.load > \($0)", about: "Entry") }
        + [Self.rule(6, "year.entries.all(e, e.load > 1)")])
    let document = try document(policies, entries: 7)
    #expect(policies.decide(document, today: Self.today).passes)
    #expect(calls.taken() == 7)
    #expect(policies.explain(document, today: Self.today).passes)
    #expect(calls.taken() == 7)
  }

  @Test func `another document or day is computed anew`() throws {
    let policies = try policies([Self.rule(1, "year.total == 10 && year.untilToday < 0")])
    let (two, three) = (
      try document(policies, entries: 2), try document(policies, entries: 2, minutes: 7)
    )
    #expect(policies.decide(two, today: Self.today).passes)
    #expect(!policies.decide(three, today: Self.today).passes)
    #expect(!policies.decide(two, today: CivilDate(daysSinceEpoch: 20_000)).passes)
    #expect(policies.decide(two, today: Self.today).passes)
  }

  @Test func `a term that reads the decision asked for is computed for each`() throws {
    let policies = try policies([
      Self.rule(1, "year.asked == (decision == 'pay' ? 8 : 0)"),
      Self.rule(2, "year.asked != 1"),
    ])
    let document = try document(policies, entries: 2)
    #expect(policies.decide(document, today: Self.today).passes)
    #expect(calls.taken() == 1)
    let explanation = policies.explain(document, today: Self.today)
    #expect(explanation.decisions.map(\.outcome) == [.pass, .pass])
  }

  @Test func `what is supposed counts`() throws {
    let policies = try policies([Self.rule(1, "year.total > 60")])
    let document = try document(policies, entries: 12)
    let context = DecisionContext(
      policies: policies, document: document.draft, today: Self.today)
    func outcome(_ context: DecisionContext) -> RuleOutcome {
      context.outcome(
        of: policies.rules[0], for: .value(context.document), decision: nil)
    }
    #expect(outcome(context) == .violated)
    let supposed = document.draft.setting(
      [.field("entries"), .index(3), .field("minutes")], to: .present(.int(6)))
    #expect(outcome(context.with(document: supposed)) == .satisfied)
    #expect(outcome(context) == .violated)
  }

  @Test func `a year with many rules counts its entries once`() throws {
    let policies = try policies(
      (1...20).map { Self.rule($0, "year.total > \($0) && year.total < 100000 - \($0)") })
    let document = try document(policies, entries: 700)
    let explanation = policies.explain(document, today: Self.today)
    #expect(calls.taken() == 1)
    #expect(explanation.passes)
    let rules = explanation.decisions.flatMap(\.rules)
    #expect(rules.count == 40)
    // What was read is told of each, whichever computed the term.
    for rule in rules {
      let citations = rule.conditions.map(\.condition.citations)
      #expect(citations.flatMap(\.facts).count == 701, "\(rule.id)")
      #expect(citations.flatMap(\.terms).map(\.path) == ["year.total"], "\(rule.id)")
    }
  }
}
