#if Server
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PolicyEngine
import SchoolData
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

struct RosterImportTests {
  private static let students = Source(
    name: "students.csv", text: "id,firstName,lastName,school\nN-1,New,Pupil,truman\n")
  private static let grades = Source(
    name: "grades.csv", text: "student,subject,grade\nS-1,algebra,D\nS-2,algebra,Q\n")

  /// students.csv with N-1 and N-2 in a folder in a zip, as Base64.
  static let zip = """
    UEsDBBQAAAAIAAAAfl33CWOoMgAAAEcAAAATAAAAZXhwb3J0L3N0dWRlbnRzLmNzdstM0UnLLCou8UvMTdXJ\
    SYQyipMz8vNzuPx0DXX8Ust1AkoLMnN0SopKcxPzgIJGmIIAUEsBAhQDFAAAAAgAAAB+XfcJY6gyAAAARwAA\
    ABMAAAAAAAAAAAAAAIABAAAAAGV4cG9ydC9zdHVkZW50cy5jc3ZQSwUGAAAAAAEAAQBBAAAAYwAAAAAA
    """

  private static func take(
    _ district: TestDistrict, _ files: [Source], request: String = UUID().uuidString,
    isStrict: Bool = false
  ) async throws -> (plan: RosterPlan, record: ImportRecord?) {
    try await district.service.importRosters(
      files, request: request, isStrict: isStrict, by: district.olga)
  }

  @Test func `right rows go in with their events, and wrong ones are told`() async throws {
    let district = try await TestDistrict()
    let (plan, record) = try await Self.take(district, [Self.students, Self.grades])
    #expect(plan.diagnostics.map(\.message) == ["'Q' is not a LetterGrade"])
    #expect(record?.summary == ["added": 1, "changed": 1, "gone": 0, "kept": 0, "mistakes": 1])
    #expect(try await district.store.student("N-1")?.name == "New Pupil")
    let events = try await district.store.events(of: .student, "S-1")
    #expect(events.last?.action == "import-student")
    #expect(events.last?.person == "O-1")
    #expect(try await district.store.check() == [])
    let again = try await Self.take(district, [Self.students, Self.grades])
    #expect(again.record == nil)
    #expect(again.plan.isEmpty)
  }

  @Test func `strictly, nothing goes in where something is wrong`() async throws {
    let district = try await TestDistrict()
    let (_, record) = try await Self.take(district, [Self.students, Self.grades], isStrict: true)
    #expect(record == nil)
    #expect(try await district.store.student("N-1") == nil)
  }

  @Test func `what was changed by hand since stays, and a form sent twice does nothing`()
    async throws
  {
    let district = try await TestDistrict()
    let first = try await Self.take(district, [Self.students], request: "request-1")
    let twice = try await Self.take(district, [Self.students], request: "request-1")
    #expect(twice.record == nil || twice.record == first.record)
    var student = try #require(try await district.store.student("N-1"))
    student.firstName = "Newt"
    try await district.save(student)
    let (plan, record) = try await Self.take(district, [Self.students])
    #expect(record == nil)
    #expect(plan.kept.map(\.key) == [RosterKey(.student, "N-1")])
    #expect(try await district.store.student("N-1")?.firstName == "Newt")
  }

  /// What a decision says of a session, with its warnings.
  private static func verdict(
    on session: String, by decision: String, in district: TestDistrict
  ) async throws -> Verdict {
    let found = try #require(try await district.store.sessionWithSurroundings(session))
    let policies = district.keeper.current.policies
    var mistakes: [Diagnostic] = []
    let document = try #require(
      SessionDocument(of: found.session, in: found.surroundings)
        .read(by: policies.vocabulary.schema, into: &mistakes), "\(mistakes.map(\.message))")
    return policies.decide(
      document, today: district.now.localDate,
      decisions: [try #require(policies.decisionIndex(named: decision))])
  }

  @Test func `hours of a school that were taken over decide what lies outside them`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    let before = try await Self.verdict(on: session.id, by: "state-report", in: district)
    #expect(before.warnings.isEmpty)
    // Nobody can be tutored within a minute at night.
    let hours = Source(name: "schools.csv", text: "id,dayStart,dayEnd\ntruman,3:00,3:01\n")
    let (plan, record) = try await Self.take(district, [hours])
    #expect(plan.diagnostics.isEmpty)
    #expect(record?.summary["changed"] == 1)
    let after = try await Self.verdict(on: session.id, by: "state-report", in: district)
    #expect(after.warnings.map(\.rule) == ["outside-school-day"])
    #expect(try await Self.take(district, [hours]).record == nil)
    #expect(try await district.store.check() == [])
  }

