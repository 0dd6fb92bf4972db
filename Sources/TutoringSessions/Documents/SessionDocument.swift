import CEL
public import Diagnostics
public import PolicyEngine

/// The session document of a record: what the policies decide.
///
/// It is made from what is kept of the session and of the people, students, group and work order that the
/// session refers to. Removed encounters are left out.
public struct SessionDocument: Sendable {
  /// The facts of the session, those too that no vocabulary declares.
  public let facts: [String: FactValue]
  private let name: String

  /// The document of a record; what the surroundings lack is missing in it, and so never decided.
  public init(of record: SessionRecord, in surroundings: Surroundings) {
    name = record.id
    var facts = record.facts
    facts["id"] = .text(record.id)
    facts["date"] = .text(record.date.description)
    facts["school"] = record.school.map { .text($0) }
    facts["description"] = record.description.map { .text($0) }
    let schools = surroundings.schoolsWithFacts(of: record.tutor, chosen: record.school)
    facts["schools"] =
      schools.isEmpty ? nil : .list(schools.map { .object(Self.facts(of: $0)) })
    facts["tutor"] = Self.tutor(of: record, in: surroundings)
    facts["group"] = record.group.map { Self.group($0, in: surroundings) }
    facts["start"] = .text(record.start.description)
    facts["end"] = record.end.map { .text($0.description) }
    facts["workOrder"] = record.workOrder.map { Self.workOrder($0, in: surroundings) }
    facts["tags"] = .list(record.tags.map { .text($0.value) })
    facts["encounters"] = .list(
      record.presentEncounters.map { Self.encounter($0, in: surroundings) })
    self.facts = facts
  }

  /// The document as JSON, with nothing but what a vocabulary declares.
  ///
  /// A fact that went away from the vocabulary stays kept with the record, and is left out here.
  public func json(declaredBy schema: FactSchema) -> String {
    String(decoding: utf8(declaredBy: schema), as: UTF8.self)
  }

  /// The same JSON as UTF-8, on one line.
  package func utf8(declaredBy schema: FactSchema) -> [UInt8] {
    var bytes: [UInt8] = []
    schema.write(.object(facts), .object(schema.documentType), to: &bytes)
    return bytes
  }

  /// The document as the policies read it; nil when a value is not of the type that is declared.
  public func read(
    by schema: FactSchema, into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    let source = Source(name: name, bytes: utf8(declaredBy: schema))
    return FactDocument.read(json: source, schema: schema, into: &diagnostics)?.withoutPlaces()
  }

  private static func tutor(
    of record: SessionRecord, in surroundings: Surroundings
  ) -> FactValue {
    var facts =
      surroundings.people[record.tutor].map { Self.facts(of: $0, in: surroundings) } ?? [:]
    facts["id"] = .text(record.tutor)
    facts["activeSession"] = surroundings.otherRunningSession(than: record).map { .text($0.id) }
    return .object(facts)
  }

  private static func group(_ id: String, in surroundings: Surroundings) -> FactValue {
    var facts = surroundings.groups[id].map { Self.facts(of: $0) } ?? [:]
    facts["id"] = .text(id)
    return .object(facts)
  }

  private static func workOrder(
    _ assignment: SessionRecord.Assignment, in surroundings: Surroundings
  ) -> FactValue {
    var facts = surroundings.workOrders[assignment.workOrder].map { Self.facts(of: $0) } ?? [:]
    facts["id"] = .text(assignment.workOrder)
    facts["assignedOn"] = .text(assignment.assignedOn.description)
    return .object(facts)
  }

  private static func encounter(
    _ encounter: EncounterRecord, in surroundings: Surroundings
  ) -> FactValue {
    var student = surroundings.students[encounter.student].map { Self.facts(of: $0) } ?? [:]
    student["id"] = .text(encounter.student)
    var facts = encounter.facts
    facts["student"] = .object(student)
    facts["arrived"] = .text(encounter.arrived.description)
    facts["departed"] = encounter.departed.map { .text($0.description) }
    return .object(facts)
  }

  // MARK: - The records

  private static func facts(
    of person: PersonRecord, in surroundings: Surroundings
  ) -> [String: FactValue] {
    var facts = person.facts
    facts["name"] = .text(person.name)
    facts["approvedSchools"] = .list(person.approvedSchools.map { .text($0) })
    facts["homeboundStudents"] = .list(
      surroundings.homeboundStudents[person.id, default: []].map { .text($0) })
    return facts
  }

