import ArgumentParser
import PolicyEngine

/// Which sessions are shown.
struct SelectionOptions: ParsableArguments {
  /// The sessions for which the decisions asked for come to one outcome together.
  enum Selection: String, ExpressibleByArgument, CaseIterable {
    case passing, failing, undetermined

    /// Whether a document that was just decided is one of them.
    func includes(_ decider: borrowing DocumentDecider) -> Bool {
      includes(
        decider.asked.reduce(DecisionOutcome.pass) { $0.combined(with: decider.outcome(of: $1)) })
    }

    /// Whether a document of a verdict is one of them.
    func includes(_ verdict: Verdict) -> Bool {
      includes(
        verdict.decisions.reduce(DecisionOutcome.pass) { $0.combined(with: $1.outcome) })
    }

    private func includes(_ outcome: DecisionOutcome) -> Bool {
      switch self {
      case .passing: outcome == .pass
      case .failing: outcome == .fail
      case .undetermined: outcome == .undetermined
      }
    }
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the sessions that pass every decision asked for (passing), fail one (failing), or fail "
        + "none but leave one open (undetermined).", valueName: "which"))
  var only: Selection?
}
