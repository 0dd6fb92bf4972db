import CEL
import Diagnostics
import PolicyEngine

/// Compares what policies decide of a case's session with what the case expects.
struct CaseJudge {
  let fixture: FixtureCase
  let policies: PolicySet
  /// Whether the first thing that came out otherwise is enough to know.
  private let stopsAtFirst: Bool
  private var mismatches: [Mismatch] = []

  init(fixture: FixtureCase, policies: PolicySet, stopsAtFirst: Bool = false) {
    self.fixture = fixture
    self.policies = policies
    self.stopsAtFirst = stopsAtFirst
  }

  mutating func judge() -> [Mismatch] {
    let expectation = fixture.expectation
    if let mistake = expectation.mistake {
      judge(mistake)
      return mismatches
    }
    guard let document = fixture.document else { return mismatches }
    let decided = DecidedDocument(
      document, today: fixture.today, decisions: fixture.decisions, policies: policies)
    let verdict = decided.verdict
    judgeDecisions(of: verdict)
    for expected in expectation.gives { judge(expected, verdict) }
    judge(expectation.violated, "violated", verdict.violated)
    judge(expectation.undetermined, "undetermined", verdict.undetermined)
    judge(expectation.warnings, "warnings", verdict.warnings)
    judge(expectation.observed, "observed", verdict.observed ?? [])
    judge(expectation.waived, "waived", verdict.waived ?? [])
    if isDone { return mismatches }
    judgeTerms(in: document)
    judgeParameters(in: document)
    if isDone { return mismatches }
    for outcome in expectation.outcomes { judge(outcome, decided) }
    for (rule, words) in expectation.reasons { judgeReason(of: rule, words, decided) }
    for fix in expectation.fixes { judge(fix, decided) }
    return mismatches
  }

  /// Whether nothing more needs to be compared.
  private var isDone: Bool { stopsAtFirst && !mismatches.isEmpty }

  private mutating func add(
    _ subject: String, _ expected: String, _ actual: String, at range: SourceRange,
    rules: Set<Mismatch.Decisive> = [], from origin: String? = nil,
    accepting text: String? = nil
  ) {
    mismatches.append(
      Mismatch(
        subject: subject, expected: expected, actual: actual, range: range, origin: origin,
        rules: rules, accepted: text.map { TextEdit(range: range, text: $0) }))
  }

  private mutating func judge(_ mistake: Expected<String>) {
    let messages = fixture.mistakes.map(\.message)
    guard !messages.contains(where: { $0.contains(mistake.value) }) else { return }
    add(
      "mistake", mistake.value,
      messages.isEmpty ? "a session without a mistake" : messages.joined(separator: "; "),
      at: mistake.range)
  }

  private mutating func judgeDecisions(of verdict: Verdict) {
    for (name, expected) in fixture.expectation.decisions {
      guard let actual = verdict.decisions.first(where: { $0.name == name })?.outcome else {
        add(name, expected.value.rawValue, "no such decision", at: expected.range)
        continue
      }
      guard actual != expected.value else { continue }
      let named = Set(fixture.expectation.rules.map(\.id))
      // A case that names no rule may not expect more than that it passes.
      let isTellable = actual == .pass || fixture.expectation.violated != nil || !named.isEmpty
      add(
        name, expected.value.rawValue, actual.rawValue, at: expected.range,
        rules: decisive(for: name, actual, in: verdict),
        accepting: isTellable ? actual.rawValue : nil)
    }
  }

  private mutating func judge(
    _ expected: (decision: String, at: String?, value: Expected<CELValue>), _ verdict: Verdict
  ) {
    let found = (verdict.values ?? []).filter {
      $0.decision == expected.decision && (expected.at == nil || expected.at == $0.at)
    }
    let wanted = expected.value.value
    let wrong = found.first { !$0.value.isEqual(to: wanted) }
    guard wrong != nil || found.isEmpty != wanted.isEqual(to: .null) else { return }
    let place = expected.at.map { " at \($0)" } ?? ""
    let text = wrong.map { ValueLiteral.text(of: $0.value) }
    add(
      "value of \(expected.decision)\(place)",
      wanted.isEqual(to: .null) ? "none" : ValueLiteral.text(of: wanted),
      text ?? "none: the decision does not pass", at: expected.value.range,
      accepting: text
        ?? (verdict.decisions.contains { $0.name == expected.decision } ? "null" : nil))
  }

