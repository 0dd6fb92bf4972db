import Diagnostics
package import PolicyEngine

/// Writes the documents of many sessions that refer to the same records, from the texts that they are kept as.
///
/// What a `SessionDocument` says as well, with its facts in another order. Each record that sessions refer to is written
/// once, and its text used for all of them; what people entered is taken over as it is kept. A document that would need
/// more than that, such as one with facts that the vocabulary does not declare any more, can't be read then, and is
/// written by `SessionDocument`.
package struct SessionTexts: Sendable {
  /// A session as it is kept.
  package struct Session {
    /// Names the session.
    package var id = ""
    /// The tutor's id.
    package var tutor = ""
    /// The session's day, as it is kept.
    package var date = ""
    /// The id of the school chosen.
    package var school: String?
    /// What was worked on.
    package var description: String?
    /// The group's id.
    package var group: String?
    /// When it was started, as it is kept.
    package var start = ""
    /// When it was ended, as it is kept.
    package var end: String?
    /// The work order's id, and the day on which it was assigned.
    package var workOrder: (id: String, assignedOn: String)?
    /// What else was entered, as a JSON object.
    package var facts = "{}"
    /// The tags, in their order.
    package var tags: [String] = []
    /// The encounters that were not removed, in their order.
    package var encounters: [Encounter] = []

    /// A session with nothing in it yet.
    package init() {}
  }

  /// An encounter as it is kept.
  package struct Encounter {
    /// The student's id.
    package let student: String
    /// When the student came, as it is kept.
    package let arrived: String
    /// When the student left, as it is kept.
    package let departed: String?
    /// What else was entered, as a JSON object.
    package let facts: String

    /// An encounter of a student.
    package init(student: String, arrived: String, departed: String?, facts: String) {
      self.student = student
      self.arrived = arrived
      self.departed = departed
      self.facts = facts
    }
  }

  private let surroundings: Surroundings
  private let declared: Set<String>
  private let schools: [String: [UInt8]]
  private let people: [String: [UInt8]]
  private let groups: [String: [UInt8]]
  private let workOrders: [String: [UInt8]]
  private let students: [String: [UInt8]]

  /// A writer for sessions that refer to no other records than these.
  package init(_ surroundings: Surroundings, schema: FactSchema) {
    self.surroundings = surroundings
    let type = schema.objectTypes[schema.documentType]
    declared = Set(type.facts.map(\.name))
    let parts = SessionDocument.Parts(schema)
    schools = surroundings.schools.mapValues { parts.school($0) }
    people = surroundings.people.mapValues { parts.tutor($0, in: surroundings) }
    groups = surroundings.groups.mapValues { parts.group($0) }
    workOrders = surroundings.workOrders.mapValues { parts.workOrder($0) }
    students = surroundings.students.mapValues { parts.student($0) }
  }

  /// Adds the document of a session to a text, on one line without its end; false, with nothing added, where
  /// `SessionDocument` has to write it.
  package func write(_ session: Session, to bytes: inout [UInt8]) -> Bool {
    // Which of the tutor's sessions runs beside this one is told by the instants of both.
    guard surroundings.runningSessions[session.tutor] == nil,
      let tutor = people[session.tutor]
    else { return false }
    let count = bytes.count
    var object = ObjectText(continuing: session.facts, to: &bytes)
    func add(_ name: String, _ body: (inout [UInt8]) -> Void) {
      guard declared.contains(name) else { return }
      object.begin(name, &bytes)
      body(&bytes)
    }
    func addList<Element>(
      _ name: String, _ elements: [Element], _ body: (Element, inout [UInt8]) -> Void
    ) {
      add(name) { bytes in
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          body(element, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
      }
    }
    func add(_ name: String, _ text: String?) {
      guard let text else { return }
      add(name) { $0.appendJSON(text) }
    }
    add("id", session.id)
    add("date", session.date)
    add("school", session.school)
    add("description", session.description)
    let schools = surroundings.schoolsWithFacts(of: session.tutor, chosen: session.school)
    if !schools.isEmpty {
      addList("schools", schools) { $1 += self.schools[$0.id, default: []] }
    }
    add("tutor") { $0 += tutor }
    if let group = session.group {
      guard let text = groups[group] else {
        bytes.removeSubrange(count...)
        return false
      }
      add("group") { $0 += text }
    }
    add("start", session.start)
    add("end", session.end)
    if let order = session.workOrder {
      guard let text = workOrders[order.id] else {
        bytes.removeSubrange(count...)
        return false
      }
      add("workOrder") { bytes in
        bytes += text.dropLast()
        bytes.append(contentsOf: ",\"assignedOn\":".utf8)
        bytes.appendJSON(order.assignedOn)
        bytes.append(UInt8(ascii: "}"))
      }
    }
    addList("tags", session.tags) { $1.appendJSON($0) }
    var isWhole = true
    addList("encounters", session.encounters) { isWhole = write($0, to: &$1) && isWhole }
    bytes.append(UInt8(ascii: "}"))
    if !isWhole { bytes.removeSubrange(count...) }
    return isWhole
  }

  private func write(_ encounter: Encounter, to bytes: inout [UInt8]) -> Bool {
    guard let student = students[encounter.student] else { return false }
    var object = ObjectText(continuing: encounter.facts, to: &bytes)
    object.begin("student", &bytes)
    bytes += student
    object.begin("arrived", &bytes)
    bytes.appendJSON(encounter.arrived)
    if let departed = encounter.departed {
      object.begin("departed", &bytes)
      bytes.appendJSON(departed)
    }
    bytes.append(UInt8(ascii: "}"))
    return true
  }
}

/// A JSON object that is written member by member, behind those that a text has.
private struct ObjectText {
  private var isEmpty: Bool

  init(continuing text: String, to bytes: inout [UInt8]) {
    isEmpty = text == "{}"
    bytes.append(contentsOf: text.utf8)
    // What ends the object is written when all members are.
    bytes.removeLast()
  }

  mutating func begin(_ name: String, _ bytes: inout [UInt8]) {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: "\":".utf8)
  }
}

extension [UInt8] {
  fileprivate mutating func appendJSON(_ text: String) {
    JSONValue.string(text).write(to: &self)
  }
}
