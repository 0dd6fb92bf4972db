#if Server
import CEL
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PolicyEngine
import PolicyExports
import PolicyRendering
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

struct PayrollTests {
  /// A district with two sessions that go out and one without a work order; formats as they are shipped.
  private static func make() async throws -> (district: TestDistrict, ids: [String]) {
    let district = try await TestDistrict()
    try district.addFormats()
    var ids: [String] = []
    for order in ["WO-1", "WO-1", nil] {
      ids.append(try await district.finishedSession(workOrder: order).id)
    }
    return (district, ids)
  }

  private static let question = PayrollQuestion(format: "generic-hours")

  private static func export(
    _ district: TestDistrict, _ question: PayrollQuestion = question,
    request: String = UUID().uuidString
  ) async throws -> ExportDetails {
    let record = try await district.service.exportPayroll(
      question, expecting: nil, request: request, by: district.olga)
    return try await district.service.export(record.id, for: district.olga)
  }

  @Test func `a preview says what goes out, and what is left out with its rules`() async throws {
    let (district, ids) = try await Self.make()
    let preview = try await district.service.payrollPreview(Self.question, for: district.olga)
    #expect(preview.sessions == 2)
    #expect(preview.rows.map(\.session) == Array(ids.prefix(2)))
    #expect(preview.totals.all.minutes == 120)
    #expect(preview.totals.sums(by: 1).map(\.value) == ["WO-1"])
    #expect(preview.leftOut.map(\.session) == [ids[2]])
    #expect(preview.leftOut[0].rules == ["has-work-order"])
    #expect(preview.blockers.map(\.alone) == [1])
    #expect(preview.blockers.map(\.minutesAlone) == [60])
    // Hours are known without a work order, and the amount is not.
    #expect(preview.blockers[0].sums.columns.compactMap { $0?.text } == ["1.00", "0.00"])
    #expect(preview.blockers[0].tutors == 1)
    #expect(preview.weeks.map(\.goesOut) == [2])
    #expect(preview.weeks.map(\.leftOut) == [1])
    #expect(preview.shownLeftOut[0].deadline != nil)
  }

  @Test func `what was exported is frozen, and goes out once`() async throws {
    let (district, ids) = try await Self.make()
    let first = try await Self.export(district, request: "form-of-the-office")
    #expect(first.record.sessions == 2)
    #expect(first.rows.map(\.session) == Array(ids.prefix(2)))
    let again = try await Self.export(district, request: "form-of-the-office")
    #expect(again.record == first.record)
    #expect(again.file == first.file)
    await #expect(throws: ServiceError.self) { try await Self.export(district) }
    #expect(try await district.store.session(ids[0])?.stage == .exported)
    let frozen = try #require(try await district.store.frozenDecisions(of: ids[0]).first)
    #expect(frozen.policies == district.keeper.current.digest)
    #expect(try await district.store.check() == [])
  }

