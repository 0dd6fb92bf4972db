#if Server
import TutoringSessions

extension JSONInput {
  /// The action that is asked for, with what it needs.
  ///
  /// `record` is the session as it is: an edit keeps what it does not name.
  mutating func action(on record: SessionRecord, now: OffsetDateTime) -> SessionAction? {
    let name = requiredText("action")
    switch name {
    case "time-in":
      return .timeIn(
        student: requiredText("student"), at: time("at") ?? record.start,
        facts: object("facts") ?? [:])
    case "time-out":
      return .timeOut(encounter: requiredInt("encounter"), at: time("at") ?? now)
    case "edit-encounter":
      let id = requiredInt("encounter")
      guard let encounter = record.encounters.first(where: { $0.id == id }) else {
        add(InputMistake("encounter", "The session has no such encounter."))
        return nil
      }
      let departed = bool("stillThere") == true ? nil : time("departed") ?? encounter.departed
      return .editEncounter(
        id,
        EncounterEdit(
          arrived: time("arrived") ?? encounter.arrived, departed: departed,
          facts: object("facts") ?? encounter.facts))
    case "remove-encounter": return .removeEncounter(requiredInt("encounter"))
    case "restore-encounter": return .restoreEncounter(requiredInt("encounter"))
    case "end": return .end(at: time("at") ?? now)
    case "reopen": return .reopen
    case "edit":
      var edit = SessionEdit(of: record)
      if let date = date("date") { edit.date = date }
      if let start = time("start") { edit.start = start }
      if let end = time("end") { edit.end = end }
      // An empty text takes away what was there.
      if let school = text("school") { edit.school = school.isEmpty ? nil : school }
      if let description = text("description") {
        edit.description = description.isEmpty ? nil : description
      }
      if let facts = object("facts") { edit.facts = facts }
      return .edit(edit)
    case "assign-work-order":
      return .assignWorkOrder(
        .init(workOrder: requiredText("workOrder"), assignedOn: now.localDate))
    case "tag": return .tag(.init(requiredText("tag"), isOwn: bool("own") ?? false))
    case "untag": return .untag(requiredText("tag"))
    case "correct":
      let reason = requiredText("reason")
      return .correct(reason: reason, actions("actions", on: record, now: now))
    case "delete": return .delete
    case "restore": return .restore
    case "": return nil
    default:
      add(InputMistake("action", "'\(name)' is not an action."))
      return nil
    }
  }

  /// The actions in a list of objects, each of which may have mistakes of its own.
  private mutating func actions(
    _ name: String, on record: SessionRecord, now: OffsetDateTime
  ) -> [SessionAction] {
    objects(name).enumerated().compactMap { index, members in
      var input = JSONInput(members)
      let action = input.action(on: record, now: now)
      for mistake in input.finishedMistakes() {
        add(InputMistake("\(name)[\(index)].\(mistake.field)", mistake.message))
      }
      return action
    }
  }
}
#endif
