import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import Testing

struct ReportTests {
  private static func shipped() throws -> ReportFormat {
    var mistakes: [Diagnostic] = []
    let formats = ReportFormat.all(
      inPolicies: shippedFolder, of: try shippedPolicies(), into: &mistakes)
    #expect(mistakes.map(\.message) == [])
    return try #require(formats.first)
  }

  private static func encounter(
    _ student: String, _ minutes: Int, remedial: Bool, detention: String = "false"
  ) -> String {
    """
    {"student": {"id": "\(student)", "name": "Pupil \(student)", "school": "truman-high", \
    "readingImprovementPlan": true, "grades": [], "stateAssessments": [], \
    "districtAssessments": []}, "arrived": "2026-11-20T15:00:00-06:00", \
    "departed": "2026-11-20T15:\(minutes):30-06:00", "activelyTutored": true, \
    "creditRecoveryMaterial": false, "qualifiers": {"remedial": \(remedial), "homebound": false, \
    "detention": \(detention), "creditRecovery": false}, "remedialCriteria": []}
    """
  }

  private static func entries(
    _ encounters: [String], on day: String = "2026-11-20"
  ) throws -> [ReportEntry] {
    let policies = try shippedPolicies()
    let text = """
      {"id": "S-1", "date": "\(day)", "start": "2026-11-20T15:00:00-06:00", "tags": [], \
      "end": "2026-11-20T16:00:00-06:00", "tutor": {"id": "T-1", "name": "A", \
      "approvedSchools": ["a"]}, "encounters": [\(encounters.joined(separator: ", "))]}
      """
    var mistakes: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "s", text: text), schema: policies.vocabulary.schema, into: &mistakes)
    return try ReportMaker(shipped(), policies: policies).entries(
      of: #require(document, "\(mistakes.map(\.message))"),
      today: CivilDate(daysSinceEpoch: 20_790))
  }

  @Test func `minutes are added up by group and month, and rounded once in the file`() throws {
    var report = Report(try Self.shipped())
    let november = try Self.entries([
      Self.encounter("P1", 20, remedial: true, detention: "true"),
      Self.encounter("P2", 25, remedial: false),
    ])
    for entry in try november + Self.entries([Self.encounter("P1", 20, remedial: true)])
      + Self.entries([Self.encounter("P1", 40, remedial: false)], on: "2026-12-01")
    {
      report.add(entry)
    }
    #expect(report.minutes == 105)
    let (first, second) = (
      try #require(Report.Month(year: 2026, month: 11)),
      try #require(Report.Month(year: 2026, month: 12))
    )
    #expect(report.months == [first: 65, second: 40])
    #expect(report.groups[0] == ["Remedial": [first: 40], "Detention": [first: 20]])
    #expect(report.ungrouped[0] == [first: 25, second: 40])
    #expect(
      report.file == """
        CurrentSchoolYear,AttendingSchoolCode,StateID,FullName,RemHrsAttended,TutoringHrsAttended\r
        2027,truman-high,P1,Pupil P1,0.6667,1.3333\r
        2027,truman-high,P2,Pupil P2,0.0000,0.4167\r

        """)
  }

  @Test func `parts of a report add up to the whole`() throws {
    let entries = try Self.entries([
      Self.encounter("P1", 20, remedial: true, detention: "true"),
      Self.encounter("P2", 25, remedial: false),
    ])
    let later = try Self.entries(
      [
        Self.encounter("P3", 10, remedial: true),
        Self.encounter("P1", 40, remedial: false).replacing("truman-high", with: "van-horn-high"),
      ], on: "2026-12-01")
    var whole = Report(try Self.shipped())
    for entry in entries + later { whole.add(entry) }
    var (first, second) = (Report(try Self.shipped()), Report(try Self.shipped()))
    for entry in entries { first.add(entry) }
    let own = later.map { second.add($0) }
    let numbers = first.add(second)
    #expect(first.file == whole.file)
    // Who has moved stands where the last session says.
    #expect(whole.file.contains("2027,van-horn-high,P1"))
    #expect(first.groups == whole.groups)
    #expect(first.ungrouped == whole.ungrouped)
    #expect(first.months == whole.months)
    #expect(first.entries == 4)
    let remedial = try #require(first.number(of: "Remedial", by: 0))
    #expect(own[0].map { numbers[$0] }.contains(remedial))
    #expect(!own[1].map { numbers[$0] }.contains(remedial))
  }

  @Test func `a qualifier that is not known counts nothing`() throws {
    let unknown = Self.encounter("P1", 20, remedial: true)
      .replacing("\"homebound\": false, ", with: "")
    #expect(throws: Unwritable.self) { try Self.entries([unknown]) }
  }

  @Test func `a school year begins on the day that the file names`() throws {
    let format = try Self.shipped()
    let days = try #require(format.days(ofYear: 2027))
    #expect(days.lowerBound.description == "2026-07-01")
    #expect(days.upperBound.description == "2027-06-30")
    #expect(format.year(of: days.lowerBound) == 2027)
    #expect(format.year(of: days.upperBound) == 2027)
  }

  @Test(arguments: [
    ("yearBegins: \"07-01\"", "yearBegins: July", "this must be a month and a day of it"),
    (
      "facts: encounter.qualifiers", "facts: encounter.arrived", "this must be an object with facts"
    ),
    ("sum: minutes", "sum: minuts", "minuts"),
    ("value: encounter.student.name", "value: encounter.student.nam", "'nam' is not a fact"),
    ("row: encounter.student.id", "row: encounter.student.grades[0].subject", "confidential"),
    ("decision: state-report", "decision: state-reports", "'state-reports' is not a decision"),
  ])
  func `a mistake is found at its place`(old: String, new: String, message: String) throws {
    let text = String(decoding: try Self.shipped().source.bytes, as: UTF8.self)
    var mistakes: [Diagnostic] = []
    let formats = ReportFormat.load(
      [Source(name: "r.yaml", text: text.replacing(old, with: new))],
      policies: try shippedPolicies(), into: &mistakes)
    #expect(formats.isEmpty)
    #expect(mistakes.contains { $0.message.contains(message) }, "\(mistakes.map(\.message))")
    #expect(mistakes.allSatisfy { $0.range != nil })
  }
}
