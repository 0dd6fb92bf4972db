import CEL
extension SessionRecord {
  /// All that an event of the log can tell of the session, as a tree of fields.
  ///
  /// Encounters are told apart by their ids. The version is the event's own.
  package var fields: [String: FactValue] {
    var fields = ownFields
    if !encounters.isEmpty {
      fields["encounters"] = .object(
        Dictionary(uniqueKeysWithValues: encounters.map { (String($0.id), .object($0.fields)) }))
    }
    return fields
  }

  /// What differs from an earlier record of the session, each with its place.
  package func changes(since earlier: SessionRecord) -> [FieldChange] {
    var changes = ownFields.changes(since: earlier.ownFields)
    // A session of thirty students has hundreds of fields, and an action changes one or two: encounters
    // are compared as they are, and only those that differ are taken apart.
    for encounter in encounters {
      let before = earlier.encounters.first { $0.id == encounter.id }
      guard before != encounter else { continue }
      changes += encounter.fields.changes(since: before?.fields ?? [:]).map {
        FieldChange(
          path: ["encounters", String(encounter.id)] + $0.path, before: $0.before, after: $0.after)
      }
    }
    return changes
  }

  private var ownFields: [String: FactValue] {
    var fields: [String: FactValue] = [
      "id": .text(id), "tutor": .text(tutor), "date": .text(date.description),
      "start": .text(start.description),
    ]
    fields["school"] = school.map { .text($0) }
    fields["description"] = description.map { .text($0) }
    fields["group"] = group.map { .text($0) }
    fields["end"] = end.map { .text($0.description) }
    fields["workOrder"] = workOrder.map {
      .object([
        "workOrder": .text($0.workOrder), "assignedOn": .text($0.assignedOn.description),
      ])
    }
    if !tags.isEmpty {
      fields["tags"] = .list(
        tags.map { .object(["value": .text($0.value), "isOwn": .bool($0.isOwn)]) })
    }
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    if exports > 0 { fields["exports"] = .int(Int64(exports)) }
    if isDeleted { fields["isDeleted"] = .bool(true) }
    return fields
  }
}

extension EncounterRecord {
  fileprivate var fields: [String: FactValue] {
    var fields: [String: FactValue] = [
      "student": .text(student), "arrived": .text(arrived.description),
    ]
    fields["departed"] = departed.map { .text($0.description) }
    if isRemoved { fields["isRemoved"] = .bool(true) }
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}
