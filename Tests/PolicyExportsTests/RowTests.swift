import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import Testing

struct RowTests {
  private static let session = """
    {"id": "S-1", "date": "2026-11-20", "start": "2026-11-20T15:30:00-06:00", \
    "end": "2026-11-20T16:15:40-06:00", "tutor": {"id": "T-1", "name": "Ruiz, Ana", \
    "approvedSchools": ["a"]}, "tags": [], "encounters": [], "workOrder": {"id": "WO-1", \
    "kind": "tutoring", "activity": "tutoring", "assignedOn": "2026-11-20", "hourlyRate": 2750}}
    """

  private func rows(
    _ format: ExportFormat, _ occasion: RowMaker.Occasion, of session: String = session
  ) throws -> [ExportRow] {
    let policies = try shippedPolicies()
    var mistakes: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "s", text: session), schema: policies.vocabulary.schema,
        into: &mistakes))
    return try RowMaker(format, policies: policies).rows(
      of: document, today: CivilDate(daysSinceEpoch: 20_780), occasion)
  }

  private func shipped(_ id: String) throws -> ExportFormat {
    var mistakes: [Diagnostic] = []
    return try #require(
      ExportFormat.all(inPolicies: shippedFolder, of: try shippedPolicies(), into: &mistakes)
        .first { $0.id == id })
  }

  @Test func `a session is a row of hours, and its reversal takes exactly that back`() throws {
    let format = try shipped("generic-hours")
    let first = try rows(format, .init(batch: 7, version: 3, entry: .first))
    #expect(
      first.map(\.text) == [
        #"7,first,S-1,3,T-1,"Ruiz, Ana",2026-11-20,15:30,16:15,WO-1,,,0.75,20.63,"#
      ])
    #expect(first.map(\.minutes) == [45])
    let reversal = try rows(
      format, .init(batch: 8, version: 4, entry: .reversal, reason: "typed wrong"))
    #expect(
      reversal.map(\.text) == [
        #"8,reversal,S-1,4,T-1,"Ruiz, Ana",2026-11-20,15:30,16:15,WO-1,,,-0.75,-20.63,typed wrong"#
      ])
    var totals = ExportTotals(format)
    for row in first + reversal { totals.add(row) }
    #expect(totals.all.minutes == 0)
    #expect(totals.all.columns.compactMap { $0?.text } == ["0.00", "0.00"])
    #expect(totals.sums(by: 1).map(\.value) == ["WO-1"])
  }

  @Test func `punches are two rows in the district's time, and count their minutes once`() throws {
    let rows = try rows(
      shipped("punches"), .init(batch: 1, version: 1, entry: .first))
    #expect(
      rows.map(\.text) == [
        "T-1,11/20/2026 15:30,In Punch,,", "T-1,11/20/2026 16:15,Out Punch,,",
      ])
    #expect(rows.map(\.minutes) == [45, 0])
  }

  @Test func `a value that is missing leaves no row`() throws {
    let session = Self.session.replacing(#""end": "2026-11-20T16:15:40-06:00", "#, with: "")
    #expect {
      try rows(
        shipped("generic-hours"), .init(batch: 1, version: 1, entry: .first), of: session)
    } throws: { error in
      (error as? Unwritable)?.sentence.contains("the minutes") == true
    }
  }

  @Test func `what a spreadsheet would calculate is a text, and a number stays one`() throws {
    #expect(CSV.cell("=1+1") == "'=1+1")
    #expect(CSV.cell("-0.75", isText: false) == "-0.75")
    #expect(CSV.cell("a \"b\"\nc") == "\"a \"\"b\"\"\nc\"")
    #expect(CSV.file(["a", "b"]) == "a\r\nb\r\n")
  }
}
