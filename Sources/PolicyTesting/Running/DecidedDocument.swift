import CEL
import PolicyEngine

/// A document that policies decided, with what the rules say of it where somebody asks.
///
/// Explaining a whole document takes many times as long as deciding it; cases expect a few words of it.
struct DecidedDocument: Sendable {
  /// What the rules saw.
  let context: DecisionContext
  private let policies: PolicySet
  private let all: Findings

  init(
    _ document: FactDocument, today: CivilDate, decisions: [Int], policies: PolicySet
  ) {
    self.policies = policies
    context = DecisionContext(policies: policies, document: document.draft, today: today)
    all = Findings(asked: decisions, in: context)
  }

  /// What was decided.
  var verdict: Verdict { all.verdict(in: context) }

  /// The outcome of every rule with a say, by rule and then in the order of the document.
  var findings: [Findings.Finding] { all.findings }

  /// The outcome of a rule, for each of its subjects.
  func findings(of rule: String) -> [Findings.Finding] {
    all.findings.filter { policies.rules[$0.rule].id == rule }
  }

  /// Why a rule is violated, in words; nil where it is not, or says nothing.
  func reason(of finding: Findings.Finding) -> String? {
    guard let activation = activation(of: finding) else { return nil }
    return policies.rules[finding.rule].because.map {
      TemplateRenderer(policies: policies).render($0, in: activation)
    }
  }

  /// What fixes a violated rule, and until when; nil where it is not violated, or offers nothing.
  func fix(of finding: Findings.Finding) -> (action: String, prospect: Prospect)? {
    guard let activation = activation(of: finding), case .value(let object) = finding.subject,
      let fix = policies.rules[finding.rule].fix
    else { return nil }
    return (
      TemplateRenderer(policies: policies).render(fix.action, in: activation),
      context.prospect(of: fix, for: object, decision: finding.decision)
    )
  }

  private func activation(of finding: Findings.Finding) -> Activation? {
    guard finding.outcome == .violated, case .value(let object) = finding.subject else {
      return nil
    }
    return context.activation(for: object, decision: finding.decision)
  }
}
