import Diagnostics
import PolicyEngine
import PolicyRemedies

/// Looks for what would make sessions pass that fail under the new policies.
package struct ReplayRemedies {
  private let questions: ReplayQuestions
  private let knowledge: PolicyKnowledge

  package init(_ questions: ReplayQuestions) {
    self.questions = questions
    knowledge = PolicyKnowledge(questions.new)
  }

  /// The replay with the ways out of the first sessions of each change that fail now, until the patience is over.
  package func adding(
    to replay: Replay, failing: [Replay.Direction: [ReplayWorker.Failing]],
    patience: Patience = .endless
  ) -> Replay {
    var replay = replay
    for (direction, sessions) in failing {
      guard var change = replay.changes[direction],
        let decision = questions.new.decisionIndex(named: direction.decision)
      else { continue }
      let first = sessions.sorted { $0.place < $1.place }.prefix(ReplayWorker.mostFailing)
      for session in first {
        guard !patience.isOver else { break }
        guard let found = remedy(of: session, decision) else { continue }
        change.remedies.asked += 1
        switch found.kind {
        case .open: change.remedies.open += 1
        case .others: change.remedies.others += 1
        case .late: change.remedies.late += 1
        case .none: change.remedies.none += 1
        }
        if let index = change.examples.firstIndex(where: { $0.place == session.place }) {
          change.examples[index].remedy = found.line
        }
      }
      replay.changes[direction] = change
    }
    return replay
  }

  private enum Kind {
    case open, others, late, none
  }

  private func remedy(
    of session: ReplayWorker.Failing, _ decision: Int
  ) -> (kind: Kind, line: String?)? {
    var diagnostics: [Diagnostic] = []
    guard
      let document = FactDocument.read(
        json: Source(name: "", bytes: session.line), schema: questions.new.vocabulary.schema,
        into: &diagnostics)
    else { return nil }
    let remedies = knowledge.remedies(
      for: document, today: questions.today, decisions: [decision], extent: .best)
    guard let remedy = remedies.decisions.first else { return nil }
    let isLate = remedy.steps.contains { step in
      if case .deadline? = step.obstacle { true } else { false }
    }
    let kind: Kind =
      switch remedy.prospect {
      case .open, .passes: .open
      case .others: .others
      case .none where isLate: .late
      case .none, .unknown, .withheld: .none
      }
    return (kind, remedies.lines.first?.line)
  }
}
