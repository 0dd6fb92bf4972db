import Diagnostics
import PolicyEngine
import YAML

/// Mistakes in fixture files.
extension Diagnostic {
  // MARK: Files and cases

  static func noFixtures(in source: Source) -> Diagnostic {
    Diagnostic(
      code: .noFixtures, "a fixture file holds one document, with 'topic' and 'cases'",
      at: SourceRange(source: source, bytes: 0..<0))
  }

  static func noCases(at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .noCases, "there is no case in here, so nothing would be tried", at: range)
  }

  static func duplicateCase(
    _ name: String, of topic: String, at range: SourceRange, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .duplicate, "case '\(name)' of topic '\(topic)' is declared a second time", at: range,
      notes: [Note("the first one is here", at: first)],
      help: "reports tell cases by topic and name: rename one of the two")
  }

  static func noToday(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noToday, "nothing says for which date this case is decided", at: range,
      help: "write 'today: 2026-11-23' in the case, or in front of 'cases' for all of them")
  }

  static func noBase(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noBase, "nothing says which session this case starts from", at: range,
      help: "write 'base:' with the path of a session file, or a session, in the case or the file")
  }

  static func unreadableBase(
    _ path: String, why error: any Error, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unreadable, "the session '\(path)' can't be read: \(reason(for: error))", at: range,
      help: "the path starts from the folder of this fixture file")
  }

  static func notOneSession(_ path: String, count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .notOneSession, "'\(path)' holds \(count) sessions, and a base is one", at: range)
  }

  static func unknownName(
    _ name: String, what: String, among known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownName, "'\(name)' is not a \(what) of these policies", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "there are"))
  }

  // MARK: Tables

  static func noColumns(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noColumns, "a table needs columns", at: range,
      help: "list paths under 'change', and what is expected under 'expect'")
  }

  static func wrongRow(_ row: YAMLNode, columns: Int) -> Diagnostic {
    let found = row.elements.map { "\($0.count)" } ?? row.kindDescription
    return Diagnostic(
      code: .wrongRow,
      "a row has a cell for each of the \(columns) columns, and this has \(found)",
      at: row.range)
  }

  static func unknownColumn(
    _ name: String, in policies: PolicySet, at range: SourceRange
  ) -> Diagnostic {
    let known =
      FixtureKeys.findings + policies.decisions.map(\.name)
      + policies.rules.map(\.id) + policies.vocabulary.parameters.map(\.name)
    return Diagnostic(
      code: .unknownColumn, "'\(name)' is nothing that a column can expect", at: range,
      help: Suggestion.help(for: name, among: known)
        ?? "a column is a list such as 'violated' or 'warnings', a decision, a rule, a parameter, "
        + "or a term such as 'session.place'")
  }

  static func unvariedColumn(_ path: FactPath) -> Diagnostic {
    Diagnostic(
      .warning, code: .changesNothing, "'\(path.text)' is the same in all rows", at: path.range,
      help: "write it once, under 'change' of the table")
  }

  // MARK: Expectations

  static func expectsNothing(at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .expectsNothing, "nothing is expected here", at: range)
  }

  static func noWords(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .expectsNothing, "this has no word, and almost every text contains it", at: range,
      help: "write at least a word that tells this text from others")
  }

  static func includesNothing(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .expectsNothing, "'includes' needs a list of rules: every session includes none",
      at: range, help: "for no rule at all, write '[]' without 'includes'")
  }

  static func mistakeAndMore(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .expectsNothing,
      "a session that is refused is not decided: with 'mistake', nothing else can be expected",
      at: range)
  }

  static func outcomeWithoutRule(
    _ decision: String, _ outcome: DecisionOutcome, at range: SourceRange
  ) -> Diagnostic {
    let (verb, key) =
      outcome == .fail ? ("fail", "violated") : ("be undetermined", "undetermined")
    return Diagnostic(
      code: .outcomeWithoutRule,
      "'\(decision)' is expected to \(verb), and no rule is named that makes it so", at: range,
      help: "list the rules under '\(key)', so that the case can't pass for another reason")
  }

  static func noOutcome(_ node: YAMLNode, of decision: Decision) -> Diagnostic {
    let text = node.scalar?.text ?? ""
    let help =
      text == decision.passWord
      ? "write 'pass' for '\(text)'"
      : text == decision.failWord ? "write 'fail' for '\(text)'" : nil
    return Diagnostic(
      code: .unknownOutcome, "a decision is 'pass', 'fail' or 'undetermined'",
      at: node.range,
      help: help ?? Suggestion.help(for: text, among: ["pass", "fail", "undetermined"]))
  }

  static func noRuleOutcome(_ node: YAMLNode) -> Diagnostic {
    let known = OutcomeWord.allCases.map(\.rawValue)
    return Diagnostic(
      code: .unknownOutcome, "this is not an outcome of a rule", at: node.range,
      help: Suggestion.helpOrList(
        for: node.scalar?.text ?? "", among: known, listing: "a rule is"))
  }

  static func noProspect(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: .unknownProspect, "a prospect is 'open' or 'closed'", at: node.range,
      help: Suggestion.help(for: node.scalar?.text ?? "", among: ["open", "closed"]))
  }

  static func wrongList(_ key: String, rule: Rule, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongList,
      "'\(rule.id)' \(rule.severity.words), so it is never found under '\(key)'",
      at: range, notes: [Note("the rule is here", at: rule.range)],
      help: "list it under '\(rule.severity.listKey)'")
  }

  static func ruleWithoutSay(
    _ id: String, decides: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .ruleWithoutSay, "'\(id)' has no say in what this case decides", at: range,
      help: "name one of its decisions under 'decisions': \(decides.joined(separator: ", "))")
  }
}

extension Rule.Severity {
  /// The key of the list in which violations are expected.
  var listKey: String {
    switch self {
    case .error: "violated"
    case .warning: "warnings"
    case .observe: "observed"
    }
  }

  fileprivate var words: String {
    switch self {
    case .error: "is not a warning"
    case .warning: "only warns"
    case .observe: "is only observed"
    }
  }
}
