import CEL

/// A little world to speak about: sessions with a work order, tags and students.
enum School {
  static let kinds = EnumerationType(
    name: "Kind", cases: ["career-ladder", "tutoring", "homebound"])
  static let colors = EnumerationType(name: "Color", cases: ["red", "green"])

  static let session = ObjectType(
    name: "Session",
    fields: [
      ObjectType.Field(name: "id", type: .string),
      ObjectType.Field(name: "date", type: .date),
      ObjectType.Field(name: "workOrder", type: .object("WorkOrder"), isOptional: true),
      ObjectType.Field(name: "tags", type: .list(.string)),
      ObjectType.Field(name: "students", type: .list(.object("Student"))),
      ObjectType.Field(name: "start", type: .timestamp),
      ObjectType.Field(name: "isCareerLadder", type: .bool, isDerived: true),
      ObjectType.Field(name: "color", type: .enumeration("Color"), isOptional: true),
      ObjectType.Field(name: "kinds", type: .list(.enumeration("Kind"))),
      ObjectType.Field(name: "order", type: .object("WorkOrder"), isDerived: true),
    ])
  static let workOrder = ObjectType(
    name: "WorkOrder",
    fields: [
      ObjectType.Field(name: "id", type: .string),
      ObjectType.Field(name: "kind", type: .enumeration("Kind")),
      ObjectType.Field(name: "assignedOn", type: .date, isOptional: true),
    ])
  static let student = ObjectType(
    name: "Student",
    fields: [
      ObjectType.Field(name: "name", type: .string),
      ObjectType.Field(name: "age", type: .int, isOptional: true),
      ObjectType.Field(name: "remedial", type: .bool),
    ])

  /// `session` at slot 0, the parameters `days` at 1 and `names` at 2, and a map of the kinds at 3.
  static let environment: Environment = {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "session", type: .object("Session")),
      Environment.Variable(name: "days", type: .int),
      Environment.Variable(name: "names", type: .list(.string)),
      Environment.Variable(name: "minutes", type: .map(.enumeration("Kind"), .int)),
    ]
    environment.objectTypes = ["Session": session, "WorkOrder": workOrder, "Student": student]
    environment.enumerations = ["Kind": kinds, "Color": colors]
    return environment
  }()

  /// The terms of a session.
  static let derivedFields = [
    "isCareerLadder":
      "has(session.workOrder) && session.workOrder.kind == 'career-ladder'",
    "order": "session.workOrder",
  ]
}

/// An object whose fields are given by name.
final class SchoolObject: CELObject {
  let type: ObjectType
  let path: AttributePath
  let fields: [String: FieldValue]

  init(type: ObjectType, path: AttributePath, fields: [String: FieldValue]) {
    self.type = type
    self.path = path
    self.fields = fields
  }

  var typeName: String { type.name }

  func value(ofField index: Int) -> FieldValue {
    fields[type.fields[index].name] ?? (type.fields[index].isOptional ? .absent : .missing)
  }

  func isEqual(to other: any CELObject) -> Bool { path == other.path }

  var missingFacts: [AttributePath] { [] }
}

extension School {
  /// A session: with a career ladder work order (unless nil), two tags and the given students.
  static func makeSession(
    kind: String? = "career-ladder", tags: [String]? = ["after-school", "math"],
    students: [(name: String?, age: Int64?, remedial: Bool?)] = [
      ("Ann", 12, false), ("Bo", nil, true), ("Cy", 15, true),
    ],
    id: String? = "S-1", color: String? = nil
  ) -> CELValue {
    let path = AttributePath(root: "session")
    var fields: [String: FieldValue] = [
      "date": .present(.date(CivilDate(daysSinceEpoch: 20_740))),
      "start": .present(.timestamp(CELTimestamp(seconds: 1_792_009_800))),
      "kinds": .present(.list([.string("tutoring"), .string("homebound")])),
    ]
    if let id { fields["id"] = .present(.string(id)) }
    if let color { fields["color"] = .present(.string(color)) }
    if let kind {
      let order = SchoolObject(
        type: workOrder, path: path.appending(.field("workOrder")),
        fields: ["id": .present(.string("WO-9")), "kind": .present(.string(kind))])
      fields["workOrder"] = .present(.object(order))
    }
    if let tags { fields["tags"] = .present(.list(tags.map(CELValue.string))) }
    fields["students"] = .present(
      .list(
        students.enumerated().map { index, student in
          var fields: [String: FieldValue] = [:]
          if let name = student.name { fields["name"] = .present(.string(name)) }
          if let age = student.age { fields["age"] = .present(.int(age)) }
          if let remedial = student.remedial { fields["remedial"] = .present(.bool(remedial)) }
          return .object(
            SchoolObject(
              type: Self.student,
              path: path.appending(.field("students")).appending(.index(index)), fields: fields))
        }))
    return .object(SchoolObject(type: session, path: path, fields: fields))
  }

  static func activation(_ session: CELValue = makeSession()) -> Activation {
    Activation(
      globals: [
        .value(session), .value(.int(7)), .value(.list([.string("math"), .string("art")])),
        .value(
          .map(CELMap(entries: kinds.cases.map { (key: .string($0), value: .int(60)) }))),
      ], timeZone: "America/Chicago")
  }
}
