import CEL
import Diagnostics
import PolicyEngine

/// Compares what two policy sets make of a session, and says what a case would expect of the first.
struct VerdictDifference {
  let original: PolicySet
  let changed: PolicySet
  /// The rules that may differ, by their index; nil for all.
  let rules: [Int]?
  /// The decisions asked for, by their index in both.
  let decisions: [Int]
  /// Whether only the words of a rule differ.
  let isInText: Bool

  /// The lines under `expect` of a case that tells them apart; nil where nothing does.
  func expectation(of session: TriedSession) -> String? {
    guard let document = session.document, isTellable(session, document) else { return nil }
    let before = original.decide(document, today: session.today, decisions: decisions)
    let after = changed.decide(document, today: session.today, decisions: decisions)
    if before != after { return lines(before) }
    guard let rules else { return nil }
    let ids = Set(rules.map { original.rules[$0].id })
    let explained = [original, changed].map { policies in
      policies.explain(document, today: session.today, decisions: decisions).decisions
        .flatMap(\.rules).filter { ids.contains($0.id) }
    }
    for (rule, other) in zip(explained[0], explained[1]) {
      if let more = lines(rule, other) { return lines(before) + more }
    }
    return nil
  }

  /// Whether the session may tell them apart, which takes little time to say.
  private func isTellable(_ session: TriedSession, _ document: FactDocument) -> Bool {
    guard let rules else { return true }
    let outcomes = [original, changed].map {
      $0.outcomes(
        ofRules: rules, in: document, today: session.today, decisions: decisions)
    }
    return outcomes[0] != outcomes[1] || (isInText && outcomes[0].contains(.violated))
  }

  private func lines(_ verdict: Verdict) -> String {
    let outcomes = verdict.decisions.map { "\($0.name): \($0.outcome.rawValue)" }
    var text = "    decisions: {\(outcomes.joined(separator: ", "))}\n"
    for (key, findings) in [
      ("violated", verdict.violated), ("undetermined", verdict.undetermined),
      ("warnings", verdict.warnings),
    ] {
      text += "    \(key): [\(findings.map(item).joined(separator: ", "))]\n"
    }
    return text
  }

  private func item(_ finding: Verdict.Finding) -> String {
    if finding.at.isEmpty, finding.missing.isEmpty { return finding.rule }
    var text = "{rule: \(finding.rule), at: \"\(finding.at)\""
    if !finding.missing.isEmpty {
      text += ", missing: [\(finding.missing.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
    return text + "}"
  }

  /// What of a rule differs beyond the verdict: what it comes to unseen, or what it says.
  private func lines(_ rule: RuleExplanation, _ other: RuleExplanation) -> String? {
    let (word, otherWord) = (OutcomeWord(rule.outcome), OutcomeWord(other.outcome))
    if word != otherWord {
      let at = rule.path.pathFromRoot
      let outcome = at.isEmpty ? word.rawValue : "{\"\(at)\": \(word.rawValue)}"
      return "    outcomes: {\(rule.id): \(outcome)}\n"
    }
    if let reason = rule.reason, reason != other.reason {
      return "    reason: {\(rule.id): \(JSONValue.string(reason).compact)}\n"
    }
    guard let fix = rule.fix, let otherFix = other.fix else { return nil }
    if fix.action != otherFix.action {
      return "    fix: {\(rule.id): {do: \(JSONValue.string(fix.action).compact)}}\n"
    }
    if let deadline = fix.prospect.deadline, deadline != otherFix.prospect.deadline {
      return "    fix: {\(rule.id): {by: \(deadline)}}\n"
    }
    return nil
  }
}
