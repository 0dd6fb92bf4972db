#if Server
import TutoringStore
import PolicyEngine
import CEL
import Foundation
import Testing
import TutoringServer
import TutoringSessions

/// What is kept of a verdict is shown for as long as nothing has changed, and not a moment longer.
@Suite struct VerdictFreshnessTests {
  private func outcome(
    _ decision: String, _ id: String, _ district: TestDistrict
  ) async throws -> String {
    let details = try await district.service.session(id, for: district.ana)
    let decided = try #require(details.summary.decisions.first { $0.name == decision })
    return decided.outcome.rawValue
  }

  @Test func `a change of the session is seen at once`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    #expect(try await outcome("payment", session.id, district) == "fail")
    _ = try await district.service.perform(
      .assignWorkOrder(.init(workOrder: "WO-1", assignedOn: session.date)), on: session.id,
      expecting: session.version, request: "request-9", by: district.ana)
    #expect(try await outcome("payment", session.id, district) == "pass")
  }

  @Test func `a change of a student's record is seen at once`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    var facts = try #require(session.encounters.first?.facts)
    facts[path: ["qualifiers", "remedial"]] = .bool(true)
    facts["remedialCriteria"] = .list([.text("reading-improvement-plan")])
    facts["subject"] = .text("reading")
    _ = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(
          arrived: session.encounters[0].arrived, departed: session.encounters[0].departed,
          facts: facts)), on: session.id, expecting: session.version, request: "request-9",
      by: district.ana)
    #expect(try await outcome("qualifiers", session.id, district) == "fail")
    var student = try #require(try await district.store.student("S-1"))
    student.facts["readingImprovementPlan"] = .bool(true)
    try await district.save(student)
    #expect(try await outcome("qualifiers", session.id, district) == "pass")
  }

  @Test func `a change of the tutor's approvals is seen at once`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    #expect(try await outcome("start", session.id, district) == "pass")
    var person = try #require(try await district.store.person("T-1"))
    person.approvedSchools = ["truman", "bridger"]
    try await district.save(person)
    #expect(try await outcome("start", session.id, district) == "fail")
  }

  @Test func `a new day is seen at once`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let before = try await district.service.session(session.id, for: district.ana)
    #expect(before.summary.deadline != nil)
    district.hands.advance(bySeconds: 8 * 86_400)
    let after = try await district.service.session(session.id, for: district.ana)
    #expect(after.summary.deadline == nil)
    #expect(!after.summary.needsAttention)
  }

  @Test func `a change of the policies is seen at once`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    _ = try await district.service.session(session.id, for: district.ana)
    try district.rewritePolicies("work-orders.yaml") {
      $0.replacing("2015-07-01: 7", with: "2015-07-01: 3")
    }
    let after = try await district.service.session(session.id, for: district.ana)
    #expect(after.summary.deadline?.day == CivilDate("2026-11-26"))
  }

  @Test func `nothing is decided again while nothing has changed`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    _ = try await district.service.dashboard(for: district.ana)
    let lines = try String(contentsOf: district.decisionLog, encoding: .utf8)
    for _ in 0..<5 {
      _ = try await district.service.dashboard(for: district.ana)
      _ = try await district.service.session(session.id, for: district.ana)
    }
    #expect(try String(contentsOf: district.decisionLog, encoding: .utf8) == lines)
  }
}
#endif
