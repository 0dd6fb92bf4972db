import CEL
import EmbeddedPolicies
import PolicyEngine
import Testing

@Suite struct PolicyFunctionTests {
  private struct Broken: Error {}

  private let functions = [
    PolicyFunction("longest", "The longest visit on a day, in minutes.") {
      (day: CivilDate) -> Int64 in
      day < CivilDate(daysSinceEpoch: 20_759) ? 30 : 60
    },
    PolicyFunction("within", "Whether a number is at most another.") { (a: Int64, b: Int64) in
      guard b >= 0 else { throw Broken() }
      return a <= b
    },
  ]

  private func visit(_ date: String, _ minutes: Int) -> String {
    #"{"date": "\#(date)", "minutes": \#(minutes)}"#
  }

  @Test(arguments: [("2026-11-01", 40, false), ("2026-11-02", 40, true), ("2026-11-02", 61, false)])
  func `rules call a program's function, alone and in streams`(
    date: String, minutes: Int, passes: Bool
  ) throws {
    let policies = try Policies(
      files: limit("within(visit.minutes, longest(visit.date))"), functions: functions)
    let text = visit(date, minutes)
    #expect(try policies.decide(json: text, today: today).passes == passes)
    var inStream: [Bool] = []
    var stream = try StreamDecider(policies, today: today)
    stream.decide((text + "\n").utf8) { inStream.append($0.passes) }
    #expect(inStream == [passes])
    let explained = try policies.explain(json: text, today: today, for: .privileged)
    #expect(explained.description.contains(passes ? "paid" : "unpaid"))
  }

  @Test func `one that fails leaves the rule undetermined`() throws {
    let policies = try Policies(
      files: limit("within(visit.minutes, 0 - visit.minutes)"), functions: functions)
    let verdict = try policies.decide(json: visit("2026-11-02", 40), today: today)
    #expect(!verdict.passes)
    #expect(verdict.undetermined.map(\.rule) == ["short-enough"])
    #expect(verdict.undetermined.first?.errors.first?.contains("'within' failed") == true)
  }

  @Test func `its types are checked with the policies`() throws {
    let mistaken = #expect(throws: PolicyMistakes.self) {
      try Policies(files: limit("within(visit.date, 60)"), functions: functions)
    }
    #expect(mistaken?.description.contains("rules.yaml:13:") == true)
  }

  @Test(arguments: ["size", "label", "is holiday", ""])
  func `a name that is taken or can't be called is refused`(name: String) throws {
    let function = PolicyFunction(name, "Something.") { (day: CivilDate) in true }
    let error = #expect(throws: PolicyMistakes.self) {
      try Policies(files: limit("visit.minutes <= 60"), functions: [function])
    }
    #expect(error?.description.contains("'\(name)'") == true)
  }

  @Test func `two of one name are refused`() throws {
    #expect(throws: PolicyMistakes.self) {
      try Policies(files: limit("visit.minutes <= 60"), functions: functions + functions)
    }
  }
}
