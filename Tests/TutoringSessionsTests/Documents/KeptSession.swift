import CEL
import Testing
import TutoringSessions

/// A session document taken apart into what the store keeps of it.
struct KeptSession {
  private(set) var record: SessionRecord
  private(set) var surroundings = Surroundings()

  init(_ facts: [String: FactValue]) {
    var facts = facts
    var tutor = facts.take("tutor")?.members ?? [:]
    let start = facts.takeTime("start")
    let group = facts.take("group")?.members
    var order = facts.take("workOrder")?.members
    let tags = facts.take("tags")?.texts ?? []
    let encounters = facts.take("encounters")?.elements ?? []
    record = SessionRecord(
      id: facts.takeText("id") ?? "", tutor: tutor.takeText("id") ?? "",
      date: CivilDate(facts.takeText("date") ?? "") ?? CivilDate(daysSinceEpoch: 0),
      school: facts.takeText("school"), description: facts.takeText("description"),
      group: group?["id"]?.text, start: start ?? afternoon(0))
    record.end = facts.takeTime("end")
    record.tags = tags.map { SessionRecord.Tag($0) }
    record.facts = facts
    if let id = tutor.takeText("activeSession") {
      surroundings.runningSessions[record.tutor] = [.init(id: id, start: record.start)]
    }
    surroundings.homeboundStudents[record.tutor] = tutor.take("homeboundStudents")?.texts
    surroundings.people[record.tutor] = PersonRecord(
      id: record.tutor, name: tutor.takeText("name") ?? "", roles: [.tutor],
      approvedSchools: tutor.take("approvedSchools")?.texts ?? [], facts: tutor)
    if let id = group?["id"]?.text {
      surroundings.groups[id] = GroupRecord(id: id, name: group?["name"]?.text ?? "")
    }
    if let id = order?.takeText("id"), let day = CivilDate(order?.takeText("assignedOn") ?? "") {
      record.workOrder = .init(workOrder: id, assignedOn: day)
      surroundings.workOrders[id] = WorkOrderRecord(
        id: id, kind: order?.takeText("kind") ?? "", activity: order?.takeText("activity") ?? "",
        facts: order ?? [:])
    }
    for (index, encounter) in encounters.enumerated() {
      add(encounter.members ?? [:], id: index + 1)
    }
  }

  private mutating func add(_ facts: [String: FactValue], id: Int) {
    var facts = facts
    var student = facts.take("student")?.members ?? [:]
    let arrived = facts.takeTime("arrived") ?? afternoon(0)
    let departed = facts.takeTime("departed")
    let studentID = student.takeText("id") ?? ""
    record.encounters.append(
      EncounterRecord(
        id: id, student: studentID, arrived: arrived, departed: departed, facts: facts))
    let name = student.takeText("name") ?? ""
    let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
    surroundings.students[studentID] = StudentRecord(
      id: studentID, firstName: parts.count > 1 ? parts[0] : "", lastName: parts.last ?? "",
      school: student.takeText("school") ?? "", facts: student)
  }
}

extension FactValue {
  fileprivate var elements: [FactValue] {
    if case .list(let elements) = self { elements } else { [] }
  }

  fileprivate var texts: [String] { elements.compactMap(\.text) }
}

extension [String: FactValue] {
  fileprivate mutating func take(_ name: String) -> FactValue? { removeValue(forKey: name) }

  fileprivate mutating func takeText(_ name: String) -> String? { take(name)?.text }

  fileprivate mutating func takeTime(_ name: String) -> OffsetDateTime? {
    takeText(name).flatMap { OffsetDateTime($0) }
  }
}
