import CEL
package import TutoringSessions

/// The records of a district that rosters speak of, by their ids.
package struct DistrictRecords: Hashable, Sendable {
  package var schools: [String: SchoolRecord] = [:]
  package var people: [String: PersonRecord] = [:]
  package var students: [String: StudentRecord] = [:]
  package var groups: [String: GroupRecord] = [:]
  package var workOrders: [String: WorkOrderRecord] = [:]

  /// No record.
  package init() {}

  /// The fields of a record, as events name them; nil where there is none.
  package func fields(of key: RosterKey) -> [String: FactValue]? {
    switch key.kind {
    case .school: schools[key.id]?.fields
    case .person: people[key.id]?.fields
    case .student: students[key.id]?.fields
    case .group: groups[key.id]?.fields
    case .workOrder: workOrders[key.id]?.fields
    }
  }

  /// What a record is called.
  package func name(of key: RosterKey) -> String {
    switch key.kind {
    case .school: schools[key.id]?.name ?? key.id
    case .person: people[key.id]?.name ?? key.id
    case .student: students[key.id]?.name ?? key.id
    case .group: groups[key.id]?.name ?? key.id
    case .workOrder: workOrders[key.id]?.title ?? key.id
    }
  }

  /// The keys of all records of a kind.
  func keys(of kind: RosterKind) -> [RosterKey] {
    let ids: [String] =
      switch kind {
      case .school: Array(schools.keys)
      case .person: Array(people.keys)
      case .student: Array(students.keys)
      case .group: Array(groups.keys)
      case .workOrder: Array(workOrders.keys)
      }
    return ids.map { RosterKey(kind, $0) }
  }

  /// Puts a record of some fields in the place of the one that is there, or makes one; the name of what is missing
  /// where that can't be.
  mutating func put(_ fields: [String: FactValue], of key: RosterKey) -> String? {
    func text(_ name: String) -> String? { fields[name]?.text }
    func texts(_ name: String) -> [String] {
      if case .list(let elements)? = fields[name] { elements.compactMap(\.text) } else { [] }
    }
    let isActive = fields["isActive"] != .bool(false)
    let facts = fields["facts"]?.members ?? [:]
    switch key.kind {
    case .school:
      guard let name = text("name") else { return "name" }
      var record = schools[key.id] ?? SchoolRecord(id: key.id, name: name)
      record.name = name
      record.facts = facts
      schools[key.id] = record
    case .person:
      guard let name = text("name") else { return "name" }
      var record = people[key.id] ?? PersonRecord(id: key.id, name: name, roles: [])
      record.name = name
      record.isActive = isActive
      record.roles = Set(texts("roles").compactMap { Role(rawValue: $0) })
      record.approvedSchools = texts("approvedSchools")
      // Who is approved at a school is a tutor.
      if !record.approvedSchools.isEmpty { record.roles.insert(.tutor) }
      record.facts = facts
      people[key.id] = record
    case .student:
      guard let last = text("lastName") else { return "lastName" }
      guard let school = text("school") else { return "school" }
      var record =
        students[key.id]
        ?? StudentRecord(id: key.id, firstName: "", lastName: last, school: school)
      record.firstName = text("firstName") ?? ""
      record.lastName = last
      record.school = school
      record.isActive = isActive
      record.facts = facts
      students[key.id] = record
    case .group:
      guard let name = text("name") else { return "name" }
      var record = groups[key.id] ?? GroupRecord(id: key.id, name: name, tutor: nil, members: [])
      record.name = name
      record.tutor = text("tutor")
      record.members = texts("members")
      record.isActive = isActive
      record.facts = facts
      groups[key.id] = record
    case .workOrder:
      guard let kind = text("kind") else { return "kind" }
      guard let activity = text("activity") else { return "activity" }
      var record =
        workOrders[key.id] ?? WorkOrderRecord(id: key.id, kind: kind, activity: activity)
      record.kind = kind
      record.activity = activity
      record.title = text("title")
      record.tutor = text("tutor")
      record.validFrom = text("validFrom").flatMap { CivilDate($0) }
      record.validUntil = text("validUntil").flatMap { CivilDate($0) }
      record.fund = text("fund")
      record.payCode = text("payCode")
      record.facts = facts
      workOrders[key.id] = record
    }
    return nil
  }
}