  @Test func `the file of a preview that is no longer true is not written`() async throws {
    let (district, ids) = try await Self.make()
    let preview = try await district.service.payrollPreview(Self.question, for: district.olga)
    let session = try #require(try await district.store.session(ids[0]))
    _ = try await district.service.perform(
      .delete, on: session.id, expecting: session.version, request: UUID().uuidString,
      by: district.ana)
    await #expect(throws: ServiceError.self) {
      try await district.service.exportPayroll(
        Self.question, expecting: preview.digest, request: UUID().uuidString, by: district.olga)
    }
    #expect(try await district.store.exports().isEmpty)
    let now = try await district.service.payrollPreview(Self.question, for: district.olga)
    let record = try await district.service.exportPayroll(
      Self.question, expecting: now.digest, request: UUID().uuidString, by: district.olga)
    #expect(record.file?.digest == now.digest)
  }

  @Test func `a correction takes the row back and pays anew, with its reason`() async throws {
    let (district, ids) = try await Self.make()
    let first = try await Self.export(district)
    let exported = try #require(try await district.store.session(ids[0]))
    let end = OffsetDateTime(
      timestamp: CELTimestamp(seconds: exported.start.timestamp.seconds + 1_800),
      offsetMinutes: -360)
    var edit = SessionEdit(of: exported)
    edit.end = end
    _ = try await district.service.perform(
      .correct(reason: "ended early", [.edit(edit)]), on: exported.id,
      expecting: exported.version, request: UUID().uuidString, by: district.olga)
    let second = try await Self.export(district)
    #expect(second.rows.map(\.session) == [ids[0], ids[0]])
    #expect(second.rows.map(\.row.minutes) == [-60, 30])
    #expect(second.rows.allSatisfy { $0.row.text.hasSuffix(",ended early") })
    #expect(first.file == (try await district.service.export(1, for: district.olga)).file)
    await #expect(throws: ServiceError.self) { try await Self.export(district) }
    let session = try await district.service.exportedSession(ids[0], with: 2, for: district.olga)
    #expect(session.versions.map(\.export) == [1, 2])
    #expect(session.isSame)
  }

  @Test func `a work order that is withdrawn takes back what was paid`() async throws {
    let (district, ids) = try await Self.make()
    _ = try await Self.export(district)
    // A rule of the district's own: the work order must cover the day.
    try district.rewritePolicies("work-orders.yaml") {
      $0 + """

          - rule: work-order-not-withdrawn
            title: The work order was not withdrawn
            decides: [payment]
            when: has(session.workOrder) && has(session.workOrder.withdrawn)
            require: session.workOrder.withdrawn > session.date
            because: The work order was withdrawn.

        """
    }
    try district.rewritePolicies("vocabulary.yaml") {
      $0.replacing(
        "      assignedOn:\n",
        with: "      withdrawn: {type: date?, label: withdrawn on}\n      assignedOn:\n")
    }
    var order = try #require(try await district.store.workOrder("WO-1"))
    order.facts["withdrawn"] = .text("2026-11-01")
    try await district.save(order)
    let exported = try #require(try await district.store.session(ids[0]))
    _ = try await district.service.perform(
      .correct(reason: "the work order was withdrawn on 1 Nov", []), on: exported.id,
      expecting: exported.version, request: UUID().uuidString, by: district.olga)
    let second = try await Self.export(district)
    #expect(second.rows.map(\.row.entry) == ["reversal"])
    #expect(second.rows.map(\.row.minutes) == [-60])
    #expect(try await ExportVerifier.report(on: 2, in: district.store)?.differences == [])
    // Corrected once more, there is nothing left to take back.
    order = try #require(try await district.store.workOrder("WO-1"))
    order.facts["withdrawn"] = nil
    try await district.save(order)
    let corrected = try #require(try await district.store.session(ids[0]))
    _ = try await district.service.perform(
      .correct(reason: "by mistake", []), on: corrected.id, expecting: corrected.version,
      request: UUID().uuidString, by: district.olga)
    #expect(try await Self.export(district).rows.map(\.row.entry) == ["replacement"])
  }

  @Test func `what was frozen comes out the same, whatever the policies are now`() async throws {
    let (district, ids) = try await Self.make()
    let record = try #require(try await district.store.sessionWithSurroundings(ids[0]))
    let policies = district.keeper.current.policies
    var mistakes: [Diagnostic] = []
    let document = try #require(
      SessionDocument(of: record.session, in: record.surroundings)
        .read(by: policies.vocabulary.schema, into: &mistakes))
    let before = policies.explain(
      document, today: district.service.clock.now(in: district.keeper.current.timeZone).localDate,
      decisions: policies.decisionIndex(named: "export").map { [$0] }, for: .privileged)
    _ = try await Self.export(district)
    try district.rewritePolicies("work-orders.yaml") {
      $0.replacing("values: {2015-07-01: 7}", with: "values: {2015-07-01: 70}")
    }
    let report = try #require(try await ExportVerifier.report(on: 1, in: district.store))
    #expect(report.differences == [])
    #expect(report.sessions == 2)
    #expect(report.rows == 2)
    let session = try await district.service.exportedSession(ids[0], with: 1, for: district.olga)
    #expect(session.isSame)
    let again = try #require(session.explanation)
    // But for which build of the program made it.
    func text(_ explanation: Explanation) -> String {
      explanation.ndjsonLine.replacing(/"decidedBy":\{[^}]*\}/, with: "")
    }
    let (said, expected) = (text(again), text(before))
    let same = said.commonPrefix(with: expected).count
    #expect(said == expected, "from: \(said.dropFirst(same).prefix(300))")
    #expect(try await ExportVerifier.report(on: 9, in: district.store) == nil)
  }

  @Test func `a column and a decision of the district's own are in the export`() async throws {
    let (district, _) = try await Self.make()
    try district.rewritePolicies("exports/generic-hours.yaml") {
      $0.replacing(
        "  - {header: Reason, value: reason}",
        with: "  - {header: Students, value: size(session.encounters)}"
      )
      .replacing("decision: export", with: "decision: attendance")
    }
    let preview = try await district.service.payrollPreview(Self.question, for: district.olga)
    #expect(preview.format.columns.last?.header == "Students")
    #expect(preview.rows.map { $0.row.cells.last?.text } == ["1", "1"])
    // A row is whole or not there: the third session has nothing to write as its work order.
    #expect(preview.leftOut.map { $0.failure?.contains("'Work Order'") } == [true])
  }

  @Test func `a format with a mistake is not taken, and the last good one goes on`() async throws {
    let (district, _) = try await Self.make()
    try district.rewritePolicies("exports/generic-hours.yaml") {
      $0.replacing("session.tutor.id", with: "session.tuter.id")
    }
    #expect(district.keeper.notTaken?.diagnostics.first?.help == "did you mean 'tutor'?")
    let preview = try await district.service.payrollPreview(Self.question, for: district.olga)
    #expect(preview.sessions == 2)
  }

  @Test func `only the office exports, and auditors may look`() async throws {
    let (district, _) = try await Self.make()
    for actor in [district.ana, district.paul] {
      await #expect(throws: ServiceError.self) {
        try await district.service.payrollPreview(Self.question, for: actor)
      }
    }
    #expect(
      try await district.service.payrollPreview(Self.question, for: district.ada).sessions == 2)
    for actor in [district.ana, district.paul, district.ada] {
      await #expect(throws: ServiceError.self) {
        try await district.service.exportPayroll(
          Self.question, expecting: nil, request: UUID().uuidString, by: actor)
      }
    }
  }

  @Test func `the office exports on its page, and downloads the file`() async throws {
    let (district, ids) = try await Self.make()
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let office = try await asker.signedIn(as: "olga")
      let page = try await PageReading.open("/office/payroll?format=generic-hours", office)
      #expect(page.main.contains("Export 2 sessions"))
      #expect(page.main.contains("A session that is to be paid has a work order"))
      #expect(page.main.contains("this session can&#39;t go out to payroll yet"))
      #expect(page.main.contains("Assign the work order under which the session was held"))
      let made = try await page.send("/office/payroll/export")
      #expect(made.main.contains("2 sessions went out."))
      let file = try await office.get("/office/exports/1/file")
      #expect(file.headers[.contentDisposition] == "attachment; filename=\"generic-hours-1.csv\"")
      #expect(file.text.split(separator: "\r\n").count == 3)
      let session = try await PageReading.open("/office/exports/1/sessions/\(ids[0])", office)
      #expect(session.main.contains("the same comes out"))
      #expect(try await PageReading.open("/office/exports", office).main.contains("Export 1"))
      let form = try await PageReading.open("/office/sessions/\(ids[0])/correct", office)
      let refused = try await form.send("/office/sessions/\(ids[0])/correct")
      #expect(refused.main.contains("Reason: say why"))
      let corrected = try await form.send(
        "/office/sessions/\(ids[0])/correct", ["reason": "paid by mistake"])
      #expect(corrected.main.contains("paid by mistake"))
      #expect(try await office.get("/office/sessions/\(ids[2])/correct").status == .conflict)
      let tutor = try await asker.signedIn(as: "ana")
      #expect(try await tutor.get("/office/payroll").status == .forbidden)
      #expect(try await tutor.get("/office/exports/1/file").status == .forbidden)
    }
  }

  @Test func `a program exports by the interface`() async throws {
    let (district, _) = try await Self.make()
    try await district.withAsker { asker in
      let office = try await asker.program(as: "olga")
      let preview = try await office.get("/api/v1/payroll?format=punches").json
      #expect(preview["rows"] == .number(4))
      guard case .string(let digest) = preview["digest"] else { return }
      let made = try await office.post(
        "/api/v1/exports",
        json: #"{"format": "punches", "digest": "\#(digest)", "request": "request-1"}"#)
      #expect(made.status == .created)
      #expect(try made.json["digest"] == .string(digest))
      let details = try await office.get("/api/v1/exports/1").json
      guard case .string(let file) = details["file"] else { return }
      #expect(file.hasPrefix("Person Number,Punch DTM,"))
    }
  }
}

extension TestDistrict {
  /// Adds the shipped formats of exports and reports to the policies.
  func addFormats() throws {
    for name in ["exports", "reports"] {
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: "policies/\(name)"), to: policies.appending(path: name))
    }
    keeper.look()
    keeper.look()
  }
}
#endif
