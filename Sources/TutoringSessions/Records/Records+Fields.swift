import CEL

/// What an event of the log can tell of each kind of record, as trees of fields; revisions are the events' own.

extension PersonRecord {
  /// The fields that events tell of.
  package var fields: [String: FactValue] {
    var fields: [String: FactValue] = [
      "name": .text(name), "isActive": .bool(isActive),
      "roles": .list(roles.map(\.rawValue).sorted().map { .text($0) }),
      "approvedSchools": .list(approvedSchools.map { .text($0) }),
    ]
    fields["login"] = login.map { .text($0) }
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}

extension StudentRecord {
  /// The fields that events tell of.
  package var fields: [String: FactValue] {
    var fields: [String: FactValue] = [
      "firstName": .text(firstName), "lastName": .text(lastName), "school": .text(school),
      "isActive": .bool(isActive),
    ]
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}

extension GroupRecord {
  /// The fields that events tell of.
  package var fields: [String: FactValue] {
    var fields: [String: FactValue] = [
      "name": .text(name), "members": .list(members.map { .text($0) }),
      "isActive": .bool(isActive),
    ]
    fields["tutor"] = tutor.map { .text($0) }
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}

extension WorkOrderRecord {
  /// The fields that events tell of.
  package var fields: [String: FactValue] {
    var fields: [String: FactValue] = ["kind": .text(kind), "activity": .text(activity)]
    fields["title"] = title.map { .text($0) }
    fields["tutor"] = tutor.map { .text($0) }
    fields["validFrom"] = validFrom.map { .text($0.description) }
    fields["validUntil"] = validUntil.map { .text($0.description) }
    fields["fund"] = fund.map { .text($0) }
    fields["payCode"] = payCode.map { .text($0) }
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}

extension SchoolRecord {
  /// The fields that events tell of.
  package var fields: [String: FactValue] {
    var fields: [String: FactValue] = ["name": .text(name)]
    if !facts.isEmpty { fields["facts"] = .object(facts) }
    return fields
  }
}
