import CEL
import TestSupport
import Testing
import TutoringSessions

/// Random sequences of actions, next to a model that knows little: who is there, and which stage it is.
@Suite struct RandomLifeTests {
  @Test(arguments: 0..<200)
  func `whatever is done in whatever order leaves a session that can be`(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    var record = SessionRecord.running
    var model = Model()
    for step in 0..<60 {
      let action = Self.action(&random, record)
      guard let after = try? SessionLife.applying(action, to: record) else {
        continue
      }
      model.note(action, after)
      let context = "step \(step), \(action)"
      #expect(after.version == record.version + (after == record ? 0 : 1), "\(context)")
      #expect(after.stage == model.stage, "\(context)")
      #expect(
        after.id == record.id && after.start.timestamp <= (after.end ?? after.start).timestamp)
      for encounter in after.encounters {
        let departed = encounter.departed ?? encounter.arrived
        #expect(encounter.arrived.timestamp <= departed.timestamp, "\(context)")
      }
      let open = after.presentEncounters.filter { $0.departed == nil }.map(\.student)
      #expect(Set(open).count == open.count, "\(context)")
      // Encounters are never lost, and keep their ids and students.
      #expect(after.encounters.count >= record.encounters.count, "\(context)")
      for (before, encounter) in zip(record.encounters, after.encounters) {
        #expect(before.id == encounter.id && before.student == encounter.student, "\(context)")
      }
      try Self.checkUndo(of: action, before: record, after: after)
      try Self.checkChanges(before: record, after: after)
      record = after
    }
  }

  /// What can be undone is undone to what was there, and doing it again changes nothing.
  private static func checkUndo(
    of action: SessionAction, before: SessionRecord, after: SessionRecord
  ) throws {
    let undo: SessionAction
    switch action {
    case .delete: undo = .restore
    case .restore: undo = .delete
    case .removeEncounter(let id): undo = .restoreEncounter(id)
    case .restoreEncounter(let id): undo = .removeEncounter(id)
    case .tag(let tag): undo = .untag(tag.value)
    case .end(let time): return try checkReopening(of: after, endedAt: time)
    default: return
    }
    guard after != before else { return }
    var undone = try SessionLife.applying(undo, to: after)
    #expect(undone.version == before.version + 2)
    undone.version = before.version
    #expect(undone == before)
    #expect(try SessionLife.applying(action, to: after) == after)
  }

  /// A session that is reopened runs, and ended at the same time again it is what it was.
  private static func checkReopening(
    of ended: SessionRecord, endedAt time: OffsetDateTime
  ) throws {
    // Somebody who left and came back at that very time would be there twice.
    guard let running = try? SessionLife.applying(.reopen, to: ended) else { return }
    #expect(running.stage == .active)
    var again = try SessionLife.applying(.end(at: time), to: running)
    again.version = ended.version
    #expect(again == ended)
  }

  /// The changes that an event would tell lead from one record to the other.
  private static func checkChanges(before: SessionRecord, after: SessionRecord) throws {
    var fields = before.fields
    fields.apply(after.changes(since: before))
    #expect(fields == after.fields)
  }

  private static func action(
    _ random: inout SeededNumbers, _ record: SessionRecord
  ) -> SessionAction {
    let time = afternoon(0, random.below(90))
    let id = 1 + random.below(5)
    switch random.below(25) {
    case 0..<8: return .timeIn("ST-\(random.below(3))", time)
    case 8..<11: return .timeOut(encounter: id, at: time)
    case 11, 12:
      let departed = random.below(3) == 0 ? nil : afternoon(0, random.below(90))
      return .editEncounter(
        id, EncounterEdit(arrived: time, departed: departed, facts: ["n": .int(Int64(id))]))
    case 13, 14: return .removeEncounter(id)
    case 15, 16: return .restoreEncounter(id)
    case 17: return .end(at: time)
    case 18:
      var edit = SessionEdit(of: record)
      if record.end != nil { edit.end = time }
      edit.description = random.below(2) == 0 ? nil : "Fractions"
      return .edit(edit)
    case 19:
      return .assignWorkOrder(
        .init(workOrder: "WO-\(random.below(2))", assignedOn: record.date))
    case 20: return .tag(.init("tag-\(random.below(3))"))
    case 21: return .untag("tag-\(random.below(3))")
    case 22: return random.below(8) == 0 ? .export : .delete
    case 23 where record.exports > 0:
      return .correct(reason: "r", [.removeEncounter(id), .tag(.init("tag-\(random.below(3))"))])
    case 24: return .reopen
    default: return .restore
    }
  }

  /// What stage a session must be in, from the actions that were done.
  private struct Model {
    private var isEnded = false
    private var isExported = false
    private var isDeleted = false

    var stage: SessionRecord.Stage {
      isDeleted ? .deleted : isExported ? .exported : isEnded ? .finished : .active
    }

    mutating func note(_ action: SessionAction, _ after: SessionRecord) {
      switch action {
      case .end: isEnded = true
      case .reopen: isEnded = false
      case .export: isExported = true
      case .delete: isDeleted = true
      case .restore: isDeleted = false
      default: break
      }
    }
  }
}
