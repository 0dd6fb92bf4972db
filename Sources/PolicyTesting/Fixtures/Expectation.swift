import CEL
import Diagnostics
import PolicyEngine

/// Something expected, with the place where a fixture says so.
struct Expected<Value: Sendable>: Sendable {
  let value: Value
  let range: SourceRange
}

/// What a case expects of its session.
struct Expectation: Sendable {
  /// The rules of one kind of finding: exactly these, or these among others.
  struct Findings: Sendable {
    let items: [Item]
    /// Whether there may be others.
    let isOpen: Bool
    /// The whole list.
    let range: SourceRange
  }

  /// A rule that is found, anywhere or at one place.
  struct Item: Sendable {
    let rule: String
    /// The path of the subject, empty for the document; nil for any.
    let at: String?
    /// The facts that are missing; nil where the fixture does not say.
    let missing: Set<String>?
    let range: SourceRange
  }

  /// The outcome of a rule, for every subject or for one.
  struct RuleResult: Sendable {
    let rule: String
    let at: String?
    let outcome: Expected<OutcomeWord>
  }

  /// The fix that a rule offers.
  struct Fix: Sendable {
    let rule: String
    let action: Expected<String>?
    let deadline: Expected<CivilDate>?
    let isOpen: Expected<Bool>?
  }

  /// The value of a term of an object.
  struct TermValue: Sendable {
    let path: AttributePath
    /// The index of the object's type.
    let type: Int
    let term: String
    let value: Expected<CELValue>
  }

  var decisions: [(name: String, outcome: Expected<DecisionOutcome>)] = []
  /// What decisions give; null for one that gives nothing, since it does not pass.
  var gives: [(decision: String, at: String?, value: Expected<CELValue>)] = []
  var violated: Findings?
  var undetermined: Findings?
  var warnings: Findings?
  var observed: Findings?
  /// The rules that would be violated without a waiver.
  var waived: Findings?
  var outcomes: [RuleResult] = []
  var reasons: [(rule: String, words: Expected<String>)] = []
  var fixes: [Fix] = []
  var terms: [TermValue] = []
  var parameters: [(name: String, value: Expected<CELValue>)] = []
  /// Words of the message by which the session is refused as no document.
  var mistake: Expected<String>?

  /// The lists of rules that there are.
  var lists: [Findings] {
    [violated, undetermined, warnings, observed, waived].compactMap(\.self)
  }

  /// Whether nothing is expected at all.
  var isEmpty: Bool {
    decisions.isEmpty && gives.isEmpty && lists.isEmpty
      && outcomes.isEmpty && reasons.isEmpty && fixes.isEmpty && terms.isEmpty
      && parameters.isEmpty && mistake == nil
  }

  /// Whether the explanation is needed for it.
  var needsExplanation: Bool { !outcomes.isEmpty || !reasons.isEmpty || !fixes.isEmpty }

  /// The rules spoken of, with their places.
  var rules: [(id: String, range: SourceRange)] {
    let found = lists.flatMap(\.items)
    return found.map { ($0.rule, $0.range) }
      + outcomes.map { ($0.rule, $0.outcome.range) } + reasons.map { ($0.rule, $0.words.range) }
      + fixes.compactMap { fix in
        (fix.action?.range ?? fix.deadline?.range ?? fix.isOpen?.range).map { (fix.rule, $0) }
      }
  }
}

/// The outcome of a rule, as fixtures write it.
enum OutcomeWord: String, Sendable, CaseIterable {
  case satisfied, violated, undetermined
  case doesNotApply = "does-not-apply"
  case notInForce = "not-in-force"

  init(_ outcome: RuleOutcome) {
    self =
      switch outcome {
      case .satisfied: .satisfied
      case .violated: .violated
      case .undetermined: .undetermined
      case .doesNotApply(.notInForce): .notInForce
      case .doesNotApply: .doesNotApply
      }
  }
}
