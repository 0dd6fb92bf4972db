import CEL
import Diagnostics
import PolicyEngine
import Testing

/// A parameter may end, and has no value from then on.
@Suite struct ParameterEndTests {
  private func load(_ values: String, type: String = "int") throws -> PolicyLoadResult {
    PolicySet.load([
      try MistakenFile.base(),
      Source(
        name: "limit.yaml",
        text: "parameters:\n  limit: {type: \(type), values: {\(values)}}\n"),
    ])
  }

  private func limit(_ values: String, type: String = "int") throws -> Parameter {
    let result = try load(values, type: type)
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    return try #require(policies.vocabulary.parameters.first { $0.name == "limit" })
  }

  private func value(of parameter: Parameter, on date: String) throws -> String? {
    parameter.value(on: try #require(CivilDate(date))).map { ValueLiteral.text(of: $0.value) }
  }

  @Test func `from the date of 'none' on there is no value, until another one begins`() throws {
    let limit = try limit("2026-07-01: 5, 2027-07-01: none, 2028-07-01: 7")
    #expect(try value(of: limit, on: "2026-06-30") == nil)
    #expect(try value(of: limit, on: "2027-06-30") == "5")
    #expect(try value(of: limit, on: "2027-07-01") == nil)
    #expect(try value(of: limit, on: "2028-06-30") == nil)
    #expect(try value(of: limit, on: "2028-07-01") == "7")
    #expect(
      limit.changes.map(\.description) == ["2026-07-01", "2027-07-01", "2028-07-01"])
  }

  @Test func `in quotes, 'none' is a text`() throws {
    let limit = try limit("2026-07-01: 'none', 2027-07-01: none", type: "string")
    #expect(try value(of: limit, on: "2026-07-01") == "\"none\"")
    #expect(try value(of: limit, on: "2027-07-01") == nil)
  }

  @Test(arguments: ["2026-07-01: none", "2026-07-01: 5, 2027-07-01: none, 2028-07-01: none"])
  func `there must be a value to end`(values: String) throws {
    let result = try load(values)
    #expect(
      result.diagnostics.map(\.message) == [
        "parameter 'limit' has no value here that could end"
      ])
  }

  @Test(arguments: [
    ("2027-06-30", DecisionOutcome.pass, [String]()),
    ("2027-07-01", .undetermined, ["'limit' has no value in force on 2027-07-01"]),
  ])
  func `rules that need an ended parameter are undetermined`(
    date: String, outcome: DecisionOutcome, errors: [String]
  ) throws {
    let result = PolicySet.load([
      try MistakenFile.base(),
      Source(
        name: "limit.yaml",
        text: """
          parameters: {limit: {type: int, values: {2026-07-01: 5, 2027-07-01: none}}}
          rules: [{rule: few, title: Few, decides: [payment], require: size(session.tags) < limit}]
          """),
    ])
    let policies = try #require(result.policies)
    var diagnostics: [Diagnostic] = []
    let text = #"{"id":"S-1","date":"\#(date)","tags":[],"encounters":[]}"#
    let document = try #require(
      FactDocument.read(
        json: Source(name: "document.json", text: text), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let verdict = policies.decide(document, today: try #require(CivilDate("2027-08-01")))
    #expect(verdict.decisions.first { $0.name == "payment" }?.outcome == outcome)
    #expect(verdict.undetermined.flatMap(\.errors) == errors)
  }

  @Test(arguments: [("1.0", "1"), ("60.0", "60"), ("6e1", "60"), ("-6.0e1", "-60")])
  func `a whole number may be written with a point or an exponent, as in documents`(
    written: String, read: String
  ) throws {
    let limit = try limit("2026-07-01: \(written)")
    #expect(try value(of: limit, on: "2026-07-01") == read)
  }

  @Test(arguments: ["60.5", "1e300", ".inf", ".nan", "'60'"])
  func `what is not a whole number is refused`(written: String) throws {
    #expect(try load("2026-07-01: \(written)").policies == nil)
  }
}
