import CEL
import Diagnostics
import PolicyEngine
import Testing

/// Which day and time of day an instant has in the district's zone, on both sides of every edge.
@Suite struct TimeZoneTests {
  private static let policies = """
    document: {session: Session}
    governedBy: session.date
    timeZone: America/Chicago
    types: {Session: {facts: {date: date, start: timestamp, clock: duration}}}
    decisions: {right: {title: Right, about: Session}}
    rules:
      - rule: day
        title: The day
        decides: [right]
        require: date(session.start) == session.date
      - rule: clock
        title: The time of day
        decides: [right]
        require: session.start.timeOfDay() == session.clock
    """

  @Test(arguments: [
    // Winter, six hours behind, and summer, five hours behind.
    ("2026-01-15T05:59:59Z", "2026-01-14", "23h59m59s"),
    ("2026-01-15T06:00:00Z", "2026-01-15", "0s"),
    ("2026-07-15T04:59:59Z", "2026-07-14", "23h59m59s"),
    ("2026-07-15T05:00:00Z", "2026-07-15", "0s"),
    // In March the hour from two to three is left out.
    ("2026-03-08T07:59:59Z", "2026-03-08", "1h59m59s"),
    ("2026-03-08T08:00:00Z", "2026-03-08", "3h"),
    ("2026-03-09T04:59:59Z", "2026-03-08", "23h59m59s"),
    ("2026-03-09T05:00:00Z", "2026-03-09", "0s"),
    // In November the hour from one to two comes twice.
    ("2026-11-01T06:59:59Z", "2026-11-01", "1h59m59s"),
    ("2026-11-01T07:00:00Z", "2026-11-01", "1h"),
    ("2026-11-01T07:59:59Z", "2026-11-01", "1h59m59s"),
    ("2026-11-01T08:00:00Z", "2026-11-01", "2h"),
    ("2026-11-02T05:59:59Z", "2026-11-01", "23h59m59s"),
    ("2026-11-02T06:00:00Z", "2026-11-02", "0s"),
    // The offset that an instant is written with changes nothing.
    ("2026-11-01T01:30:00-06:00", "2026-11-01", "1h30m"),
    ("2026-11-02T07:00:00+02:00", "2026-11-01", "23h"),
    // Years behind the data, by its last rule.
    ("2060-01-15T06:00:00Z", "2060-01-15", "0s"), ("2060-07-15T05:00:00Z", "2060-07-15", "0s"),
  ])
  func `an instant is on the day and at the time of the zone`(
    start: String, date: String, clock: String
  ) throws {
    let policies = try #require(
      PolicySet.load([Source(name: "p.yaml", text: Self.policies)]).policies)
    var mistakes: [Diagnostic] = []
    let text = #"{"date":"\#(date)","start":"\#(start)","clock":"\#(clock)"}"#
    let document = FactDocument.read(
      json: Source(name: "s", text: text), schema: policies.vocabulary.schema, into: &mistakes)
    let today = try #require(CivilDate("2026-11-23"))
    let verdict = policies.decide(try #require(document, "\(mistakes)"), today: today)
    #expect(verdict.violated.map(\.rule) == [])
    #expect(verdict.passes)
  }

  @Test func `the release of the time zone database is known`() {
    #expect(ProgramVersion.timeZoneData.wholeMatch(of: /\d{4}[a-z]+/) != nil)
  }
}
