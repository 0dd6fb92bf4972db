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

  /// The terms of the document that may differ, by their index in its type.
  var terms: [Int] = []

  /// The lines under `expect` of a case that tells them apart; nil where nothing does.
  func expectation(of document: FactDocument, today: CivilDate) -> String? {
    let (before, after) = (
      decide(document, today, by: original), decide(document, today, by: changed)
    )
    let verdict = before.verdict
    if verdict != after.verdict { return lines(verdict) }
    for rule in rules ?? [] {
      let findings = [before, after].map { $0.findings.filter { $0.rule == rule } }
      for (finding, other) in zip(findings[0], findings[1]) {
        if let more = lines(before, finding, after, other) { return lines(verdict) + more }
      }
    }
    return termLines(of: document, today)
  }

  /// The value of a term that is another one after the change, where it is one that a case can expect.
  func termLines(of document: FactDocument, _ today: CivilDate) -> String? {
    let vocabulary = original.vocabulary
    let path = AttributePath(root: vocabulary.documentName)
    for index in terms {
      let values = [original, changed].map { policies -> CELValue? in
        let term = policies.vocabulary.types[vocabulary.documentType].terms[index]
        let found = policies.trace(ofTerm: term, at: path, in: document, today: today)
        if case .value(let value)? = found?.result { return value } else { return nil }
      }
      guard let value = values[0], values[1].map({ !value.isEqual(to: $0) }) ?? true else {
        continue
      }
      let name = vocabulary.types[vocabulary.documentType].terms[index].name
      let text = ValueLiteral.text(of: value)
      return "    terms: {\(path.root).\(name): \(text)}\n"
    }
    return nil
  }

  private func decide(
    _ document: FactDocument, _ today: CivilDate, by policies: PolicySet
  ) -> DecidedDocument {
    DecidedDocument(document, today: today, decisions: decisions, policies: policies)
  }

  private func lines(_ verdict: Verdict) -> String {
    let outcomes = verdict.decisions.map { "\($0.name): \($0.outcome.rawValue)" }
    var text = "    decisions: {\(outcomes.joined(separator: ", "))}\n"
    for value in verdict.values ?? [] where value.at.isEmpty {
      text += "    gives: {\(value.decision): \(ValueLiteral.text(of: value.value))}\n"
    }
    for (key, findings) in [
      ("violated", verdict.violated), ("undetermined", verdict.undetermined),
      ("warnings", verdict.warnings), ("observed", verdict.observed ?? []),
      ("waived", verdict.waived ?? []),
    ] where !findings.isEmpty || !["observed", "waived"].contains(key) {
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

  /// What of a rule differs beyond the verdict: its unseen outcome, or what it says.
  private func lines(
    _ before: DecidedDocument, _ finding: Findings.Finding, _ after: DecidedDocument,
    _ other: Findings.Finding
  ) -> String? {
    let id = original.rules[finding.rule].id
    let (word, otherWord) = (OutcomeWord(finding.outcome), OutcomeWord(other.outcome))
    if word != otherWord {
      let at = finding.subject.path.pathFromRoot
      let outcome = at.isEmpty ? word.rawValue : "{\"\(at)\": \(word.rawValue)}"
      return "    outcomes: {\(id): \(outcome)}\n"
    }
    if let reason = before.reason(of: finding), reason != after.reason(of: other) {
      return "    reason: {\(id): \(JSONValue.string(reason).compact)}\n"
    }
    guard let fix = before.fix(of: finding) else { return nil }
    let otherFix = after.fix(of: other)
    if fix.action != otherFix?.action {
      return "    fix: {\(id): {do: \(JSONValue.string(fix.action).compact)}}\n"
    }
    if let deadline = fix.prospect.deadline, deadline != otherFix?.prospect.deadline {
      return "    fix: {\(id): {by: \(deadline)}}\n"
    }
    return nil
  }
}
