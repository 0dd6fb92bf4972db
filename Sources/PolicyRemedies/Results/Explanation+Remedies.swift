import CEL
import PolicyEngine
public import PolicyRendering

extension ExplanationReport {
  /// The report without what a search for ways out has shown to be impossible.
  ///
  /// A rule says how it can be fixed whoever may change the facts of it. Where nobody may, or nothing that may be
  /// changed is enough, its fix is left out, and it is not said that the decision can be fixed.
  public func settled(by remedies: Remedies) -> ExplanationReport {
    let obstacles = remedies.decisions.flatMap(\.steps).compactMap(\.obstacle)
    let impossible = obstacles.map(\.impossibleProblems).filter { !$0.isEmpty }
    let hopeless = Set(remedies.decisions.filter { $0.prospect == .none }.map(\.decision))
    let open = Set(obstacles.compactMap(\.openProblem))
    guard !impossible.isEmpty || !hopeless.isEmpty else { return self }
    var explanation = explanation
    var settled = hopeless
    // Where a decision can't be fixed, none that needs it can.
    for _ in explanation.decisions {
      for index in explanation.decisions.indices {
        let decision = explanation.decisions[index]
        let isHopeless =
          settled.contains(decision.name) || !settled.isDisjoint(with: decision.needs)
        if explanation.decisions[index].settle(impossible, open, isHopeless: isHopeless) {
          settled.insert(decision.name)
        }
      }
    }
    // What can't be fixed today is not said to be on other days either.
    var timeline = timeline
    if let spans = timeline?.spans { timeline?.spans = spans.map { $0.settled(settled) } }
    return ExplanationReport(explanation, whatIf: whatIf, timeline: timeline)
  }
}

/// A rule for a subject that is violated.
private struct ProblemIdentity: Hashable {
  let rule: String
  let path: AttributePath
}

extension Remedy.Obstacle {
  /// The problems that can't be solved together, whoever makes changes; empty where that is not shown.
  fileprivate var impossibleProblems: Set<ProblemIdentity> {
    switch self {
    case .fixedFacts(let problem, _): [ProblemIdentity(rule: problem.rule, path: problem.path)]
    case .noValue(let problems):
      Set(problems.map { ProblemIdentity(rule: $0.rule, path: $0.path) })
    case .deadline, .missing, .parameters, .errors, .cutShort: []
    }
  }
}

extension Remedy.Obstacle {
  /// The problem that can't be solved before something else is known; nil where that is not what is in the way.
  fileprivate var openProblem: ProblemIdentity? {
    switch self {
    case .missing(let problem, _), .parameters(let problem, _, _), .errors(let problem, _):
      ProblemIdentity(rule: problem.rule, path: problem.path)
    case .deadline, .fixedFacts, .noValue, .cutShort: nil
    }
  }
}

extension DecisionExplanation {
  /// Takes away what is impossible; whether it can't be fixed.
  fileprivate mutating func settle(
    _ impossible: [Set<ProblemIdentity>], _ open: Set<ProblemIdentity>, isHopeless: Bool
  ) -> Bool {
    let own = Set(rules.map { ProblemIdentity(rule: $0.id, path: $0.path) })
    let concerned = impossible.filter { $0.isSubset(of: own) }
    for index in rules.indices {
      let identity = ProblemIdentity(rule: rules[index].id, path: rules[index].path)
      if concerned.contains([identity]) { rules[index].fix = nil }
    }
    let isOver = isHopeless || !concerned.isEmpty || !open.isDisjoint(with: own)
    if isOver, prospect?.isOpen ?? false { prospect = .unknown }
    return isOver
  }
}

extension Timeline.Span {
  fileprivate func settled(_ names: Set<String>) -> Timeline.Span {
    var span = self
    for index in span.decisions.indices where names.contains(span.decisions[index].name) {
      if span.decisions[index].prospect?.isOpen ?? false {
        span.decisions[index].prospect = .unknown
      }
    }
    return span
  }
}

extension Prospect {
  /// Whether it can still be fixed.
  fileprivate var isOpen: Bool {
    switch self {
    case .open, .until: true
    case .closed, .unknown: false
    }
  }
}
