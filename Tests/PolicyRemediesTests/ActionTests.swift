import CEL
import Diagnostics
import Testing

@testable import PolicyEngine
@testable import PolicyRemedies

/// What one action does is one change to people, and changes come in an order in which each is allowed.
@Suite struct ActionTests {
  private static let policy = """
    document: {visit: Visit}
    governedBy: visit.day
    reader: host
    types:
      Visit:
        facts:
          day: date
          start: timestamp
          end:
            type: timestamp?
            changedBy: host
            nature: choice
            changes:
              supply:
                do: close the visit
                alsoSets:
                  {each: visit.guests, fact: left, when: "!has(guest.left)", to: visit.end}
          labels: {type: [string], changedBy: host, nature: choice, allowedBy: label}
          guests: [Guest]
      Guest:
        summary: "{guest.name}"
        facts:
          name: string
          left: {type: timestamp?, changedBy: host, nature: observation}
    decisions:
      bill: {title: Billing, about: Visit}
      label: {title: Labelling, about: Visit, onRequest: true}
    rules:
      - {rule: labels-at-the-end, title: Labels come last, decides: [label], require: has(visit.end)}
      - rule: whole
        title: The visit is whole
        decides: [bill]
        require:
          all:
            - visit.labels.exists(l, l in ['blue', 'red'])
            - has(visit.end) && visit.end > visit.start
            - "visit.guests.all(g, has(g.left) && g.left > visit.start && g.left <= visit.end)"
    """

  @Test func `an action is one clause, before what it allows, and its values were tried`() throws {
    let result = PolicySet.load([Source(name: "visit.yaml", text: Self.policy)])
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    let text = """
      {"day": "2026-10-20", "start": "2026-10-20T15:00:00Z", "labels": [],
       "guests": [{"name": "Ann"}, {"name": "Bo", "left": "2026-10-20T15:30:00Z"}]}
      """
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "", text: text), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let bill = try #require(policies.decisionIndex(named: "bill"))
    let remedies = PolicyKnowledge(policies).remedies(
      for: document, today: CivilDate(daysSinceEpoch: 20_747), decisions: [bill])
    #expect(
      remedies.lines.first?.line == "Close the visit; and add blue or red to labels.")
    let alternative = try #require(remedies.decisions[0].steps.first?.alternatives.first)
    #expect(alternative.proof.holds)
    let paths = alternative.changes.map(\.path.pathFromRoot)
    let end = try #require(paths.firstIndex(of: "end"))
    let left = try #require(paths.firstIndex(of: "guests[0].left"))
    let labels = try #require(paths.firstIndex(of: "labels"))
    #expect(paths.count == 3)
    #expect(end < labels)
    #expect(alternative.changes[left].doneBy == end)
    guard case .oneOf(let values) = alternative.changes[labels].values,
      let tried = alternative.changes[labels].tried
    else {
      Issue.record("no values are named")
      return
    }
    #expect(values.first?.isEqual(to: tried) == true)
    guard case .range(let from?, nil) = alternative.changes[end].values,
      case .timestamp(let instant) = from
    else {
      Issue.record("the end has no bound")
      return
    }
    // Bo left at half past three.
    #expect(instant.description == "2026-10-20T15:30:00Z")
  }

  /// A visit with many guests who have not left, and with many labels that must all be blue.
  private func work(_ count: Int, _ policies: PolicySet) throws -> Int {
    let labels = (0..<count).map { "\"x\($0)\"" }.joined(separator: ", ")
    let guests = (0..<count).map { "{\"name\": \"G\($0)\"}" }.joined(separator: ", ")
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(
          name: "",
          text: """
            {"day": "2026-10-20", "start": "2026-10-20T15:00:00Z", "labels": [\(labels)],
             "guests": [\(guests)]}
            """),
        schema: policies.vocabulary.schema, into: &diagnostics))
    let knowledge = PolicyKnowledge(policies)
    let today = CivilDate(daysSinceEpoch: 20_747)
    let bill = try #require(policies.decisionIndex(named: "bill"))
    let allowance = Allowance(.max)
    let judge = Judge(
      Assessment(
        knowledge, draft: document.draft, facts: DraftFacts(document), today: today,
        decisions: [bill]),
      decision: bill, allowance: allowance)
    let before = allowance.used
    let removals = (0..<count).map {
      FactChange(
        .remove, AttributePath(root: "visit", steps: [.field("labels")]), .string("x\($0)"))
    }
    let end = FactChange(
      .supply, AttributePath(root: "visit", steps: [.field("end")]),
      .timestamp(CELTimestamp(seconds: 1_792_515_600, nanoseconds: 0)))
    let way = WaySearch.Way(
      trial: judge.trial(judge.start, with: removals + [end]), cost: Cost())
    let trying = allowance.used
    let arranged = ActionArranger(judge: judge, start: judge.start).arranged(way)
    #expect(arranged.changes.first?.path == end.path)
    #expect(arranged.changes.count == count + 1)
    #expect(allowance.used > trying, "work that is not counted has no bound")
    return allowance.used - before
  }

  @Test func `arranging the changes of a way is counted, and in proportion to them`() throws {
    let result = PolicySet.load([Source(name: "visit.yaml", text: Self.policy)])
    let policies = try #require(result.policies)
    let works = try [20, 40, 80].map { try work($0, policies) }
    for (less, more) in zip(works, works.dropFirst()) { #expect(more < less * 5 / 2, "\(works)") }
  }
}