  /// The rules that tell why a decision came out as it did: where they are found, first those about which
  /// nothing was said; where it passes, those about which something was.
  private func decisive(
    for decision: String, _ outcome: DecisionOutcome, in verdict: Verdict
  ) -> Set<Mismatch.Decisive> {
    let expectation = fixture.expectation
    let decided = Set(
      policies.decisionsNeeded(by: policies.decisionIndex(named: decision).map { [$0] } ?? []))
    let concerned = Set(policies.rules.filter { !decided.isDisjoint(with: $0.decides) }.map(\.id))
    guard outcome != .pass else {
      return Set(
        expectation.rules.filter { concerned.contains($0.id) }.map {
          Mismatch.Decisive(rule: $0.id)
        })
    }
    let findings = (outcome == .fail ? verdict.violated : verdict.undetermined)
      .filter { concerned.contains($0.rule) }
    let items = (expectation.violated?.items ?? []) + (expectation.undetermined?.items ?? [])
    let surplus = findings.filter { finding in !items.contains { $0.matches(finding) } }
    return Set(
      (surplus.isEmpty ? findings : surplus).map {
        Mismatch.Decisive(rule: $0.rule, at: $0.at, isFound: true)
      })
  }

  private mutating func judge(
    _ expected: Expectation.Findings?, _ subject: String, _ actual: [Verdict.Finding]
  ) {
    guard let expected else { return }
    let missed = expected.items.filter { item in !actual.contains { item.matches($0) } }
    let surplus =
      expected.isOpen
      ? [] : actual.filter { finding in !expected.items.contains { $0.matches(finding) } }
    guard !missed.isEmpty || !surplus.isEmpty else { return }
    let wanted = expected.items.map(\.words)
    add(
      subject,
      (expected.isOpen ? "among others " : "") + (wanted.isEmpty ? "none" : wanted.joined(", ")),
      actual.isEmpty ? "none" : actual.map(\.words).joined(", "),
      at: missed.first?.range ?? expected.range,
      rules: Set(
        missed.map { Mismatch.Decisive(rule: $0.rule, at: $0.at) }
          + surplus.map { Mismatch.Decisive(rule: $0.rule, at: $0.at, isFound: true) }))
    guard var last = mismatches.popLast() else { return }
    if expected.items.count + actual.count > 2 {
      let lack = missed.isEmpty ? nil : "there is no " + missed.map(\.words).joined(", ")
      let more = surplus.isEmpty ? nil : "there is also " + surplus.map(\.words).joined(", ")
      last.difference = [lack, more].compactMap(\.self).joined("; ")
    }
    if !expected.isOpen {
      let list = "[" + actual.map { $0.flowText(among: actual) }.joined(", ") + "]"
      last.accepted = TextEdit(range: expected.range, text: list)
    }
    mismatches.append(last)
  }

  private mutating func judge(_ expected: Expectation.RuleResult, _ decided: DecidedDocument) {
    let found = decided.findings(of: expected.rule).filter {
      expected.at == nil || expected.at == $0.subject.path.pathFromRoot
    }
    let place = expected.at.map { " at \($0)" } ?? ""
    let wanted = expected.outcome.value
    guard let wrong = found.first(where: { OutcomeWord($0.outcome) != wanted }) else {
      if found.isEmpty {
        add(
          expected.rule, wanted.rawValue + place, "nothing: it is not asked there",
          at: expected.outcome.range, rules: [.init(rule: expected.rule)])
      }
      return
    }
    let word = OutcomeWord(wrong.outcome).rawValue
    let path = wrong.subject.path
    let actual = path.steps.isEmpty ? word : "\(word) at \(path.pathFromRoot)"
    add(
      expected.rule, wanted.rawValue + place, actual, at: expected.outcome.range,
      rules: [.init(rule: expected.rule, at: path.pathFromRoot)],
      accepting: found.allSatisfy { $0.outcome == wrong.outcome } ? word : nil)
  }

  private mutating func judgeReason(
    of rule: String, _ words: Expected<String>, _ decided: DecidedDocument
  ) {
    let reasons = decided.findings(of: rule).compactMap { decided.reason(of: $0) }
    guard !reasons.contains(where: { $0.foldedSpace.contains(words.value.foldedSpace) }) else {
      return
    }
    add(
      "reason of \(rule)", words.value,
      reasons.isEmpty ? "none: the rule is not violated, or gives none" : reasons.joined(" / "),
      at: words.range, rules: [.init(rule: rule, isFound: !reasons.isEmpty)],
      accepting: reasons.first.map { ValueLiteral.text(of: .string($0)) })
  }

