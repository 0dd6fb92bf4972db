import CEL
import Diagnostics
import PolicyComparison
import PolicyEngine
import Testing

/// Two policy sets that differ in a calendar, in the value of another day, in a band or in a record alone.
@Suite struct CalendarComparisonTests {
  private static let text = """
    document: {visit: Visit}
    governedBy: visit.day
    types:
      Visit: {facts: {day: date, test: date, count: int}}
      Stage: {facts: {hours: int, title: string}, terms: {isLong: stage.hours > 50}}
    calendars:
      school: {years: {2026-27: {days: 2026-08-17..2027-05-21, closed: {2026-09-07: Labor Day}}}}
    parameters:
      level: {type: int, values: {2020-01-01: 1, 2026-01-01: 2}}
      credit: {type: {bands: int, gives: int}, values: {2020-01-01: {"0..9": 1, "10..": 2}}}
      goal: {type: Stage, values: {2020-01-01: {hours: 60, title: Two}}}
    decisions: {go: {title: Go, about: Visit}}
    rules:
      - rule: rule
        title: A rule
        decides: [go]
        require: RULE

    """

  private func policies(_ rule: String, _ original: String = "", _ changed: String = "") throws
    -> PolicySet
  {
    var text = Self.text.replacing("RULE", with: rule)
    if !original.isEmpty {
      try #require(text.contains(original))
      text = text.replacing(original, with: changed)
    }
    let result = PolicySet.load([Source(name: "p.yaml", text: text)])
    return try #require(result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private func plan(_ rule: String, _ original: String, _ changed: String) throws -> PolicyPlan {
    PolicyPlan(
      old: PolicyPlan.Side(name: "old", policies: try policies(rule)),
      new: PolicyPlan.Side(name: "new", policies: try policies(rule, original, changed)))
  }

  @Test(arguments: [
    ("visit.day in school", "2026-09-07: Labor Day", "2026-09-14: Labor Day"),
    ("visit.day in school", "2026-08-17..2027-05-21", "2026-08-18..2027-05-21"),
    ("school.addDays(visit.day, 3) < visit.test", "2026-09-07: Labor Day", "2026-09-08: Labor Day"),
    ("school.year(visit.day).orValue('') == '2026-27'", "2026-27:", "2026-28:"),
    (
      "level.on(visit.test) > visit.count", "2020-01-01: 1, 2026-01-01: 2",
      "2020-01-01: 1, 2026-01-02: 2"
    ),
    ("level.on(visit.test) > visit.count", "2020-01-01: 1, 2026", "2020-01-01: 0, 2026"),
    ("level.on(date('2021-01-01')) > visit.count", "2020-01-01: 1, 2026", "2020-01-01: 3, 2026"),
    ("credit[visit.count] == 1", #""0..9": 1, "10..": 2"#, #""0..8": 1, "9..": 2"#),
    ("goal.hours <= visit.count", "hours: 60", "hours: 61"),
    ("goal.isLong", "hours: 60", "hours: 50"),
    ("goal.isLong", "stage.hours > 50", "stage.hours > 60"),
  ])
  func `are never proved to be the same`(rule: String, original: String, changed: String) throws {
    let plan = try plan(rule, original, changed)
    #expect(!plan.edits.isEmpty)
    for proof in plan.proofs {
      if case .decision = proof.subject, case .same = proof.result {
        // Dates before the change may be the same, and all is undetermined where the date is not known.
        let words = proof.dateWords
        #expect(words.contains("until") || words.contains("not known"), "\(words)")
      }
    }
    #expect(
      plan.proofs.contains { proof in
        if case .same = proof.result { false } else { true }
      })
  }

  @Test(arguments: [
    "visit.day in school", "level.on(visit.test) > visit.count", "credit[visit.count] == 1",
    "goal.hours <= visit.count && goal.isLong",
    "school.weeks(visit.day, visit.test).all(w, visit.day in w)",
  ])
  func `what did not change is proved to be the same`(rule: String) throws {
    let plan = try plan(rule, "Labor Day", "Day of labour")
    for proof in plan.proofs {
      guard case .same = proof.result else {
        Issue.record("\(proof.subject) \(proof.dateWords): \(proof.result)")
        continue
      }
    }
  }
}
