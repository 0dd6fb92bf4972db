import CEL
import Diagnostics
import TestSupport
import Testing
import TutoringSessions
import TutoringTestSupport

@testable import PolicyEngine
@testable import PolicyRemedies

/// What the shipped rules propose in their own words is something that can be.
///
/// Each proposal is made in the session, in all the ways in which it could be, and the rule decided again: where
/// none satisfies it, the text proposes what can't be.
@Suite struct ProposalTests {
  /// Words of a rule's fix, with the facts that they ask to change together.
  private struct Proposal {
    let words: String
    let facts: [[String]]

    init(_ words: String, _ facts: [String]...) {
      self.words = words
      self.facts = facts
    }
  }

  /// Each of the lists of facts must be a way by itself.
  private static let proposals: [Proposal] = [
    Proposal("Correct the arrival of", ["arrived"]),
    Proposal("Correct the departure of", ["departed"]),
    Proposal("Correct the arrival and the departure of", ["arrived", "departed"]),
    Proposal("Correct the arrival or the departure of", ["arrived"], ["departed"]),
    Proposal("et Remedial to No", ["qualifiers.remedial"]),
    Proposal("et Homebound to No", ["qualifiers.homebound"]),
    Proposal("et Credit Recovery to No", ["qualifiers.creditRecovery"]),
    Proposal("correct Actively Tutored", ["activelyTutored"]),
    Proposal("correct that record instead", ["creditRecoveryMaterial"]),
    Proposal("Record which criteria", ["remedialCriteria"]),
    Proposal("Record the subject and the criteria", ["subject", "remedialCriteria"]),
    Proposal("Record the subject in which", ["subject"]),
    Proposal("Remove the criteria", ["remedialCriteria"]),
  ]

  /// The rules that must hold once a criterion or a subject is recorded, for the record to support it.
  private static let together = [
    "remedial-criterion-recorded": ["claimed-criterion-on-record"]
  ]

  @Test(arguments: 1...4)
  func `no rule proposes what can't be`(seed: UInt64) throws {
    let policies = try ShippedPolicies.load()
    var generator = SessionGenerator(seed: 4_000 + seed)
    var seen: Set<String> = []
    for number in 0..<260 {
      let session = generator.session(number)
      var diagnostics: [Diagnostic] = []
      let document = try #require(
        FactDocument.read(
          json: Source(name: "", bytes: Array(try session.jsonData())),
          schema: policies.vocabulary.schema, into: &diagnostics))
      let context = DecisionContext(
        policies: policies, document: document.draft, today: session.date)
      let asked = Array(policies.decisions.indices)
      for finding in Findings(asked: asked, in: context).findings {
        let rule = policies.rules[finding.rule]
        guard case .violated = finding.outcome, case .value(let object) = finding.subject,
          let fix = rule.fix
        else { continue }
        let text = TemplateRenderer(policies: policies).render(
          fix.action, in: context.activation(for: object, decision: finding.decision))
        for proposal in Self.proposals where text.contains(proposal.words) {
          seen.insert(proposal.words)
          for facts in proposal.facts {
            #expect(
              isPossible(facts, rule, finding, document.draft, context),
              "\(rule.id): \(text)\n\(document.draft.json.compact)")
          }
        }
      }
    }
    #expect(seen.count >= 11, "\(seen.sorted())")
  }

  /// Whether some values of facts of a rule's subject satisfy it.
  private func isPossible(
    _ facts: [String], _ rule: Rule, _ finding: Findings.Finding, _ draft: Draft,
    _ context: DecisionContext
  ) -> Bool {
    let policies = context.policies
    let rules =
      [rule] + policies.rules.filter { (Self.together[rule.id] ?? []).contains($0.id) }
    var drafts = [draft]
    for fact in facts {
      let path = finding.subject.path.steps + fact.split(separator: ".").map { .field(String($0)) }
      drafts = drafts.flatMap { draft in
        values(of: fact, in: draft).map { draft.setting(path, to: $0) }
      }
    }
    return drafts.contains { draft in
      guard case .present(.object(let subject))? = draft.find(finding.subject.path) else {
        return false
      }
      let changed = context.with(document: draft)
      return rules.allSatisfy { rule in
        switch changed.outcome(of: rule, for: .value(subject), decision: finding.decision) {
        case .satisfied, .doesNotApply: true
        case .violated, .undetermined: false
        }
      }
    }
  }

  private func values(of fact: String, in draft: Draft) -> [FieldValue] {
    switch fact {
    case "arrived", "departed":
      var instants: [CELValue] = []
      if case .present(.list(let encounters))? = draft.find(
        AttributePath(root: "", steps: [.field("encounters")]))
      {
        for case .object(let encounter) in encounters {
          for name in ["arrived", "departed"] {
            if let encounter = encounter as? Draft,
              case .present(let value)? = encounter.find(
                AttributePath(root: "", steps: [.field(name)]))
            {
              instants.append(value)
            }
          }
        }
      }
      for name in ["start", "end"] {
        if case .present(let value)? = draft.find(AttributePath(root: "", steps: [.field(name)])) {
          instants.append(value)
        }
      }
      return instants.flatMap { [$0, $0.moved(by: 1), $0.moved(by: -1)] }.compactMap(\.self)
        .withoutRepeats().map { .present($0) }
    case "remedialCriteria":
      let cases = RemedialCriterion.allCases.map { CELValue.string($0.rawValue) }
      return ([[]] + cases.map { [$0] }).map { .present(.list($0)) }
    case "subject": return ["algebra", "reading"].map { .present(.string($0)) }
    default: return [.present(.bool(true)), .present(.bool(false))]
    }
  }
}
