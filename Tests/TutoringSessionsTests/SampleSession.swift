import CEL
import TutoringSessions

extension TutoringSession {
  /// A session in which every optional fact is given, and every list has one element.
  static let withEveryFact = TutoringSession(
    id: "S-1042", date: CivilDate(daysSinceEpoch: 20_740), school: "truman-high",
    description: "Noche de Matemáticas",
    tutor: Tutor(
      id: "T-17", name: "R. Alvarez", approvedSchools: ["truman-high"],
      homeboundStudents: ["ST-2210"], activeSession: "S-1041"),
    group: Group(id: "G-7", name: "Reading lab"),
    start: OffsetDateTime(
      timestamp: CELTimestamp(seconds: 1_792_008_000), offsetMinutes: -300),
    end: OffsetDateTime(timestamp: CELTimestamp(seconds: 1_792_011_600), offsetMinutes: -300),
    workOrder: WorkOrder(
      id: "WO-9", kind: .careerLadder, activity: .familyInvolvement,
      assignedOn: CivilDate(daysSinceEpoch: 20_741)),
    tags: ["cl-goal-1"],
    encounters: [
      StudentEncounter(
        student: Student(
          id: "ST-2210", name: "Zoë Muñoz", school: "truman-high", readingImprovementPlan: true,
          homeboundTeacher: "T-17", grades: [Grade(subject: "algebra", grade: .d)],
          stateAssessments: [
            StateAssessment(test: .eoc, subject: "algebra", level: .belowBasic)
          ],
          districtAssessments: [
            DistrictAssessment(test: .star, subject: "algebra", belowGradeLevel: true)
          ]),
        arrived: OffsetDateTime(timestamp: CELTimestamp(seconds: 1_792_008_000)),
        departed: OffsetDateTime(timestamp: CELTimestamp(seconds: 1_792_011_600)),
        activelyTutored: true, creditRecoveryMaterial: true,
        qualifiers: Qualifiers(
          homebound: true, detention: true, creditRecovery: true, remedial: true),
        remedialCriteria: [.gradeDOrF, .belowBasicState], subject: "algebra")
    ])

  /// What must be given for a session, and nothing else.
  static let withoutOptionalFacts = TutoringSession(
    id: "S-1", date: CivilDate(daysSinceEpoch: 20_740),
    tutor: Tutor(id: "T-1", name: "José Ibarra", approvedSchools: []),
    start: OffsetDateTime(timestamp: CELTimestamp(seconds: 1_792_008_000)),
    encounters: [
      StudentEncounter(
        student: Student(id: "ST-1", name: "Siân Young", school: "truman-high"),
        arrived: OffsetDateTime(timestamp: CELTimestamp(seconds: 1_792_008_000)),
        activelyTutored: true)
    ])
}