  private mutating func judge(_ expected: Expectation.Fix, _ decided: DecidedDocument) {
    let subject = "fix of \(expected.rule)"
    let fixes = decided.findings(of: expected.rule).compactMap { decided.fix(of: $0) }
    guard let first = fixes.first else {
      if let range = (expected.action?.range ?? expected.deadline?.range ?? expected.isOpen?.range)
      {
        add(
          subject, "a fix", "none: the rule is not violated, or offers none", at: range,
          rules: [.init(rule: expected.rule)])
      }
      return
    }
    if let action = expected.action,
      !fixes.contains(where: { $0.action.foldedSpace.contains(action.value.foldedSpace) })
    {
      add(
        subject, action.value, fixes.map(\.action).joined(" / "), at: action.range,
        rules: [.init(rule: expected.rule, isFound: true)],
        accepting: ValueLiteral.text(of: .string(first.action)))
    }
    if let deadline = expected.deadline, first.prospect.deadline != deadline.value {
      add(
        subject, "by \(deadline.value)",
        first.prospect.deadline.map { "by \($0)" } ?? "no deadline", at: deadline.range,
        rules: [.init(rule: expected.rule, isFound: true)],
        accepting: first.prospect.deadline?.description)
    }
    if let isOpen = expected.isOpen, first.prospect.isOpen != isOpen.value {
      let words = [true: "open", false: "closed"]
      let actual = first.prospect.isOpen.flatMap { words[$0] }
      add(
        subject, words[isOpen.value] ?? "", actual ?? "unknown", at: isOpen.range,
        rules: [.init(rule: expected.rule, isFound: true)], accepting: actual)
    }
  }

  private mutating func judgeTerms(in document: FactDocument) {
    for expected in fixture.expectation.terms {
      let subject = "\(expected.path).\(expected.term)"
      let wanted = ValueLiteral.text(of: expected.value.value)
      guard policies.vocabulary.types.indices.contains(expected.type),
        let term = policies.vocabulary.types[expected.type].terms
          .first(where: { $0.name == expected.term }),
        let actual = policies.trace(
          ofTerm: term, at: expected.path, in: document, today: fixture.today)
      else {
        add(
          subject, wanted, "nothing: the session has no \(expected.path)", at: expected.value.range)
        continue
      }
      switch actual.result {
      case .value(let value) where value.isEqual(to: expected.value.value): continue
      case .value(let value):
        let text = ValueLiteral.text(of: value)
        add(
          subject, wanted, text, at: expected.value.range, from: origin(of: term), accepting: text)
      case .error(let error):
        add(subject, wanted, error.message, at: expected.value.range, from: origin(of: term))
      case .unknown(let facts):
        let paths = facts.paths.map(\.pathFromRoot).joined(", ")
        add(
          subject, wanted, "undetermined, for \(paths) is missing", at: expected.value.range,
          from: origin(of: term))
      }
    }
  }

  private func origin(of term: VocabularyType.Term) -> String {
    "\(term.definition.range.text.folded)   \(term.definition.range.fileAndLine)"
  }

  private mutating func judgeParameters(in document: FactDocument) {
    for (name, expected) in fixture.expectation.parameters {
      let wanted = ValueLiteral.text(of: expected.value)
      let parameter = policies.vocabulary.parameters.first { $0.name == name }
      let actual = parameter.flatMap {
        policies.valueInForce(of: $0, for: document, today: fixture.today)
      }
      guard let actual else {
        if expected.value.isEqual(to: .null) { continue }
        let first = parameter?.values.first
        add(
          name, wanted, "no value in force", at: expected.range,
          from: first.map { "the first holds from \($0.from)   \($0.range.fileAndLine)" },
          accepting: "null")
        continue
      }
      guard !actual.value.isEqual(to: expected.value) else { continue }
      let text = ValueLiteral.text(of: actual.value)
      add(
        name, wanted, text, at: expected.range,
        from: "in force since \(actual.from)   \(actual.range.fileAndLine)", accepting: text)
    }
  }
}

extension Expectation.Item {
  fileprivate func matches(_ finding: Verdict.Finding) -> Bool {
    rule == finding.rule && (at == nil || at == finding.at)
      && (missing == nil || missing == Set(finding.missing))
  }

  fileprivate var words: String {
    rule + (at.map { $0.isEmpty ? "" : " at \($0)" } ?? "")
      + (missing.map { ", missing \($0.sorted().joined(", "))" } ?? "")
  }
}

extension Verdict.Finding {
  fileprivate var words: String {
    rule + (at.isEmpty ? "" : " at \(at)")
      + (missing.isEmpty ? "" : ", missing \(missing.joined(", "))")
  }

  /// The finding as an item of a list in brackets; with its place where the rule is found at several.
  fileprivate func flowText(among all: [Verdict.Finding]) -> String {
    guard all.count(where: { $0.rule == rule }) > 1 else { return rule }
    return "{rule: \(rule), at: \"\(at)\"}"
  }
}

extension Prospect {
  /// The last day; nil where there is none.
  var deadline: CivilDate? {
    switch self {
    case .until(let date), .closed(let date): date
    case .open, .unknown: nil
    }
  }

  /// Whether something can still be done; nil where nobody can tell.
  fileprivate var isOpen: Bool? {
    switch self {
    case .open, .until: true
    case .closed: false
    case .unknown: nil
    }
  }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}

extension String {
  /// The text with line breaks and runs of space as single spaces.
  fileprivate var foldedSpace: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
