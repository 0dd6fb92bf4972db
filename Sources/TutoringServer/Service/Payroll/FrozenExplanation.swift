#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering

/// An explanation as an export keeps it: how every decision and rule came out, and what tells the whole text from any other.
///
/// The whole text is some thirty thousand bytes for a session. It is not kept, since it follows from what is: the facts,
/// the policies and the program. Its SHA-256 shows whether the text that is made once more is the same, letter by letter.
enum FrozenExplanation {
  /// The explanation as JSON on one line.
  static func text(of explanation: Explanation) -> String {
    let whole = whole(explanation).compact
    return JSONValue.object([
      (
        "decisions",
        .array(
          explanation.decisions.map { decision in
            .object([
              ("decision", .string(decision.name)), ("outcome", .string(decision.outcome.rawValue)),
              ("word", .string(decision.word)),
              ("rules", .array(decision.rules.map(Self.rule))),
            ])
          })
      ), ("sha256", .string(SHA256.hexDigest(of: Array(whole.utf8)))),
    ]).compact
  }

  /// All of the explanation but for which build of the program made it, which says nothing of the session.
  private static func whole(_ explanation: Explanation) -> JSONValue {
    let json = ExplanationReport(explanation).json
    guard case .object(let members) = json else { return json }
    return .object(members.filter { $0.key != "decidedBy" })
  }

  private static func rule(_ rule: RuleExplanation) -> JSONValue {
    .array([
      .string(rule.id), .string(rule.path.pathFromRoot), .string(rule.outcome.name),
    ])
  }
}

extension RuleOutcome {
  /// The outcome in a word.
  fileprivate var name: String {
    switch self {
    case .doesNotApply: "does not apply"
    case .satisfied: "satisfied"
    case .violated: "violated"
    case .undetermined: "undetermined"
    }
  }
}
#endif
