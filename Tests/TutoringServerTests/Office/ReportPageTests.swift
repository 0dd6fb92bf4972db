#if Server
import CEL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PolicyExports
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

struct ReportPageTests {
  private static func make() async throws -> (district: TestDistrict, ids: [String]) {
    let district = try await TestDistrict()
    try district.addFormats()
    var ids: [String] = []
    for _ in 0..<2 { ids.append(try await district.finishedSession(workOrder: "WO-1").id) }
    // Claims what the record does not support: it must not be reported.
    let wrong = try #require(try await district.store.session(ids[1]))
    let encounter = wrong.encounters[0]
    _ = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(
          arrived: encounter.arrived, departed: encounter.departed,
          facts: encounter.facts.merging([
            "qualifiers": .object([
              "remedial": .bool(true), "homebound": .bool(false), "detention": .bool(false),
              "creditRecovery": .bool(false),
            ]), "remedialCriteria": .list([.text("grade-d-or-f")]), "subject": .text("algebra"),
          ]) { $1 })), on: wrong.id, expecting: wrong.version, request: UUID().uuidString,
      by: district.ana)
    return (district, ids)
  }

  @Test func `what counts, what does not and why, are told apart`() async throws {
    let (district, ids) = try await Self.make()
    let found = try await district.service.report(ReportQuestion(), for: district.ada)
    #expect(found.year == 2027)
    #expect(found.counted.map(\.session) == [ids[0]])
    #expect(found.report.minutes == 60)
    #expect(found.refusedSessions == 1)
    #expect(found.refused.allSatisfy { $0.sessions == [ids[1]] })
    #expect(found.undeterminedSessions == 0)
    let month = try #require(found.months.first)
    #expect(
      found.sessions(behind: ReportNumber(grouping: 1, group: "Truman High", month: month))
        .map(\.minutes) == [60]
        || found.sessions(behind: ReportNumber(grouping: 1, group: "truman", month: month))
          .map(\.minutes) == [60]
    )
  }

  @Test func `a record that changes is in the next report`() async throws {
    let (district, ids) = try await Self.make()
    _ = try await district.service.report(ReportQuestion(), for: district.olga)
    var student = try #require(try await district.store.student("S-1"))
    student.facts["grades"] = .list([
      .object(["subject": .text("algebra"), "grade": .text("F")])
    ])
    try await district.save(student)
    let found = try await district.service.report(ReportQuestion(), for: district.olga)
    #expect(found.counted.map(\.session) == ids)
    #expect(found.report.groups[0]["Remedial"]?.values.reduce(0, +) == 60)
  }

  @Test func `a qualifier that is added to the vocabulary is in the report`() async throws {
    let (district, ids) = try await Self.make()
    try district.rewritePolicies("vocabulary.yaml") {
      $0.replacing(
        "    label: qualifiers of an encounter\n    facts:\n",
        with: """
              label: qualifiers of an encounter
              facts:
                englishLearner: {type: bool?, label: English Learner, changedBy: tutor}

          """)
    }
    #expect(district.keeper.notTaken == nil)
    let session = try #require(try await district.store.session(ids[0]))
    let encounter = session.encounters[0]
    var facts = encounter.facts
    facts[path: ["qualifiers", "englishLearner"]] = .bool(true)
    _ = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(arrived: encounter.arrived, departed: encounter.departed, facts: facts)),
      on: session.id, expecting: session.version, request: UUID().uuidString, by: district.ana)
    let found = try await district.service.report(ReportQuestion(), for: district.olga)
    #expect(found.report.groups[0]["English Learner"]?.values.reduce(0, +) == 60)
  }

  @Test func `a program reads the report by the interface`() async throws {
    let (district, ids) = try await Self.make()
    try await district.withAsker { asker in
      let auditor = try await asker.program(as: "ada")
      let answer = try await auditor.get("/api/v1/report?year=2027")
      let report = try answer.json
      let (sessions, minutes) = (report["sessions"], report["minutes"])
      let november = report["months"]["2026-11"]
      #expect(sessions == .number(1))
      #expect(minutes == .number(60))
      #expect(november == .number(60))
      #expect(answer.text.contains("CurrentSchoolYear,"))
      #expect(answer.text.contains(ids[1]))
      #expect(try await auditor.get("/api/v1/report?year=x").status == .unprocessableContent)
      let tutor = try await asker.program(as: "ana")
      #expect(try await tutor.get("/api/v1/report").status == .forbidden)
    }
  }

  @Test func `every number opens its sessions, and the file is downloaded`() async throws {
    let (district, ids) = try await Self.make()
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let auditor = try await asker.signedIn(as: "ada")
      let page = try await PageReading.open("/office/report", auditor)
      #expect(page.main.contains("1 h 0 min"))
      #expect(page.main.contains("<svg"))
      let behind = try await PageReading.open(
        "/office/report/sessions?report=tutoring&year=2027&by=0&month=2026-11", auditor)
      #expect(behind.main.contains("Explanation of \(ids[0])"))
      let file = try await auditor.get("/office/report/file?year=2027")
      #expect(file.text.hasPrefix("CurrentSchoolYear,"))
      #expect(try await auditor.get("/office/report?year=x").status == .unprocessableContent)
      #expect(
        try await auditor.get("/office/report/sessions?by=0&month=2026-13").status == .notFound)
      let tutor = try await asker.signedIn(as: "ana")
      #expect(try await tutor.get("/office/report").status == .forbidden)
    }
  }
}
#endif
