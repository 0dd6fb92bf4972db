import CEL
package import TutoringSessions

/// The handbook's rules a second time, in plain Swift, for the policies to be held against.
///
/// Written from the handbook's statements and not from the policy files, in the simplest way that
/// could be right.
package struct Handbook {
  package let goals: Set<String> = [
    "cl-goal-1", "cl-goal-2", "cl-goal-3", "cl-goal-4", "cl-goal-5",
  ]
  package let events: Set<String> = [
    "Family Math Night", "Literacy Night", "Science Fair Open House", "Parent-Teacher Conference",
    "Fall Open House", "Noche de Matemáticas", "Grandparents' Reading Day",
    "College & Career Fair", "Title I Annual Meeting", "Family Book Club", "STEM Saturday",
    "FAFSA Completion Workshop",
  ]
  package let backfillDays: Int64 = 7

  package init() {}

  /// The rules violated, each as `rule` or `rule@encounter`.
  package func violations(of session: TutoringSession) -> Set<String> {
    var violated = sessionViolations(of: session)
    for (index, encounter) in session.encounters.enumerated() {
      violated.formUnion(violations(of: encounter, in: session).map { "\($0)@\(index)" })
    }
    return violated
  }

  private func sessionViolations(of session: TutoringSession) -> Set<String> {
    var violated: Set<String> = []
    func check(_ rule: String, _ holds: Bool) { if !holds { violated.insert(rule) } }
    let tutor = session.tutor
    check(
      "no-other-active-session",
      tutor.activeSession == nil || tutor.activeSession == session.id)
    if tutor.approvedSchools.count > 1 {
      check("school-chosen", session.school.map(tutor.approvedSchools.contains) ?? false)
    }
    check("has-work-order", session.workOrder != nil)
    if let order = session.workOrder {
      check(
        "work-order-within-backfill-window",
        session.date.days(until: order.assignedOn) <= backfillDays)
      if order.kind == .careerLadder {
        let isBlank = (session.description ?? "").allSatisfy(\.isWhitespace)
        check("career-ladder-description", !isBlank)
        check("career-ladder-goal-tag", !goals.isDisjoint(with: session.tags))
        if order.activity == .familyInvolvement {
          // By scalars, as the expression language compares: Swift's == is by canonical equivalence.
          let isApproved = events.contains { event in
            session.description?.unicodeScalars.elementsEqual(event.unicodeScalars) ?? false
          }
          check("family-event-approved", isApproved)
        }
      }
    }
    check(
      "session-finished",
      session.end != nil && session.encounters.allSatisfy { $0.departed != nil })
    return violated
  }

  private func violations(
    of encounter: StudentEncounter, in session: TutoringSession
  ) -> Set<String> {
    var violated: Set<String> = []
    func check(_ rule: String, _ holds: Bool) { if !holds { violated.insert(rule) } }
    let (student, qualifiers) = (encounter.student, encounter.qualifiers)
    if qualifiers.homebound {
      check(
        "homebound-by-assigned-teacher",
        session.workOrder?.kind == .homebound && student.homeboundTeacher == session.tutor.id)
    }
    if qualifiers.detention, !encounter.activelyTutored {
      check("detention-only-not-remedial", !qualifiers.remedial)
    }
    if qualifiers.creditRecovery {
      check("credit-recovery-material", encounter.creditRecoveryMaterial)
    }
    if qualifiers.remedial {
      check("remedial-criterion-recorded", !encounter.remedialCriteria.isEmpty)
      check("remedial-subject-recorded", encounter.subject != nil)
    }
    check(
      "claimed-criterion-on-record",
      encounter.remedialCriteria.allSatisfy { isOnRecord($0, encounter) })
    check("times-within-session", areTimesWithin(session, encounter))
    return violated
  }

  private func isOnRecord(_ criterion: RemedialCriterion, _ encounter: StudentEncounter) -> Bool {
    let student = encounter.student
    if criterion == .readingImprovementPlan { return student.readingImprovementPlan }
    guard let subject = encounter.subject else { return false }
    switch criterion {
    case .gradeDOrF:
      return student.grades.contains { $0.subject == subject && ($0.grade == .d || $0.grade == .f) }
    case .belowBasicState:
      return student.stateAssessments.contains { $0.subject == subject && $0.level == .belowBasic }
    default:
      return student.districtAssessments.contains { $0.subject == subject && $0.belowGradeLevel }
    }
  }

  private func areTimesWithin(_ session: TutoringSession, _ encounter: StudentEncounter) -> Bool {
    let arrived = encounter.arrived.timestamp
    guard arrived >= session.start.timestamp else { return false }
    guard let departed = encounter.departed?.timestamp else { return true }
    guard departed > arrived else { return false }
    return session.end.map { departed <= $0.timestamp } ?? true
  }
}