  @Test func `a homebound teacher that was taken over decides who may claim Homebound`()
    async throws
  {
    let district = try await TestDistrict()
    try await district.save(
      WorkOrderRecord(id: "WO-H", kind: "homebound", activity: "tutoring", tutor: "T-1"))
    let session = try await district.finishedSession(workOrder: "WO-H")
    let encounter = try #require(session.encounters.first)
    let edit = EncounterEdit(
      arrived: encounter.arrived, departed: encounter.departed,
      facts: encounter.facts.merging([
        "qualifiers": .object([
          "homebound": .bool(true), "detention": .bool(false), "creditRecovery": .bool(false),
          "remedial": .bool(false),
        ])
      ]) { $1 })
    _ = try await district.service.perform(
      .editEncounter(encounter.id, edit), on: session.id, expecting: session.version,
      request: UUID().uuidString, by: district.ana)
    let before = try await Self.verdict(on: session.id, by: "qualifiers", in: district)
    #expect(before.violated.map(\.rule) == ["homebound-by-assigned-teacher"])
    let table = Source(
      name: "homebound-teacher.csv", text: "student,homeboundTeacher\nS-1,T-1\n")
    #expect(try await Self.take(district, [table]).plan.diagnostics.isEmpty)
    let after = try await Self.verdict(on: session.id, by: "qualifiers", in: district)
    #expect(after.violated.isEmpty)
  }

