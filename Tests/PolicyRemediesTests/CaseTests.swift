import CEL
import Diagnostics
import Testing
import TutoringTestSupport

@testable import PolicyEngine
@testable import PolicyRemedies

/// Where which case an object is of is not to be chosen, each case is shown with what it needs.
@Suite struct CaseTests {
  private static let session = """
    {"id":"S-1","date":"2026-10-14",\
    "tutor":{"id":"T-7","name":"Ada Cruz","approvedSchools":["truman-high"]},\
    "start":"2026-10-14T15:00:00-05:00","end":"2026-10-14T16:00:00-05:00","tags":[],\
    "encounters":[{"student":{"id":"ST-1","name":"Bo Diaz","school":"truman-high",\
    "readingImprovementPlan":false,"grades":[],"stateAssessments":[],"districtAssessments":[]},\
    "arrived":"2026-10-14T15:00:00-05:00","departed":"2026-10-14T16:00:00-05:00",\
    "activelyTutored":true,"creditRecoveryMaterial":false,"qualifiers":{"homebound":false,\
    "detention":false,"creditRecovery":false,"remedial":false},"remedialCriteria":[]}]}
    """

  @Test func `a session without a work order is shown every kind, with what each needs`() throws {
    let policies = try ShippedPolicies.load()
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "", text: Self.session), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let export = try #require(policies.decisionIndex(named: "export"))
    let remedies = PolicyKnowledge(policies).remedies(
      for: document, today: CivilDate(daysSinceEpoch: 20_742), decisions: [export])
    let step = try #require(remedies.decisions[0].steps.first)
    let sentences = step.alternatives.map {
      remedies.sentence(for: $0, of: remedies.decisions[0])
    }
    let kinds = try #require(policies.vocabulary.enumeration(named: "WorkOrderKind"))
    for kind in kinds.cases {
      #expect(sentences.contains { $0.contains(kind.label) }, "\(sentences)")
    }
    #expect(sentences.allSatisfy { $0.hasPrefix("If the session was held under a work order") })
    #expect(step.alternatives.allSatisfy { $0.proof.holds && $0.changes[0].isQuestion })
    let ladder = try #require(sentences.firstIndex { $0.contains("Career Ladder Goal 1") })
    #expect(step.alternatives[ladder].changes.count == 3)
    #expect(step.alternatives[0].changes.count == 1)
    let detention = try #require(sentences.firstIndex { $0.contains("Detention") })
    #expect(!step.alternatives[detention].warnings.isEmpty)
  }
}
