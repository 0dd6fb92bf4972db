import CEL
import Diagnostics
import PolicyEngine
import Testing
import TutoringSessions
import TutoringTestSupport

/// The shipped policies, day by day, for generated sessions.
@Suite struct TimelineAgreementTests {
  @Test(arguments: 1...6)
  func `a timeline tells what each of its days comes to`(seed: Int) throws {
    let policies = try ShippedPolicies.load()
    var generator = SessionGenerator(seed: UInt64(seed))
    let session = generator.session(seed)
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: session.id, bytes: Array(try session.jsonData())),
        schema: policies.vocabulary.schema, into: &diagnostics))
    let first = session.date.daysSinceEpoch - 3
    let last = first + 50
    let timeline = policies.timeline(
      of: document, from: CivilDate(daysSinceEpoch: first), until: CivilDate(daysSinceEpoch: last),
      decisions: Array(policies.decisions.indices))
    for day in first...last {
      let today = CivilDate(daysSinceEpoch: day)
      let span = try #require(timeline.spans.first { $0.from <= today && today <= $0.until })
      let explanation = policies.explain(
        document, today: today, decisions: Array(policies.decisions.indices))
      let told = explanation.decisions.filter(\.isAskedFor).map {
        "\($0.name) \($0.outcome) \($0.prospect as Any)"
      }
      let found = span.decisions.map { "\($0.name) \($0.outcome) \($0.prospect as Any)" }
      #expect(found == told, "\(today)")
    }
  }
}
