#if Server
package import CEL
package import PolicyEngine

/// A rule that stands in the way or warns, as people read it.
package struct Reason: Hashable, Sendable {
  /// How the rule came out.
  package enum Kind: String, Hashable, Sendable {
    case violated, undetermined, warning
  }

  /// A fact that decided.
  package struct Fact: Hashable, Sendable {
    /// The path, such as `session.encounters[0].subject`.
    package let path: String
    /// Whose fact it is, where that is not the session.
    package let holder: String?
    /// The fact in words.
    package let label: String
    /// Its value in words; nil where it is not given.
    package let value: String?
  }

  /// How the rule came out.
  package let kind: Kind
  /// The rule's id.
  package let rule: String
  /// The rule in one sentence.
  package let title: String
  /// Where its subject stands in the document, such as `encounters[0]`; empty for the session itself.
  package let at: String
  /// One line about its subject; nil for the session itself.
  package let subject: String?
  /// Why it is violated, in words; what is missing, where it is undetermined.
  package let text: String
  /// The facts that decided.
  package let facts: [Fact]
  /// What to do; nil where the rule says nothing.
  package let fix: String?
  /// Whether, and until when, that can be done.
  package let prospect: Prospect?
  /// Where the handbook says so.
  package let source: String?

  /// What is to be said of a rule; nil for one that neither stands in the way nor warns.
  package init?(_ rule: RuleExplanation) {
    switch (rule.outcome, rule.severity) {
    case (.violated, .error): kind = .violated
    case (.violated, .warning): kind = .warning
    case (.undetermined, .error): kind = .undetermined
    default: return nil
    }
    self.rule = rule.id
    title = rule.title
    at = rule.path.pathFromRoot
    subject = rule.subjectSummary
    var paths: Set<AttributePath> = []
    let cited = rule.conditions.flatMap(\.condition.decisiveCitations.facts)
      .filter { paths.insert($0.path).inserted }
    facts = (kind == .undetermined ? rule.missing : cited).map { fact in
      Fact(
        path: fact.path.description, holder: fact.holder?.summary,
        label: fact.label ?? fact.path.lastName, value: fact.words)
    }
    switch kind {
    case .violated, .warning: text = rule.reason ?? rule.title
    case .undetermined:
      text =
        facts.isEmpty
        ? "It can't be decided: " + rule.title
        : "It can't be decided without " + facts.map(\.inWords).joined(separator: ", ") + "."
    }
    fix = rule.fix?.action
    prospect = rule.fix?.prospect
    source = rule.source
  }

  /// The last day on which it can be put right; nil where none is known.
  package var deadline: CivilDate? {
    if case .until(let day)? = prospect { day } else { nil }
  }
}

extension Reason.Fact {
  /// The fact with whose it is.
  package var inWords: String { holder.map { "\(label) of \($0)" } ?? label }
}

extension AttributePath {
  /// The name of the fact that the path ends with.
  package var lastName: String {
    for step in steps.reversed() {
      if case .field(let name) = step { return name }
    }
    return root
  }
}

extension Explanation {
  /// What stands in the way or warns, in the order of the decisions, each rule once for each subject.
  package var reasons: [Reason] {
    var seen: Set<[String]> = []
    return decisions.flatMap(\.rules).compactMap(Reason.init).filter {
      seen.insert([$0.rule, $0.at]).inserted
    }
  }
}
#endif
