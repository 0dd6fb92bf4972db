import CEL
import TestSupport
package import TutoringSessions

/// Makes sessions at random, near the edges of the rules; equal seeds give equal sessions.
package struct SessionGenerator {
  private var random: SeededNumbers

  /// A generator; equal seeds give equal sessions.
  package init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  /// A session with a number as its id.
  package mutating func session(_ number: Int) -> TutoringSession {
    let day = CivilDate(daysSinceEpoch: 20_650 + Int32.random(in: 0..<120, using: &random))
    let start = Int64(day.daysSinceEpoch) * 86_400 + 72_000
    let tutor = Tutor(
      id: pick(["T-1", "T-2"]), name: pick(["R. Alvarez", "Nguyễn Thị Hoa"]),
      approvedSchools: pick([["truman-high"], ["truman-high", "van-horn-high"], []]),
      activeSession: pick([nil, nil, nil, "S-\(number)", "S-0"]))
    let order = WorkOrder(
      id: "WO-1", kind: pick(WorkOrderKind.allCases + [.careerLadder, .homebound]),
      activity: pick(WorkOrderActivity.allCases),
      assignedOn: CivilDate(daysSinceEpoch: day.daysSinceEpoch + pick([-3, 0, 6, 7, 8, 30])))
    let end = pick([start + 3_600, start + 3_600, nil])
    return TutoringSession(
      id: "S-\(number)", date: day,
      school: pick([nil, "truman-high", "van-horn-high", "bingham-middle"]),
      description: pick([
        nil, "", " \t", "Fractions", "Family Math Night", "family math night",
        "Noche de Matemáticas", "Noche de Matema\u{301}ticas",
      ]),
      tutor: tutor, start: time(start), end: end.map { time($0) },
      workOrder: pick([nil, order, order, order]),
      tags: pick([[], ["cl-goal-1"], ["cl-goal-6"], ["after-school", "cl-goal-5"], ["CL-GOAL-1"]]),
      encounters: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        encounter(start: start, end: end ?? start + 3_600)
      })
  }

  private mutating func encounter(start: Int64, end: Int64) -> StudentEncounter {
    let subjects = ["algebra", "reading"]
    let student = Student(
      id: "ST-1", name: pick(["Zoë Muñoz", "José Quintero"]), school: "truman-high",
      readingImprovementPlan: flag(), homeboundTeacher: pick([nil, "T-1", "T-2"]),
      grades: pick([[], [Grade(subject: pick(subjects), grade: pick(LetterGrade.allCases))]]),
      stateAssessments: pick([
        [],
        [
          StateAssessment(
            test: pick(StateTest.allCases), subject: pick(subjects),
            level: pick(AchievementLevel.allCases))
        ],
      ]),
      districtAssessments: pick([
        [],
        [
          DistrictAssessment(
            test: pick(DistrictTest.allCases), subject: pick(subjects), belowGradeLevel: flag())
        ],
      ]))
    return StudentEncounter(
      student: student, arrived: time(start + pick([-1, 0, 0, 60])),
      departed: pick([nil, end, end, end + 1, start, start + 120]).map { time($0) },
      activelyTutored: flag(), creditRecoveryMaterial: flag(),
      qualifiers: Qualifiers(
        homebound: flag(), detention: flag(), creditRecovery: flag(), remedial: flag()),
      remedialCriteria: RemedialCriterion.allCases.filter { _ in flag() && flag() },
      subject: pick([nil, "algebra", "reading"]))
  }

  /// An instant, written in UTC or with the offset of a zone.
  private mutating func time(_ seconds: Int64) -> OffsetDateTime {
    OffsetDateTime(
      timestamp: CELTimestamp(seconds: seconds), offsetMinutes: pick([0, -300, -300, 330]))
  }

  private mutating func flag() -> Bool { Bool.random(using: &random) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }
}