  private static func facts(of school: SchoolRecord) -> [String: FactValue] {
    var facts = school.facts
    facts["id"] = .text(school.id)
    facts["name"] = .text(school.name)
    return facts
  }

  private static func facts(of group: GroupRecord) -> [String: FactValue] {
    var facts = group.facts
    facts["name"] = .text(group.name)
    return facts
  }

  private static func facts(of order: WorkOrderRecord) -> [String: FactValue] {
    var facts = order.facts
    facts["title"] = order.title.map { .text($0) }
    facts["kind"] = .text(order.kind)
    facts["activity"] = .text(order.activity)
    facts["tutor"] = order.tutor.map { .text($0) }
    facts["validFrom"] = order.validFrom.map { .text($0.description) }
    facts["validUntil"] = order.validUntil.map { .text($0.description) }
    facts["fund"] = order.fund.map { .text($0) }
    facts["payCode"] = order.payCode.map { .text($0) }
    return facts
  }

  private static func facts(of student: StudentRecord) -> [String: FactValue] {
    var facts = student.facts
    facts["name"] = .text(student.name)
    facts["firstName"] = .text(student.firstName)
    facts["lastName"] = .text(student.lastName)
    facts["school"] = .text(student.school)
    return facts
  }
}

extension SessionDocument {
  /// Writes the records that documents refer to, as each stands in every document that refers to it.
  struct Parts {
    private let schema: FactSchema
    private let types: [String: FactSchema.ValueType]

    init(_ schema: FactSchema) {
      self.schema = schema
      func facts(_ type: FactSchema.ValueType?) -> [FactSchema.Fact] {
        type?.innermostObject.map { schema.objectTypes[$0].facts } ?? []
      }
      let session = schema.objectTypes[schema.documentType].facts
      let encounters = session.first { $0.name == "encounters" }?.type
      types = Dictionary(
        (session + facts(encounters)).map { ($0.name, $0.type) }
      ) { first, _ in first }
    }

    func tutor(_ person: PersonRecord, in surroundings: Surroundings) -> [UInt8] {
      text("tutor", SessionDocument.facts(of: person, in: surroundings), id: person.id)
    }

    func school(_ school: SchoolRecord) -> [UInt8] {
      text("schools", SessionDocument.facts(of: school), id: school.id)
    }

    func group(_ group: GroupRecord) -> [UInt8] {
      text("group", SessionDocument.facts(of: group), id: group.id)
    }

    /// A work order, without when it was assigned.
    func workOrder(_ order: WorkOrderRecord) -> [UInt8] {
      text("workOrder", SessionDocument.facts(of: order), id: order.id)
    }

    func student(_ student: StudentRecord) -> [UInt8] {
      text("student", SessionDocument.facts(of: student), id: student.id)
    }

    private func text(_ name: String, _ facts: [String: FactValue], id: String) -> [UInt8] {
      var facts = facts
      facts["id"] = .text(id)
      var bytes: [UInt8] = []
      schema.write(.object(facts), types[name]?.element ?? .string, to: &bytes)
      return bytes
    }
  }
}

extension FactSchema {
  /// Writes a value of a type as JSON, its objects with their declared facts in the order of the vocabulary.
  ///
  /// A value of another type is written as it is: the reader of the document says what is wrong with it. Values are
  /// written straight away: a month's export would spend a tenth of its time on trees of JSON.
  fileprivate func write(_ value: FactValue, _ type: ValueType, to bytes: inout [UInt8]) {
    switch (value, type) {
    case (.object(let members), .object(let index)):
      bytes.append(UInt8(ascii: "{"))
      var isFirst = true
      for fact in objectTypes[index].facts {
        guard let value = members[fact.name] else { continue }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: fact.name.utf8)
        bytes.append(contentsOf: "\":".utf8)
        write(value, fact.type, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case (.list(let elements), .list(let elementType)):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(element, elementType, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    default: value.json.write(to: &bytes)
    }
  }
}

extension FactSchema.ValueType {
  /// The type of one of the things that it holds: of a list that of its elements.
  fileprivate var element: FactSchema.ValueType {
    if case .list(let element) = self { element } else { self }
  }
}
