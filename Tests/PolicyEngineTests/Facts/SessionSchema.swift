import CEL
import PolicyEngine

/// A schema with every type, in the shape of the session document.
enum SessionSchema {
  private typealias Fact = FactSchema.Fact
  private typealias ValueType = FactSchema.ValueType

  static let schema = FactSchema(
    objectTypes: types.map { name, facts in
      FactSchema.ObjectType(
        name: name,
        facts: facts.map { name, type in
          let isOptional = name.hasSuffix("?")
          return Fact(
            name: isOptional ? String(name.dropLast()) : name, type: type, isOptional: isOptional)
        })
    },
    enumerations: [
      EnumerationType(
        name: "WorkOrderKind",
        cases: ["career-ladder", "tutoring", "homebound", "detention", "credit-recovery"]),
      EnumerationType(name: "Activity", cases: ["tutoring", "family-involvement"]),
      EnumerationType(name: "Grade", cases: ["A", "B", "C", "D", "F"]),
      EnumerationType(name: "StateTest", cases: ["EOC", "MAP"]),
      EnumerationType(
        name: "Level", cases: ["below-basic", "basic", "proficient", "advanced"]),
      EnumerationType(name: "DistrictTest", cases: ["STAR"]),
      EnumerationType(
        name: "RemedialCriterion",
        cases: [
          "grade-d-or-f", "reading-improvement-plan", "below-basic-state",
          "below-grade-level-district",
        ]),
    ],
    documentType: 0, documentName: "session")

  private static let types: [(String, [(String, ValueType)])] = [
    (
      "Session",
      [
        ("id", .string), ("tutor", .object(1)), ("date", .date), ("school?", .string),
        ("group?", .object(2)), ("description?", .string), ("start", .timestamp),
        ("end?", .timestamp), ("workOrder?", .object(3)), ("tags", .list(.string)),
        ("encounters", .list(.object(4))),
      ]
    ),
    (
      "Tutor",
      [
        ("id", .string), ("name", .string), ("approvedSchools", .list(.string)),
        ("homeboundStudents?", .list(.string)), ("activeSession?", .string),
      ]
    ),
    ("Group", [("id", .string), ("name", .string)]),
    (
      "WorkOrder",
      [
        ("id", .string), ("kind", .enumeration(0)), ("activity", .enumeration(1)),
        ("assignedOn", .date),
      ]
    ),
    (
      "Encounter",
      [
        ("student", .object(5)), ("arrived", .timestamp), ("departed?", .timestamp),
        ("activelyTutored", .bool), ("creditRecoveryMaterial", .bool),
        ("qualifiers", .object(6)), ("remedialCriteria", .list(.enumeration(6))),
        ("subject?", .string),
      ]
    ),
    (
      "Student",
      [
        ("id", .string), ("name", .string), ("school", .string),
        ("readingImprovementPlan", .bool), ("homeboundTeacher?", .string),
        ("grades", .list(.object(7))), ("stateAssessments", .list(.object(8))),
        ("districtAssessments", .list(.object(9))),
      ]
    ),
    (
      "Qualifiers",
      [("homebound", .bool), ("detention", .bool), ("creditRecovery", .bool), ("remedial", .bool)]
    ),
    ("GradeRecord", [("subject", .string), ("grade", .enumeration(2))]),
    (
      "StateAssessment",
      [("test", .enumeration(3)), ("subject", .string), ("level", .enumeration(4))]
    ),
    (
      "DistrictAssessment",
      [("test", .enumeration(5)), ("subject", .string), ("belowGradeLevel", .bool)]
    ),
  ]
}
