import CEL
import Diagnostics
import PolicyEngine
import Testing

/// Compares timelines with deciding every single day.
@Suite struct TimelineTests {
  /// What is told on a day: whatever else an explanation says, a change of this is a change of the answer.
  private struct Told: Equatable {
    var decisions: [String] = []
    var rules: [String] = []

    init(_ explanation: Explanation) {
      for decision in explanation.decisions {
        if decision.isAskedFor {
          decisions.append(
            "\(decision.name) \(decision.outcome) \(decision.word) \(decision.prospect as Any)")
        }
        for rule in decision.rules {
          let outcome: RuleOutcome =
            if case .doesNotApply = rule.outcome { .satisfied } else { rule.outcome }
          rules.append("\(outcome) \(rule.fix?.prospect as Any)")
        }
      }
    }
  }

  private static let document = """
    {"id": "S-1", "date": "2026-03-10", "due": "2026-05-01", "count": 3,
     "holidays": ["2026-03-20", "2026-03-21", "2026-07-04"], "items": [{"on": "2026-04-01"}, {"on": "2026-06-30"}]}
    """

  private func policies(
    _ rules: String, governedBy governingDate: String = "session.date"
  ) throws -> PolicySet {
    let text = """
      document: {session: Session}
      governedBy: "\(governingDate)"
      timeZone: America/Chicago
      identifiedBy: session.id
      types:
        Session:
          facts: {id: string, date: date, due: date, late: date?, lost: date, count: int, holidays: [date], items: [Item]}
          terms:
            deadline: session.date.addDays(window)
            age: session.date.daysUntil(today)
            nextWeek: today.addWeeks(1)
        Item: {facts: {on: date}}
      parameters:
        window: {type: int, values: {2026-01-01: 7, 2026-04-01: 14, 2026-08-01: 200}}
      calendars:
        open: {years: {2026: {days: 2026-02-02..2026-05-29, closed: {2026-03-09..2026-03-13: Spring}}}}
      decisions:
        pay: {title: Pay, about: Session}
        start: {title: Start, about: Session, needs: [pay]}
      rules:
      \(rules)
      """
    let result = PolicySet.load([Source(name: "dated.yaml", text: text)])
    return try #require(result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private func rule(_ require: String, _ more: String = "") -> String {
    """
      - rule: dated
        title: Dated
        decides: [pay]
        require: "\(require)"
        \(more)
    """
  }

  private func expectAgreement(
    _ policies: PolicySet, from: String = "2026-01-01", until: String = "2026-10-31",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Timeline {
    var diagnostics: [Diagnostic] = []
    let read = FactDocument.read(
      json: Source(name: "document.json", text: Self.document),
      schema: policies.vocabulary.schema, into: &diagnostics)
    let document = try #require(read, "\(DiagnosticRenderer().render(diagnostics))")
    let first = try #require(CivilDate(from))
    let last = try #require(CivilDate(until))
    var starts: [CivilDate] = []
    var told: [Told] = []
    for day in first.daysSinceEpoch...last.daysSinceEpoch {
      let day = CivilDate(daysSinceEpoch: day)
      let now = Told(policies.explain(document, today: day))
      if now != told.last {
        starts.append(day)
        told.append(now)
      }
    }
    let timeline = policies.timeline(of: document, from: first, until: last)
    #expect(timeline.spans.map(\.from) == starts, sourceLocation: sourceLocation)
    #expect(
      timeline.spans.map { span in
        span.decisions.map { "\($0.name) \($0.outcome) \($0.word) \($0.prospect as Any)" }
      } == told.map(\.decisions), sourceLocation: sourceLocation)
    #expect(timeline.until == last, sourceLocation: sourceLocation)
    let unexplained = timeline.spans.dropFirst().filter(\.changes.isEmpty)
    #expect(unexplained.map(\.from) == [], sourceLocation: sourceLocation)
    return timeline
  }

