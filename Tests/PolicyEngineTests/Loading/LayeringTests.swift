import CEL
import Diagnostics
import PolicyEngine
import Testing

/// What several files say of one declaration adds up.
@Suite struct LayeringTests {
  private func load(_ texts: String...) throws -> PolicyLoadResult {
    PolicySet.load(
      [try MistakenFile.base()]
        + texts.enumerated().map { Source(name: "layer-\($0).yaml", text: $1) })
  }

  private func policies(_ texts: String...) throws -> PolicySet {
    let result = PolicySet.load(
      [try MistakenFile.base()]
        + texts.enumerated().map { Source(name: "layer-\($0).yaml", text: $1) })
    return try #require(result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  @Test func `another file adds facts and terms to a type, and cases to an enumeration`() throws {
    let policies = try policies(
      """
      enumerations: {Fund: {title-i: Title I}, Kind: {detention: Detention}}
      types:
        WorkOrder:
          facts: {fund: Fund?}
          terms: {isFunded: has(workOrder.fund)}
      """)
    let workOrder = try #require(policies.vocabulary.type(named: "WorkOrder"))
    #expect(workOrder.facts.map(\.name) == ["id", "kind", "assignedOn", "fund"])
    #expect(workOrder.terms.map(\.name) == ["isFunded"])
    let kind = try #require(policies.vocabulary.enumeration(named: "Kind"))
    #expect(kind.cases.map(\.value) == ["career-ladder", "tutoring", "homebound", "detention"])
  }

  @Test func `another file adds dates to a parameter, and rows to a table of one date`() throws {
    let policies = try policies(
      """
      parameters:
        hours: {type: {string: duration}, values: {2015-07-01: {a: 7:20}, 2027-07-01: {a: 7:30}}}
      """,
      """
      parameters:
        hours: {values: {2015-07-01: {b: 8:05}, 2020-07-01: {b: 8:10}}}
        windowDays: {values: {2020-01-01: 10}}
      """)
    let hours = try #require(policies.vocabulary.parameters.first { $0.name == "hours" })
    #expect(hours.values.map(\.from.description) == ["2015-07-01", "2020-07-01", "2027-07-01"])
    guard case .map(let rows)? = hours.values.first?.value else {
      Issue.record("no table")
      return
    }
    #expect(rows.entries.count == 2)
    let days = try #require(policies.vocabulary.parameters.first { $0.name == "windowDays" })
    #expect(days.values.map(\.from.description) == ["2015-07-01", "2020-01-01", "2027-07-01"])
  }

  @Test(arguments: [
    ("types: {WorkOrder: {facts: {kind: string}}}", "'kind' is declared a second time"),
    ("types: {Session: {summary: another}}", "'summary' is declared a second time"),
    ("types: {WorkOrder: {terms: {kind: 'true'}}}", "'kind' is declared a second time"),
    ("enumerations: {Kind: {tutoring: Lessons}}", "'tutoring' is declared a second time"),
    (
      "parameters: {windowDays: {values: {2015-07-01: 9}}}",
      "the value from 2015-07-01 on is declared a second time"
    ),
    ("parameters: {windowDays: {type: int}}", "'type' is declared a second time"),
    ("decisions: {payment: {about: Session}}", "a decision 'payment' is declared a second time"),
  ])
  func `what is said twice is a mistake at the second place, and shows the first`(
    layer: String, message: String
  ) throws {
    let result = try load(layer)
    #expect(result.policies == nil)
    let mistake = try #require(result.diagnostics.first { $0.message == message })
    #expect(mistake.range?.source.name == "layer-0.yaml")
    #expect(mistake.notes.first?.range?.source.name == "base.yaml")
    #expect(result.diagnostics.count == 1, "\(result.diagnostics.map(\.message))")
  }
}

/// Where rules and decisions stand doesn't matter for the order in which they are told of.
@Suite struct RuleOrderTests {
  private static let rules = """
    rules:
      - {rule: b, title: B, decides: [payment], require: size(session.tags) == 0}
      - {rule: a, title: A, decides: [payment], require: size(session.tags) == 0}
    """
  private static let more = """
    decisions: {another: {about: Session}, about-last: {about: Session}}
    rules:
      - {rule: c, title: C, decides: [payment, another, about-last], require: size(session.tags) == 0}
    """

  @Test(arguments: [["1.yaml", "2.yaml"], ["2.yaml", "1.yaml"]])
  func `rules come by their ids, and decisions as they stand, whatever the files are called`(
    names: [String]
  ) throws {
    let sources =
      [try MistakenFile.base()]
      + zip(names, [Self.rules, Self.more]).map { Source(name: $0, text: $1) }
    let result = PolicySet.load(sources.sorted { $0.name < $1.name })
    let policies = try #require(result.policies)
    #expect(policies.rules.map(\.id) == ["a", "b", "c", "present"])
    #expect(
      policies.decisions.map(\.name) == ["another", "about-last", "payment", "presence", "export"])
  }
}
