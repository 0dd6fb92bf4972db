import PolicyEngine
import Testing
import TutoringTestSupport

@testable import TutoringSessions

/// Holds the models against `policies/vocabulary.yaml`, so that neither drifts from the other.
@Suite struct VocabularyTests {
  /// The facts of every type by the models, a `?` behind those that may be absent.
  static let models: [(type: String, facts: [String])] = [
    ("Session", names(TutoringSession.CodingKeys.self)),
    ("Tutor", names(Tutor.CodingKeys.self)),
    ("Group", names(Group.CodingKeys.self)),
    ("WorkOrder", names(WorkOrder.CodingKeys.self)),
    ("Encounter", names(StudentEncounter.CodingKeys.self)),
    ("Qualifiers", names(Qualifiers.CodingKeys.self)),
    ("Student", names(Student.CodingKeys.self)),
    ("Grade", names(Grade.CodingKeys.self)),
    ("StateAssessment", names(StateAssessment.CodingKeys.self)),
    ("DistrictAssessment", names(DistrictAssessment.CodingKeys.self)),
  ]

  /// The cases of every closed list by the models.
  static let lists: [(name: String, cases: [String])] = [
    ("WorkOrderKind", WorkOrderKind.allCases.map(\.rawValue)),
    ("WorkOrderActivity", WorkOrderActivity.allCases.map(\.rawValue)),
    ("RemedialCriterion", RemedialCriterion.allCases.map(\.rawValue)),
    ("LetterGrade", LetterGrade.allCases.map(\.rawValue)),
    ("StateTest", StateTest.allCases.map(\.rawValue)),
    ("AchievementLevel", AchievementLevel.allCases.map(\.rawValue)),
    ("DistrictTest", DistrictTest.allCases.map(\.rawValue)),
  ]

  @Test func `every type has the facts of its model, and else only optional ones`() throws {
    let vocabulary = try ShippedPolicies.load().vocabulary
    for (name, facts) in Self.models {
      let type = try #require(vocabulary.type(named: name))
      #expect(Set(type.facts.map(\.name)).isSuperset(of: facts), "\(name)")
      // An administrator may add a fact; a session built from the models must stay one.
      let required = type.facts.filter { !facts.contains($0.name) && !$0.isOptional }
      #expect(required.map(\.name) == [], "\(name)")
    }
  }

  @Test func `every closed list has the cases of its model`() throws {
    let vocabulary = try ShippedPolicies.load().vocabulary
    for (name, cases) in Self.lists {
      let enumeration = try #require(vocabulary.enumeration(named: name))
      #expect(Set(enumeration.cases.map(\.value)).isSuperset(of: cases), "\(name)")
    }
  }

  @Test func `sessions with all facts and with the fewest are understood`() throws {
    let policies = try ShippedPolicies.load()
    for session in [TutoringSession.withEveryFact, .withoutOptionalFacts] {
      let verdict = try policies.decide(session, today: session.date)
      #expect(verdict.id == session.id)
      #expect(verdict.undetermined == [])
    }
  }

  @Test func `a session with a case that the vocabulary lacks is not decided`() throws {
    var session = TutoringSession.withEveryFact
    session.workOrder?.kind = WorkOrderKind(rawValue: "career-lader")
    let error = try #require(throws: SessionNotUnderstood.self) {
      try ShippedPolicies.load().decide(session, today: session.date)
    }
    #expect(error.description.contains("workOrder.kind: 'career-lader' is not a WorkOrderKind"))
    #expect(error.description.contains("did you mean 'career-ladder'?"))
  }

  @Test func `an unknown decision is refused with the nearest one`() throws {
    let error = try #require(throws: UnknownDecision.self) {
      try ShippedPolicies.load().decide(
        .withEveryFact, today: TutoringSession.withEveryFact.date, decisions: ["exprot"])
    }
    #expect(
      error.description
        == "'exprot' is not a decision of these policies: did you mean 'export'?")
  }

  private static func names<Keys: CodingKey & CaseIterable>(_: Keys.Type) -> [String] {
    Keys.allCases.map(\.stringValue)
  }
}
