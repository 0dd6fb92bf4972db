#if Server
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing
import TutoringServer
import TutoringSessions
import TutoringStore

/// Who may see and do what, by every route and parameter.
@Suite struct RightsTests {
  @Test func `the session of another tutor is as good as none, whatever is asked of it`()
    async throws
  {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    let posts = [
      ("actions", #"{"action": "delete", "version": \#(session.version), "request": "request-9"}"#),
      ("actions/preview", #"{"action": "delete"}"#),
      ("ways-out", #"{"wayOut": "x", "version": 1, "request": "request-9"}"#),
    ]
    try await district.withAsker { asker in
      let ben = try await asker.program(as: "ben")
      for id in [session.id, "S-404"] {
        for path in ["", "/why", "/events", "/tags"] {
          let response = try await ben.get("/api/v1/sessions/\(id)\(path)")
          #expect(response.status == .notFound)
          #expect(!response.text.contains("Ana"))
          #expect(!response.text.contains("DeShawn"))
        }
        for (path, body) in posts {
          let response = try await ben.post("/api/v1/sessions/\(id)/\(path)", json: body)
          #expect(response.status == .notFound)
          #expect(!response.text.contains("DeShawn"))
        }
      }
      let dashboard = try await ben.get("/api/v1/dashboard?tutor=T-1")
      #expect(!dashboard.text.contains(session.id))
      let after = try await ben.get("/api/v1/dashboard?after=\(session.id)")
      #expect(!after.text.contains(session.id))
      #expect(try await ben.get("/api/v1/audit?subject=\(session.id)").status == .forbidden)
      #expect(try await ben.get("/api/v1/groups/G-1/members").status == .notFound)
      #expect(try await !ben.get("/api/v1/work-orders").text.contains("WO-1"))
    }
    #expect(try await district.store.session(session.id)?.stage == .finished)
  }

  @Test func `somebody else's group, work order and name can't be used`() async throws {
    let district = try await TestDistrict()
    for input in [
      StartInput(group: "G-1"), StartInput(workOrder: "WO-1"), StartInput(school: "nowhere"),
      StartInput(tutor: "T-1"), StartInput(group: "G-404"),
    ] {
      await #expect(throws: ServiceError.self) {
        try await district.service.start(input, request: "request-1", by: district.ben)
      }
    }
    let session = try await district.finishedSession(by: district.ben)
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .assignWorkOrder(.init(workOrder: "WO-1", assignedOn: session.date)), on: session.id,
        expecting: session.version, request: "request-2", by: district.ben)
    }
  }

  @Test func `records that are not the tutor's to write can't be entered as facts`() async throws {
    let district = try await TestDistrict()
    let session = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    for facts: [String: FactValue] in [
      ["student": .object(["grades": .list([])])], ["arrived": .text("2026-11-23T15:00:00-06:00")],
      ["noSuchFact": .bool(true)], ["qualifiers": .object(["noSuchQualifier": .bool(true)])],
      ["qualifiers": .bool(true)],
    ] {
      await #expect(throws: ServiceError.self) {
        try await district.service.perform(
          .timeIn(student: "S-1", at: session.start, facts: facts), on: session.id,
          expecting: session.version, request: UUID().uuidString, by: district.ana)
      }
    }
    var edit = SessionEdit(of: session)
    edit.facts["tutor"] = .object(["id": .text("T-2")])
    let change = SessionAction.edit(edit)
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        change, on: session.id, expecting: session.version, request: "request-9",
        by: district.ana)
    }
    // A value of another type would make a session that can't be decided.
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .timeIn(
          student: "S-1", at: session.start,
          facts: ["activelyTutored": .text("yes")]), on: session.id,
        expecting: session.version, request: "request-10", by: district.ana)
    }
    #expect(try await district.store.session(session.id) == session)
  }

  @Test func `an auditor reads all and changes nothing`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let details = try await district.service.session(session.id, for: district.ada)
    #expect(details.actions.isEmpty)
    #expect(details.waysOut.isEmpty)
    #expect(try await !district.service.audit(EventFilter(), for: district.ada).isEmpty)
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .delete, on: session.id, expecting: session.version, request: "request-9",
        by: district.ada)
    }
    await #expect(throws: ServiceError.self) {
      try await district.service.start(StartInput(), request: "request-9", by: district.ada)
    }
    #expect(try await district.store.session(session.id) == session)
  }

  @Test func `who keeps the policies sees no session`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    await #expect(throws: ServiceError.self) {
      try await district.service.session(session.id, for: district.paul)
    }
    let dashboard = try await district.service.dashboard(for: district.paul)
    #expect(dashboard.others.isEmpty && dashboard.needingAttention.isEmpty)
    await #expect(throws: ServiceError.self) {
      try await district.service.searchStudents("de", for: district.paul)
    }
  }

  @Test func `a search tells names and schools and nothing else`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let response = try await ana.get("/api/v1/students?q=mo")
      #expect(response.text.contains("Lena Moss"))
      #expect(!response.text.contains("algebra"))
      #expect(try await !ana.get("/api/v1/students?q=").text.contains("Lena"))
    }
  }

  @Test func `the office works on all sessions and starts them for tutors`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let after = try await district.service.perform(
      .assignWorkOrder(.init(workOrder: "WO-1", assignedOn: session.date)), on: session.id,
      expecting: session.version, request: "request-9", by: district.olga)
    #expect(after.workOrder?.workOrder == "WO-1")
    let started = try await district.service.start(
      StartInput(tutor: "T-2"), request: "request-10", by: district.olga)
    #expect(started.tutor == "T-2")
    let events = try await district.service.events(session.id, for: district.ana)
    #expect(events.last?.person == "O-1")
  }

  @Test func `a role that was taken away no longer counts`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    try await district.withAsker { asker in
      let olga = try await asker.program(as: "olga")
      #expect(try await olga.get("/api/v1/sessions/\(session.id)").status == .ok)
      var person = try #require(try await district.store.person("O-1"))
      person.roles = [.tutor]
      try await district.save(person)
      #expect(try await olga.get("/api/v1/sessions/\(session.id)").status == .notFound)
      person = try #require(try await district.store.person("O-1"))
      person.isActive = false
      try await district.save(person)
      #expect(try await olga.get("/api/v1/me").status == .unauthorized)
    }
  }
}
#endif
