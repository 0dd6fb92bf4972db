#if Store
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@Suite struct ActionTests {
  @Test func `a session is kept as it was entered, and gets a short id`() async throws {
    let district = try await SmallDistrict()
    var draft = SessionDraft(
      tutor: "T-1", date: SmallDistrict.day, school: "truman-high", description: "Fractions",
      group: "G-1", start: afternoon(0),
      workOrder: .init(workOrder: "WO-1", assignedOn: SmallDistrict.day),
      facts: ["room": .text("12")])
    let first = try await district.store.start(
      draft, request: "r1", by: "T-1", at: afternoon(0))
    #expect(first.session == draft.record(id: "S-1"))
    #expect(try await district.store.session("S-1") == first.session)
    draft.start = afternoon(1)
    let second = try await district.store.start(
      draft, request: "r2", by: "T-1", at: afternoon(1))
    #expect(second.session.id == "S-2")
  }

  @Test func `actions are kept, each with an event that tells what it changed`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let facts: [String: FactValue] = ["qualifiers": .object(["remedial": .bool(true)])]
    let after = try await district.perform(
      .timeIn(student: "ST-1", at: afternoon(0, 5), facts: facts),
      .timeOut(encounter: 1, at: afternoon(0, 20)), .end(at: afternoon(1)),
      .tag(.init("cl-goal-1")), .tag(.init("own", isOwn: true)), .untag("cl-goal-1"),
      on: session)
    #expect(try await district.store.session(session.id) == after)
    #expect(after.version == 7)
    let events = try await district.store.events(of: .session, session.id)
    #expect(
      events.map(\.action) == ["start", "time-in", "time-out", "end", "tag", "tag", "untag"])
    #expect(events.map(\.version) == Array(1...7))
    #expect(
      events[2].changes == [
        FieldChange(
          path: ["encounters", "1", "departed"], before: nil,
          after: .text("2026-10-14T12:20:00-05:00"))
      ])
    #expect(
      events[1].changes.map { $0.path.joined(separator: ".") } == [
        "encounters.1.arrived", "encounters.1.facts.qualifiers.remedial", "encounters.1.student",
      ])
  }

  @Test func `the same request does a thing once, and gives the same outcome`() async throws {
    let district = try await SmallDistrict()
    let draft = SessionDraft(tutor: "T-1", date: SmallDistrict.day, start: afternoon(0))
    let first = try await district.store.start(draft, request: "r1", by: "T-1", at: afternoon(0))
    let again = try await district.store.start(draft, request: "r1", by: "T-1", at: afternoon(0))
    #expect(again.session == first.session && again.event == first.event && again.isRepeated)
    for _ in 0..<2 {
      let done = try await district.store.perform(
        .timeIn(student: "ST-1", at: afternoon(0, 5), facts: [:]), on: "S-1", expecting: 1,
        request: "r2", by: "T-1", at: afternoon(0, 5))
      #expect(done.session.encounters.count == 1)
    }
    #expect(try await district.store.events(of: .session, "S-1").count == 2)
    await #expect(throws: StoreError.requestReused) {
      try await district.store.perform(
        .end(at: afternoon(1)), on: "S-1", expecting: nil, request: "r2", by: "T-1",
        at: afternoon(1))
    }
    await #expect(throws: StoreError.requestReused) {
      try await district.store.start(draft, request: "r1", by: "T-2", at: afternoon(0))
    }
  }

  @Test func `a change for an older version is refused, and says what the session is`() async throws
  {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let current = try await district.perform(
      .timeIn(student: "ST-1", at: afternoon(0, 5), facts: [:]), on: session)
    await #expect(throws: StaleChange(current: current)) {
      try await district.store.perform(
        .end(at: afternoon(1)), on: session.id, expecting: session.version, request: "r",
        by: "T-1", at: afternoon(1))
    }
    #expect(try await district.store.session(session.id) == current)
  }

  @Test func `what changes nothing has no event and leaves the version`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let done = try await district.store.perform(
      .untag("none"), on: session.id, expecting: 1, request: "r", by: "T-1", at: afternoon(1))
    #expect(done.session == session && done.event == nil)
    #expect(try await district.store.events(of: .session, session.id).count == 1)
  }

  @Test func `several actions are done all or none`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    await #expect(throws: LifeRefusal.ended) {
      try await district.perform(
        .end(at: afternoon(1)), .tag(.init("a")), .end(at: afternoon(1)), on: session)
    }
    #expect(try await district.store.session(session.id) == session)
    #expect(try await district.store.events(of: .session, session.id).count == 1)
  }

  @Test func `whoever decides sees the session as it would be, and can refuse it`() async throws {
    struct Refused: Error {}
    let district = try await SmallDistrict()
    let session = try await district.start(
      workOrder: .init(workOrder: "WO-1", assignedOn: SmallDistrict.day))
    await #expect(throws: Refused.self) {
      try await district.store.perform(
        .timeIn(student: "ST-2", at: afternoon(0, 5), facts: [:]), on: session.id, expecting: 1,
        request: "r", by: "T-1", at: afternoon(0, 5)
      ) { proposal in
        #expect(proposal.action == "time-in")
        #expect(proposal.before == session)
        #expect(proposal.session.encounters.map(\.student) == ["ST-2"])
        #expect(proposal.surroundings.students["ST-2"]?.name == "Łukasz O'Brien")
        #expect(proposal.surroundings.workOrders["WO-1"]?.kind == "tutoring")
        #expect(
          proposal.surroundings.people["T-1"]?.approvedSchools == ["van-horn-high", "truman-high"])
        throw Refused()
      }
    }
    #expect(try await district.store.session(session.id) == session)
    // A refused request was not done, and may be sent again.
    let done = try await district.store.perform(
      .timeIn(student: "ST-2", at: afternoon(0, 5), facts: [:]), on: session.id, expecting: 1,
      request: "r", by: "T-1", at: afternoon(0, 5))
    #expect(!done.isRepeated)
  }

  @Test func `of two starts at once the second sees the first`() async throws {
    struct Running: Error {}
    let district = try await SmallDistrict()
    let store = district.store
    let started = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        group.addTask {
          let draft = SessionDraft(tutor: "T-1", date: SmallDistrict.day, start: afternoon(0))
          let done = try? await store.start(
            draft, request: "r\(number)", by: "T-1", at: afternoon(0)
          ) { proposal in
            if proposal.surroundings.otherRunningSession(than: proposal.session) != nil {
              throw Running()
            }
          }
          return done != nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(started == 1)
    #expect(try await store.sessions(SessionFilter(), limit: 9).sessions.count == 1)
  }

  @Test func `a deleted session is restored as it was`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let before = try await district.perform(
      .timeIn(student: "ST-1", at: afternoon(0, 5), facts: [:]), on: session)
    try await district.perform(.delete, on: session)
    #expect(try await district.store.session(session.id)?.stage == .deleted)
    var restored = try await district.perform(.restore, on: session)
    restored.version = before.version
    #expect(restored == before)
  }

  @Test func `a session that is not there is missing`() async throws {
    let district = try await SmallDistrict()
    await #expect(throws: StoreError.missing(kind: .session, id: "S-9")) {
      try await district.store.perform(
        .delete, on: "S-9", expecting: 1, request: "r", by: "T-1", at: afternoon(0))
    }
    #expect(try await district.store.session("S-9") == nil)
  }
}
#endif
