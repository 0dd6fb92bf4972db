/// The life of a session: what each action makes of it.
///
///     active --end--> finished --export--> exported
///        ^--reopen------/ |                    --correct--> exported, once more
///        \--delete--> deleted <--delete--/
///
/// A deleted session is restored to where it was.
///
/// Pure: it reads no clock and no file, and knows no rule of the handbook. It refuses what no policy could
/// ever allow; an action that changes nothing gives the session as it is, with its version.
public enum SessionLife {
  /// The session after an action, one version on unless nothing changed.
  ///
  /// - Throws: `LifeRefusal` when the action can't be done to the session as it is.
  public static func applying(
    _ action: SessionAction, to record: SessionRecord
  ) throws(LifeRefusal) -> SessionRecord {
    var after = record
    try perform(action, on: &after)
    if after != record { after.version += 1 }
    return after
  }

  private static func perform(
    _ action: SessionAction, on record: inout SessionRecord
  ) throws(LifeRefusal) {
    switch action {
    case .restore:
      record.isDeleted = false
      return
    case .delete:
      guard record.exports == 0 else { throw .exported }
      record.isDeleted = true
      return
    case .correct(let reason, let actions):
      guard !record.isDeleted else { throw .deleted }
      try correct(&record, reason, actions)
      return
    default: break
    }
    guard !record.isDeleted else { throw .deleted }
    guard record.exports == 0 else { throw .exported }
    switch action {
    case .timeIn(let student, let time, let facts):
      try timeIn(student, at: time, facts: facts, in: &record)
    case .timeOut(let id, let time):
      try change(id, of: &record) { encounter throws(LifeRefusal) in
        guard encounter.departed == nil else { throw .alreadyDeparted(encounter: id) }
        encounter.departed = time
      }
    case .editEncounter(let id, let edit):
      try change(id, of: &record) { encounter throws(LifeRefusal) in
        encounter.arrived = edit.arrived
        encounter.departed = edit.departed
        encounter.facts = edit.facts
      }
      try checkPresence(of: id, in: record)
    case .removeEncounter(let id):
      record.encounters[try index(of: id, in: record)].isRemoved = true
    case .restoreEncounter(let id):
      record.encounters[try index(of: id, in: record)].isRemoved = false
      try checkPresence(of: id, in: record)
    case .end(let time): try end(at: time, &record)
    case .reopen: try reopen(&record)
    case .edit(let edit): try apply(edit, to: &record)
    case .assignWorkOrder(let assignment):
      // The day counts from when this work order was first assigned.
      if record.workOrder?.workOrder != assignment.workOrder { record.workOrder = assignment }
    case .tag(let tag):
      if !record.tags.contains(where: { $0.value == tag.value }) { record.tags.append(tag) }
    case .untag(let value): record.tags.removeAll { $0.value == value }
    case .export:
      guard record.end != nil else { throw .stillRunning }
      record.exports += 1
    case .delete, .restore, .correct: break
    }
  }

  private static func correct(
    _ record: inout SessionRecord, _ reason: String, _ actions: [SessionAction]
  ) throws(LifeRefusal) {
    guard record.exports > 0 else { throw .notExported }
    guard reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
    let exports = record.exports
    var corrected = record
    corrected.exports = 0
    for action in actions {
      switch action {
      case .delete, .restore, .reopen, .export, .correct: throw .noCorrection(action.name)
      default: try perform(action, on: &corrected)
      }
    }
    corrected.exports = exports
    // Without an action it is the records around the session that were changed.
    guard corrected != record || actions.isEmpty else { return }
    corrected.exports += 1
    record = corrected
  }

  private static func timeIn(
    _ student: String, at time: OffsetDateTime, facts: [String: FactValue],
    in record: inout SessionRecord
  ) throws(LifeRefusal) {
    let id = (record.encounters.last?.id ?? 0) + 1
    // A student may be added to a session that has ended, and has then left with it.
    if let end = record.end, end.timestamp < time.timestamp {
      throw .departureBeforeArrival(encounter: nil)
    }
    record.encounters.append(
      EncounterRecord(
        id: id, student: student, arrived: time, departed: record.end, facts: facts))
    try checkPresence(of: id, in: record)
  }

