public import CEL
public import Diagnostics

/// Why a document was decided as it was: a value, rendered as text, JSON or anything else.
///
/// It says no more than what was evaluated, and the facts that it cites are those that decided.
public struct Explanation: Sendable {
  /// What tells the document from others; nil when it has nothing that does.
  public let id: String?
  /// One line about the document, as the vocabulary summarises it; nil when it gives no summary.
  public let summary: String?
  /// The date decided for.
  public let today: CivilDate
  /// The date that picked dated values and the rules in force; nil when the document does not tell.
  public let governingDate: CivilDate?
  /// The zone of the policy set, in which people read instants (an IANA identifier).
  public let timeZone: String
  /// What the rules' sources are called, such as `Handbook`.
  public let sourceTitle: String
  /// The facts that the governing date was read from: they count as cited wherever a parameter does.
  public let governing: Citations
  /// Whether confidential facts are kept from the viewer, since the document is somebody else's.
  public let isWithholding: Bool
  /// The decisions asked for, then those that they need, each once.
  public package(set) var decisions: [DecisionExplanation]
  /// What it was decided by and from.
  public let provenance: Provenance
  /// How much was evaluated, cited and looked up for it.
  package let work: Int

  /// Whether every decision asked for passes, and at least one was asked for.
  public var passes: Bool {
    let asked = decisions.filter(\.isAskedFor)
    return !asked.isEmpty && asked.allSatisfy { $0.outcome == .pass }
  }
}

extension Explanation {
  /// The dated values that decided, each once, with the version that was in force.
  public var datedValues: [Citations.ParameterValue] {
    var cited = CitationCollector()
    for rule in decisions.lazy.flatMap(\.rules) {
      for clause in rule.conditions {
        clause.condition.forEachDecisive { cited.add(parametersOf: $0) }
      }
      if let fix = rule.fix { cited.add(parametersOf: fix.citations) }
    }
    return cited.citations.parameters
  }
}

/// Why one decision came out as it did.
public struct DecisionExplanation: Sendable {
  /// What the decision is about one of its subjects.
  public struct SubjectOutcome: Sendable {
    /// Where the subject stands; the root for the document itself.
    public let path: AttributePath
    /// One line about the subject; nil when the vocabulary gives no summary.
    public let summary: String?
    /// The outcome of the decision for it.
    public let outcome: DecisionOutcome
  }

  /// The decision's name.
  public let name: String
  /// The question in people's words.
  public let title: String
  /// Whether it was asked for, rather than needed by one that was.
  public let isAskedFor: Bool
  /// Its outcome, over all its subjects and with the decisions it needs.
  public let outcome: DecisionOutcome
  /// The policy's word for the outcome.
  public let word: String
  /// The decisions that must pass first.
  public let needs: [String]
  /// Its outcome for each subject; for a decision about the document, the document alone.
  public let subjects: [SubjectOutcome]
  /// Each rule that it is made of, for each of the rule's subjects.
  public package(set) var rules: [RuleExplanation]
  /// Whether and until when a failing decision can still be fixed, as far as its rules say; nil unless it fails.
  public package(set) var prospect: Prospect?
}

/// Why one rule came out as it did for one subject.
public struct RuleExplanation: Sendable {
  /// The rule's id.
  public let id: String
  /// The rule in one sentence, as it is when satisfied.
  public let title: String
  /// What its file says its rules are about.
  public let topic: String?
  /// Whether violating it fails its decisions.
  public let severity: Rule.Severity
  /// Where its subject stands.
  public let path: AttributePath
  /// One line about the subject; nil for the document itself.
  public let subjectSummary: String?
  /// What the rule calls its subject; nil for the document itself.
  public let subjectVariable: String?
  /// Its outcome.
  public let outcome: RuleOutcome
  /// What is missing, so that it is undetermined.
  public let missing: [Citations.Fact]
  /// The facts that it could have read and that are kept from the viewer; where there are any, neither what is
  /// missing nor the errors met are shown.
  public let withheld: [WithheldFact]
  /// The conditions that were looked at.
  public let conditions: [ClauseExplanation]
  /// The reason in words; nil unless the rule is violated and gives one.
  public let reason: String?
  /// What fixes it; nil unless the rule is violated and says so.
  public package(set) var fix: FixExplanation?
  /// The grounds one of which must hold; none where the rule requires something else.
  public let grounds: [GroundExplanation]
  /// How the value of its decision came about; nil where the rule requires something else.
  public package(set) var given: GivenExplanation?
  /// The exceptions by which it does not apply.
  public let exceptions: [ExceptionExplanation]
  /// Where the rule stands in the policy files.
  public let place: SourceRange
  /// Where the handbook says so.
  public let source: String?
  /// What the handbook says there, in its words.
  public let quote: String?
}

/// One of a rule's conditions.
public struct ClauseExplanation: Sendable {
  /// Which of the rule's conditions it is.
  public let role: ClauseRole
  /// Its outcome, with its parts.
  public let condition: ConditionExplanation
}

/// A condition with its parts, and the outcome of each.
public struct ConditionExplanation: Sendable {
  /// How the parts are taken together.
  public enum Combination: String, Sendable {
    case all, any, none, anyKnown
  }

  /// How the parts are taken together; nil for a single expression.
  public let combination: Combination?
  /// The condition in people's words; nil when its author gave none.
  public let label: String?
  /// The expression as it is written; nil for a combination.
  public let expression: String?
  /// Its outcome.
  public let truth: ConditionTruth
  /// Its parts, for a combination.
  public let parts: [ConditionExplanation]
  /// What an expression read that made the difference.
  public let citations: Citations
  /// By how little a comparison failed; nil where it did not, or by much.
  public let nearMiss: NearMiss?
  /// Whether it made the difference to the condition that it is part of.
  public let isDecisive: Bool
  /// Where it stands in the policy files.
  public let place: SourceRange
  /// How the value came about that it asks for; nil for all other conditions.
  var given: GivenExplanation?

  /// What it and its parts read, where they made the difference.
  public var decisiveCitations: Citations {
    if parts.isEmpty { return citations }
    var collector = CitationCollector()
    forEachDecisive { collector.add($0) }
    return collector.citations
  }

  /// Goes through what it and its parts read, where they made the difference.
  package func forEachDecisive(_ body: (Citations) -> Void) {
    body(citations)
    for part in parts where part.isDecisive { part.forEachDecisive(body) }
  }
}

/// The outcome of a condition.
public enum ConditionTruth: Hashable, Sendable {
  case holds
  case fails
  case undetermined(Undetermined)
  /// It could tell something of a fact that is kept from the viewer.
  case withheld
}

/// What to do about a violation, and until when.
public struct FixExplanation: Sendable {
  /// What to do, in words.
  public let action: String
  /// Whether it can still be done.
  public let prospect: Prospect
  /// What the last day for it was reckoned from.
  public let citations: Citations
}