  @Test func `only the office takes rosters over`() async throws {
    let district = try await TestDistrict()
    for actor in [district.ana, district.paul, district.ada] {
      await #expect(throws: ServiceError.self) {
        try await district.service.rosterPreview([Self.students], for: actor)
      }
    }
  }

  @Test func `on the page, a pasted table is shown first and taken over then`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let office = try await asker.signedIn(as: "olga")
      let page = try await PageReading.open("/office/rosters", office)
      let preview = try await page.send(
        "/office/rosters/preview", ["name": "students.csv", "text": Self.students.wholeText])
      #expect(preview.main.contains("1 added, 0 changed, 0 gone"))
      #expect(try await district.store.student("N-1") == nil)
      let done = try await preview.send(
        "/office/rosters", ["text": Self.students.wholeText])
      #expect(done.main.contains("Import 1 was taken over."))
      #expect(try await district.store.student("N-1") != nil)
      let tutor = try await asker.signedIn(as: "ana")
      #expect(try await tutor.get("/office/rosters").status == .forbidden)
    }
  }

  @Test func `the preview speaks in the vocabulary's words`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let office = try await asker.signedIn(as: "olga")
      let page = try await PageReading.open("/office/rosters", office)
      func preview(_ name: String, _ text: String) async throws -> String {
        try await page.send("/office/rosters/preview", ["name": name, "text": text]).main
      }
      let orders = try await preview(
        "work-orders.csv",
        "id,kind,activity,validFrom,fund\nWO-1,credit-recovery,tutoring,2026-08-01,F\n")
      for words in ["Kind", "Tutoring", "Credit Recovery", "Valid from", "Fund that pays"] {
        #expect(orders.contains(words), "\(words): \(orders)")
      }
      let assessments = try await preview(
        "stateAssessments.csv", "student,test,subject,level\nS-1,MAP,algebra,below-basic\n")
      #expect(assessments.contains("State assessments"))
      #expect(
        assessments.contains("test: MAP, subject: algebra, level: Below Basic"), "\(assessments)")
      let schools = try await preview("schools.csv", "id,dayStart\ntruman,7:20\n")
      #expect(schools.contains("Start of the school"))
      #expect(schools.contains("7 hours 20 minutes"))
    }
  }

  @Test func `on the page, a zip goes the same way`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let office = try await asker.signedIn(as: "olga")
      let page = try await PageReading.open("/office/rosters", office)
      let preview = try await page.send(
        "/office/rosters/preview", ["name": "rosters.zip", "text": Self.zip])
      #expect(preview.main.contains("2 added, 0 changed, 0 gone"))
      let done = try await preview.send("/office/rosters", ["text": Self.zip])
      #expect(done.main.contains("Import 1 was taken over."))
      #expect(try await district.store.student("N-2") != nil)
      let wrong = try await page.send(
        "/office/rosters/preview", ["name": "rosters.zip", "text": "id,name"])
      #expect(wrong.main.contains("it is not a zip, or not a whole one"))
    }
  }

  @Test func `a program sees what an import would do, and imports`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let olga = try await asker.program(as: "olga")
      let files =
        #""files": [{"name": "rosters.zip", "base64": "\#(Self.zip)"}, {"name": "grades.csv", "text": "student,subject,grade\nS-1,algebra,Q\n"}]"#
      let preview = try await olga.post("/api/v1/rosters/preview", json: "{\(files)}").json
      let added = preview["added"].elements.map { $0["id"] }
      #expect(added == [.string("N-1"), .string("N-2")])
      #expect(preview["diagnostics"]["line"] == .number(2))
      let before = try await district.store.student("N-1")
      #expect(before == nil)
      let strict = try await olga.post(
        "/api/v1/rosters", json: #"{\#(files), "strict": true, "request": "request-1"}"#)
      #expect(strict.status == .ok)
      let nothing = try strict.json["import"]
      #expect(nothing == .null)
      let done = try await olga.post(
        "/api/v1/rosters", json: #"{\#(files), "request": "request-2"}"#)
      let summary = try done.json["import"]["summary"]
      #expect(summary["added"] == .number(2))
      let after = try await district.store.student("N-1")
      #expect(after != nil)
      let imports = try await olga.get("/api/v1/imports").json["imports"]
      #expect(imports["id"] == .number(1))
    }
  }

  @Test(arguments: ["ana", "paul", "ada"])
  func `no program of another role sees or imports rosters`(login: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let program = try await asker.program(as: login)
      let files = #""files": [{"name": "students.csv", "text": "id\nS-1\n"}]"#
      let preview = try await program.post("/api/v1/rosters/preview", json: "{\(files)}")
      #expect(preview.status == .forbidden)
      let taken = try await program.post(
        "/api/v1/rosters", json: #"{\#(files), "request": "request-1"}"#)
      #expect(taken.status == .forbidden)
      let imports = try await district.store.imports()
      #expect(imports == [])
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"files": []}"#, #"{"files": [{"name": "a.csv"}]}"#,
    #"{"files": [{"name": "a.csv", "text": "a", "base64": "YQ=="}]}"#,
    #"{"files": [{"name": "a.zip", "base64": "?"}]}"#, #"{"files": [{"text": "a"}]}"#,
    #"{"files": [{"name": "a.csv", "text": "a", "size": 1}]}"#,
  ])
  func `files that a program did not send rightly are refused by name`(body: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let olga = try await asker.program(as: "olga")
      let response = try await olga.post("/api/v1/rosters/preview", json: body)
      #expect(response.status == .unprocessableContent, "\(response.text)")
    }
  }
}

extension DecodedJSON {
  fileprivate var elements: [DecodedJSON] {
    if case .array(let elements) = self { elements } else { [] }
  }
}

extension Source {
  fileprivate var wholeText: String { String(decoding: bytes, as: UTF8.self) }
}
#endif