  private static func end(
    at time: OffsetDateTime, _ record: inout SessionRecord
  ) throws(LifeRefusal) {
    guard record.end == nil else { throw .ended }
    guard record.start.timestamp <= time.timestamp else { throw .endBeforeStart }
    try leave(at: time, &record) { $0.departed == nil }
    record.end = time
  }

  /// Takes an end back.
  ///
  /// Who departed at the very end was timed out by it, or would have been: ended at the same time again, the session is
  /// what it was.
  private static func reopen(_ record: inout SessionRecord) throws(LifeRefusal) {
    guard let end = record.end else { return }
    record.end = nil
    for index in record.encounters.indices
    where record.encounters[index].departed?.timestamp == end.timestamp {
      record.encounters[index].departed = nil
    }
    for encounter in record.presentEncounters where encounter.departed == nil {
      try checkPresence(of: encounter.id, in: record)
    }
  }

  private static func apply(
    _ edit: SessionEdit, to record: inout SessionRecord
  ) throws(LifeRefusal) {
    switch (record.end, edit.end) {
    // Ending is an action of its own, which times out everyone.
    case (nil, .some): throw .stillRunning
    case (.some, nil): throw .endMissing
    case (nil, nil): break
    case (let before?, let end?):
      guard edit.start.timestamp <= end.timestamp else { throw .endBeforeStart }
      // Who was timed out by the end, or left with it, stayed until the end, whenever that was.
      if before != end {
        try leave(at: end, &record) { $0.departed?.timestamp == before.timestamp }
      }
    }
    record.date = edit.date
    record.school = edit.school
    record.description = edit.description
    record.start = edit.start
    record.end = edit.end
    record.facts = edit.facts
  }

  /// Times out those encounters that have to be, at the end of the session.
  private static func leave(
    at end: OffsetDateTime, _ record: inout SessionRecord,
    _ leaves: (EncounterRecord) -> Bool
  ) throws(LifeRefusal) {
    let late = record.presentEncounters.filter {
      leaves($0) && $0.arrived.timestamp > end.timestamp
    }
    guard late.isEmpty else { throw .endBeforeArrival(encounters: late.map(\.id)) }
    for index in record.encounters.indices where leaves(record.encounters[index]) {
      let arrived = record.encounters[index].arrived
      // A removed encounter is timed out too: were it restored, nobody would be left in an ended session.
      record.encounters[index].departed = arrived.timestamp > end.timestamp ? arrived : end
    }
    for encounter in record.presentEncounters where encounter.departed == end {
      try checkPresence(of: encounter.id, in: record)
    }
  }

  private static func index(
    of id: Int, in record: SessionRecord
  ) throws(LifeRefusal) -> Int {
    guard let index = record.encounters.firstIndex(where: { $0.id == id }) else {
      throw .noEncounter(id)
    }
    return index
  }

  private static func change(
    _ id: Int, of record: inout SessionRecord,
    _ change: (inout EncounterRecord) throws(LifeRefusal) -> Void
  ) throws(LifeRefusal) {
    let index = try index(of: id, in: record)
    guard !record.encounters[index].isRemoved else { throw .encounterRemoved(id) }
    try change(&record.encounters[index])
    try checkTimes(of: record.encounters[index])
  }

  private static func checkTimes(of encounter: EncounterRecord) throws(LifeRefusal) {
    if let departed = encounter.departed, departed.timestamp < encounter.arrived.timestamp {
      throw .departureBeforeArrival(encounter: encounter.id)
    }
  }

  /// Nobody is in a session twice at a time: no two encounters of one student overlap.
  private static func checkPresence(
    of id: Int, in record: SessionRecord
  ) throws(LifeRefusal) {
    guard let encounter = record.presentEncounters.first(where: { $0.id == id }),
      let other = record.presentEncounters.first(where: {
        $0.id != id && $0.student == encounter.student && $0.overlaps(encounter)
      })
    else { return }
    throw .alreadyPresent(encounter: other.id)
  }
}

extension EncounterRecord {
  /// Whether the student of both would be there twice at some time; leaving and coming at one time is not.
  fileprivate func overlaps(_ other: EncounterRecord) -> Bool {
    arrivesBefore(other.departed) && other.arrivesBefore(departed)
  }

  private func arrivesBefore(_ departure: OffsetDateTime?) -> Bool {
    departure.map { arrived.timestamp < $0.timestamp } ?? true
  }
}
