import CEL
import Testing
import TutoringSessions

@Suite struct SessionLifeTests {
  private let running = SessionRecord.running

  @Test func `students come, leave and come back`() throws {
    let session = try running.after(
      .timeIn("ST-1", afternoon(0, 5)), .timeOut(encounter: 1, at: afternoon(0, 20)),
      .timeIn("ST-1", afternoon(0, 20)), .timeIn("ST-2", afternoon(0, 30)))
    #expect(session.encounters.map(\.id) == [1, 2, 3])
    #expect(session.encounters.map(\.student) == ["ST-1", "ST-1", "ST-2"])
    #expect(session.encounters.map(\.departed) == [afternoon(0, 20), nil, nil])
    #expect(session.version == 5)
  }

  @Test func `a student is not in a session twice at a time`() throws {
    let session = try running.after(.timeIn("ST-1", afternoon(0, 5)))
    #expect(throws: LifeRefusal.alreadyPresent(encounter: 1)) {
      try session.after(.timeIn("ST-1", afternoon(0, 10)))
    }
    let left = try session.after(
      .timeOut(encounter: 1, at: afternoon(0, 20)), .timeIn("ST-1", afternoon(0, 30)))
    #expect(throws: LifeRefusal.alreadyPresent(encounter: 2)) {
      try left.after(
        .editEncounter(
          1, EncounterEdit(arrived: afternoon(0, 5), departed: afternoon(0, 31), facts: [:])))
    }
    #expect(throws: LifeRefusal.alreadyPresent(encounter: 2)) {
      try left.after(
        .editEncounter(1, EncounterEdit(arrived: afternoon(0, 5), departed: nil, facts: [:])))
    }
  }

  @Test func `a departure is not before its arrival, and is given once`() throws {
    let session = try running.after(.timeIn("ST-1", afternoon(0, 5)))
    #expect(throws: LifeRefusal.departureBeforeArrival(encounter: 1)) {
      try session.after(.timeOut(encounter: 1, at: afternoon(0, 4)))
    }
    #expect(throws: LifeRefusal.departureBeforeArrival(encounter: 1)) {
      try session.after(
        .editEncounter(
          1, EncounterEdit(arrived: afternoon(1), departed: afternoon(0), facts: [:])))
    }
    let left = try session.after(.timeOut(encounter: 1, at: afternoon(0, 5)))
    #expect(throws: LifeRefusal.alreadyDeparted(encounter: 1)) {
      try left.after(.timeOut(encounter: 1, at: afternoon(0, 6)))
    }
    #expect(throws: LifeRefusal.noEncounter(2)) {
      try left.after(.timeOut(encounter: 2, at: afternoon(0, 6)))
    }
  }

  @Test func `the end times out everyone who is still there, removed or not`() throws {
    let session = try running.after(
      .timeIn("ST-1", afternoon(0, 5)), .timeOut(encounter: 1, at: afternoon(0, 20)),
      .timeIn("ST-2", afternoon(0, 10)), .timeIn("ST-3", afternoon(0, 50)), .removeEncounter(2),
      .removeEncounter(3), .timeIn("ST-4", afternoon(0, 30)), .end(at: afternoon(0, 45)))
    #expect(session.stage == .finished)
    #expect(session.end == afternoon(0, 45))
    // Encounter 3 was removed and would begin after the end: it is left without length.
    #expect(
      session.encounters.map(\.departed)
        == [afternoon(0, 20), afternoon(0, 45), afternoon(0, 50), afternoon(0, 45)])
    #expect(try session.after(.restoreEncounter(2)).encounters[1].departed == afternoon(0, 45))
  }

  @Test func `a session does not end before it starts, nor before someone who would leave came`()
    throws
  {
    let session = try running.after(
      .timeIn("ST-1", afternoon(0, 30)), .timeIn("ST-2", afternoon(0, 40)),
      .timeIn("ST-3", afternoon(0, 5)))
    #expect(throws: LifeRefusal.endBeforeStart) {
      try running.after(.end(at: OffsetDateTime(afternoon(0).timestamp, minutesEarlier: 1)))
    }
    #expect(throws: LifeRefusal.endBeforeArrival(encounters: [1, 2])) {
      try session.after(.end(at: afternoon(0, 20)))
    }
    #expect(throws: LifeRefusal.ended) {
      try running.after(.end(at: afternoon(1)), .end(at: afternoon(2)))
    }
  }

  @Test func `a student who is added after the end left with it`() throws {
    let ended = try running.after(.end(at: afternoon(1)))
    let session = try ended.after(.timeIn("ST-1", afternoon(0, 10)))
    #expect(session.encounters[0].departed == afternoon(1))
    #expect(throws: LifeRefusal.departureBeforeArrival(encounter: nil)) {
      try ended.after(.timeIn("ST-1", afternoon(1, 1)))
    }
  }

  @Test func `an encounter is removed and put back as it was`() throws {
    let session = try running.after(
      .timeIn(student: "ST-1", at: afternoon(0, 5), facts: ["subject": .text("algebra")]))
    let removed = try session.after(.removeEncounter(1))
    #expect(removed.presentEncounters.isEmpty)
    #expect(throws: LifeRefusal.encounterRemoved(1)) {
      try removed.after(.timeOut(encounter: 1, at: afternoon(0, 6)))
    }
    #expect(try removed.after(.restoreEncounter(1)).encounters == session.encounters)
    let again = try removed.after(.timeIn("ST-1", afternoon(0, 10)))
    #expect(throws: LifeRefusal.alreadyPresent(encounter: 2)) {
      try again.after(.restoreEncounter(1))
    }
  }

  @Test func `whoever stayed until the end stays until the end that is corrected`() throws {
    let session = try running.after(
      .timeIn("ST-1", afternoon(0, 5)), .timeIn("ST-2", afternoon(0, 5)),
      .timeOut(encounter: 1, at: afternoon(0, 20)), .end(at: afternoon(0, 45)))
    var edit = SessionEdit(of: session)
    edit.end = afternoon(1)
    #expect(
      try session.after(.edit(edit)).encounters.map(\.departed) == [afternoon(0, 20), afternoon(1)])
    edit.end = afternoon(0, 4)
    #expect(throws: LifeRefusal.endBeforeArrival(encounters: [2])) {
      try session.after(.edit(edit))
    }
  }

  @Test func `a session is edited, and neither ended nor reopened by that`() throws {
    var edit = SessionEdit(of: running)
    edit.description = "Fractions"
    edit.facts = ["room": .text("12")]
    let edited = try running.after(.edit(edit))
    #expect(edited.description == "Fractions")
    #expect(edited.facts == ["room": .text("12")])
    edit.end = afternoon(1)
    #expect(throws: LifeRefusal.stillRunning) { try edited.after(.edit(edit)) }
    edit.end = nil
    let ended = try edited.after(.end(at: afternoon(1)))
    #expect(throws: LifeRefusal.endMissing) { try ended.after(.edit(edit)) }
    edit.end = afternoon(1)
    edit.start = afternoon(2)
    #expect(throws: LifeRefusal.endBeforeStart) { try ended.after(.edit(edit)) }
  }

  @Test func `a session that is reopened has those back whom its end timed out`() throws {
    let ended = try running.after(
      .timeIn("ST-1", afternoon(0, 5)), .timeIn("ST-2", afternoon(0, 5)),
      .timeOut(encounter: 1, at: afternoon(0, 30)), .end(at: afternoon(1)))
    let reopened = try ended.after(.reopen)
    #expect(reopened.stage == .active)
    #expect(reopened.encounters.map(\.departed) == [afternoon(0, 30), nil])
    #expect(try reopened.after(.reopen) == reopened)
    #expect(throws: LifeRefusal.exported) { try ended.after(.export).after(.reopen) }
    #expect(throws: LifeRefusal.deleted) { try ended.after(.delete).after(.reopen) }
  }

  @Test func `a work order counts from the day on which it was first assigned`() throws {
    let day = CivilDate(daysSinceEpoch: 20_741)
    let later = CivilDate(daysSinceEpoch: 20_750)
    let first = SessionRecord.Assignment(workOrder: "WO-1", assignedOn: day)
    let session = try running.after(.assignWorkOrder(first))
    let again = try session.after(.assignWorkOrder(.init(workOrder: "WO-1", assignedOn: later)))
    #expect(again == session)
    let other = SessionRecord.Assignment(workOrder: "WO-2", assignedOn: later)
    #expect(try session.after(.assignWorkOrder(other)).workOrder == other)
  }

  @Test func `a tag is there once`() throws {
    let session = try running.after(.tag(.init("a")), .tag(.init("b", isOwn: true)))
    #expect(session.tags == [.init("a"), .init("b", isOwn: true)])
    #expect(try session.after(.tag(.init("a", isOwn: true))) == session)
    #expect(try session.after(.untag("a")).tags == [.init("b", isOwn: true)])
    #expect(try session.after(.untag("c")) == session)
  }

  @Test func `a deleted session is put back as it was, and nothing else is done to it`() throws {
    let session = try running.after(.timeIn("ST-1", afternoon(0, 5)))
    let deleted = try session.after(.delete)
    #expect(deleted.stage == .deleted)
    #expect(throws: LifeRefusal.deleted) { try deleted.after(.end(at: afternoon(1))) }
    #expect(try deleted.after(.delete) == deleted)
    var restored = try deleted.after(.restore)
    #expect(restored.version == session.version + 2)
    restored.version = session.version
    #expect(restored == session)
    #expect(try session.after(.restore) == session)
  }

  @Test func `what was exported is not changed`() throws {
    #expect(throws: LifeRefusal.stillRunning) { try running.after(.export) }
    let exported = try running.after(.end(at: afternoon(1)), .export)
    #expect(exported.stage == .exported)
    let actions: [SessionAction] = [
      .export, .delete, .tag(.init("a")), .edit(SessionEdit(of: exported)),
      .timeIn("ST-1", afternoon(0, 5)),
    ]
    for action in actions {
      #expect(throws: LifeRefusal.exported) { try exported.after(action) }
    }
  }

  @Test func `an exported session is corrected, for a reason, and is exported once more`() throws {
    let exported = try running.after(
      .timeIn("ST-1", afternoon(0, 5)), .end(at: afternoon(1)), .export)
    let edit = EncounterEdit(arrived: afternoon(0, 10), departed: afternoon(1), facts: [:])
    let corrected = try exported.after(
      .correct(reason: "came later", [.editEncounter(1, edit), .tag(.init("a"))]))
    #expect(corrected.stage == .exported && corrected.exports == 2)
    #expect(corrected.version == exported.version + 1)
    #expect(corrected.encounters[0].arrived == afternoon(0, 10))
    #expect(try exported.after(.correct(reason: "none", [.untag("a")])) == exported)
    #expect(throws: LifeRefusal.reasonMissing) {
      try exported.after(.correct(reason: " ", [.tag(.init("a"))]))
    }
    #expect(throws: LifeRefusal.notExported) {
      try running.after(.correct(reason: "r", [.tag(.init("a"))]))
    }
    for action in [SessionAction.delete, .export, .restore, .reopen, .correct(reason: "r", [])] {
      #expect(throws: LifeRefusal.noCorrection(action.name)) {
        try exported.after(.correct(reason: "r", [action]))
      }
    }
    #expect(throws: LifeRefusal.noEncounter(2)) {
      try exported.after(.correct(reason: "r", [.tag(.init("a")), .removeEncounter(2)]))
    }
  }

  @Test func `instants are compared, not the texts of times`() throws {
    let session = try running.after(.timeIn("ST-1", afternoon(0, 30)))
    // The same moment and a minute before it, as written in UTC.
    let same = OffsetDateTime(timestamp: afternoon(0, 30).timestamp)
    #expect(try session.after(.timeOut(encounter: 1, at: same)).encounters[0].departed == same)
    let before = OffsetDateTime(timestamp: afternoon(0, 29).timestamp)
    #expect(throws: LifeRefusal.departureBeforeArrival(encounter: 1)) {
      try session.after(.timeOut(encounter: 1, at: before))
    }
  }
}

extension OffsetDateTime {
  fileprivate init(_ timestamp: CELTimestamp, minutesEarlier minutes: Int64) {
    self.init(timestamp: CELTimestamp(seconds: timestamp.seconds - minutes * 60))
  }
}