  @Test(arguments: [
    ("today <= session.due", 2), ("today < session.due", 2), ("today > session.due", 2),
    ("session.due <= today", 2), ("today == session.due", 3), ("session.due != today", 3),
    ("session.deadline >= today", 2), ("session.age <= window", 2), ("session.age == 20", 3),
    ("20 - session.age > 0", 2), ("-session.age < 3", 2), ("session.age + session.age > 40", 2),
    ("session.nextWeek <= session.due", 2), ("today.addDays(-3) in session.holidays", 5),
    ("today in [date('2026-02-01'), session.due]", 5),
    ("today.month() == 5", 3), ("today.year() == 2026", 1), ("today.day() == 31", 12),
    ("today.addMonths(1) <= session.due", 2), ("string(today) < '2026-06'", 2),
    ("[today, session.due].exists(d, d == date('2026-02-02'))", 3),
    ("session.items.exists(i, i.on >= today)", 2), ("session.items.all(i, today <= i.on)", 2),
    ("session.items.map(i, i.on.daysUntil(today)).exists(n, n == 0)", 5),
    ("cel.bind(x, today.addDays(10), x > session.due && x < date('2026-07-01'))", 3),
    ("(session.count > 2 ? today : session.due) <= date('2026-04-04')", 2),
    ("10 / session.due.daysUntil(today) < 5", 4), ("today <= session.lost", 1),
    ("has(session.late) && today <= session.late", 1), ("today.addDays(3000000) > session.due", 1),
    ("today > session.due || session.lost == session.due", 2),
    ("today.daysUntil(today.addDays(3)) == 3", 1), ("dyn(today) == dyn(session.due)", 3),
    ("session.count == 3", 1),
  ])
  func `every day is decided as it is by itself`(condition: String, spans: Int) throws {
    let timeline = try expectAgreement(policies(rule(condition)))
    #expect(timeline.spans.count == spans)
  }

  @Test(arguments: [
    "today in open", "open.addDays(session.date, 5) >= today",
    "open.addDays(today, 3) > session.due",
    "open.daysBetween(session.date, today) < 20", "open.year(today).hasValue()",
    "window.on(today) > 7", "window.on(session.date) > today.day()",
    "window.on(today.addDays(-60)) == 7",
    "today.isBetween('03-01', '04-15')", "today.next('monday') > session.due",
  ])
  func `every day is decided by calendars and other days' values as it is by itself`(
    condition: String
  ) throws {
    _ = try expectAgreement(policies(rule(condition)))
  }

  @Test(arguments: [
    ("session.deadline", "session.deadline"), ("today.addDays(3)", "session.date"),
    ("session.lost", "session.date"), ("session.due.addMonths(1)", "today"),
    ("session.deadline", "today"),
    ("session.deadline", "today < date('2026-06-06') ? today : today.addDays(40)"),
    ("session.deadline", "date(today.year(), 6, today.day())"),
    ("session.deadline", "session.lost"),
  ])
  func `last days and values in force change when they do day by day`(
    deadline: String, governingDate: String
  ) throws {
    // A governing date may not be reckoned from dated values.
    let governingDate = governingDate == "session.deadline" ? "session.due" : governingDate
    let never = rule("session.count > 5", "fix: {do: Count., by: \"\(deadline)\"}")
    let inForce = """
        - rule: summer
          title: Summer
          decides: [start]
          effective: {from: 2026-06-01, until: 2026-08-31}
          when: window > 7
          require: session.age < window
      """
    _ = try expectAgreement(policies(never + "\n" + inForce, governedBy: governingDate))
  }

  @Test func `a change tells its rule, its cause and what it was reckoned from`() throws {
    let never = rule("session.count > 5", "fix: {do: Count., by: session.deadline}")
    let timeline = try expectAgreement(policies(never))
    let change = try #require(timeline.spans.last?.changes.first)
    #expect(timeline.spans.map(\.from.description) == ["2026-01-01", "2026-03-18"])
    #expect(change.rule.id == "dated")
    guard case .deadline(let last) = change.cause else {
      Issue.record("\(change.cause)")
      return
    }
    #expect(last.description == "2026-03-17")
    #expect(change.citations.facts.map(\.path.description).contains("session.date"))
    #expect(change.citations.parameters.map(\.name) == ["window"])
  }

  @Test func `a value that comes into force is told as the cause`() throws {
    let timeline = try expectAgreement(
      policies(rule("window < 10"), governedBy: "today"), from: "2026-02-01", until: "2026-05-01")
    let change = try #require(timeline.spans.last?.changes.first)
    #expect(timeline.spans.map(\.from.description) == ["2026-02-01", "2026-04-01"])
    guard case .values(let values) = change.cause else {
      Issue.record("\(change.cause)")
      return
    }
    #expect(values.map(\.since?.description) == ["2026-04-01"])
  }

  @Test func `all the years of the calendar take no longer than a few`() throws {
    let policies = try policies(rule("session.deadline >= today && session.age > -5"))
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "document.json", text: Self.document),
        schema: policies.vocabulary.schema, into: &diagnostics))
    let timeline = policies.timeline(
      of: document, from: try #require(CivilDate("0001-01-01")),
      until: try #require(CivilDate("9999-12-31")))
    #expect(
      timeline.spans.map(\.from.description) == ["0001-01-01", "2026-03-06", "2026-03-18"])
  }
}
