#if Server
import Diagnostics
import PolicyEngine

/// What an export keeps of why a session went out: the verdict, with every rule that was violated, undetermined or warned.
///
/// The text of the explanation is not kept beside it: it follows from the facts, the policies, the day and the program,
/// all of which are kept, and from nothing else. It would be some thirty thousand bytes for a session, and making it
/// would take most of an export's time. So would asking the general evaluator how every rule came out: an export is
/// decided by the compiled plan, and verified by the evaluator.
enum FrozenVerdict {
  /// A verdict as JSON on one line.
  static func text(of verdict: Verdict) -> String {
    JSONValue.object([
      (
        "decisions",
        .object(verdict.decisions.map { ($0.name, .string($0.outcome.rawValue)) })
      ), ("violated", findings(verdict.violated)),
      ("undetermined", findings(verdict.undetermined)), ("warnings", findings(verdict.warnings)),
    ]).compact
  }

  /// Each rule with the path of its subject, and the facts that it lacks.
  private static func findings(_ findings: [Verdict.Finding]) -> JSONValue {
    .array(findings.map { .array(([$0.rule, $0.at] + $0.missing).map { .string($0) }) })
  }
}
#endif
