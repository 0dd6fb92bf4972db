import CEL
import PolicyEngine

/// Which facts decided: found out once for all documents in which a rule is evaluated the same way.
extension Assessment {
  /// A rule as it was evaluated for a subject.
  struct Evaluated: Hashable {
    let finding: Int
    let governingDate: CivilDate?
    let trail: PlanTrail
  }

  /// What decided it, with how much work it was to find that out.
  struct Decided {
    let all: DecisivePaths
    let applying: [AttributePath]
    let work: Int
  }

  /// The facts that decided a finding in a situation; of one that can no longer be met, those by which it
  /// applies.
  func decisivePaths(of number: Int, in situation: Situation) -> DecisivePaths {
    if let known = situation.facts[number] { return known }
    let decisive = makeDecisivePaths(of: number, in: situation)
    situation.facts[number] = decisive
    return decisive
  }

  private func makeDecisivePaths(of number: Int, in situation: Situation) -> DecisivePaths {
    let trail = situation.outcome.trails[number] ?? trails[number]
    let evaluated = trail.map {
      Evaluated(
        finding: number, governingDate: situation.base.governingDate, trail: $0)
    }
    let hasDeadline = policies.rules[findings[number].rule].fix?.deadline != nil
    if let evaluated, let known = decided[evaluated] {
      work += known.work
      if !hasDeadline { return known.all }
    }
    guard let subject = subject(of: number, in: situation.draft) else {
      return DecisivePaths([findings[number].path])
    }
    let decided =
      evaluated.flatMap { self.decided[$0] } ?? decide(number, for: subject, in: situation)
    if let evaluated { self.decided[evaluated] = decided }
    return hasDeadline && isClosed(number, for: subject, in: situation)
      ? DecisivePaths(decided.applying) : decided.all
  }

  private func decide(_ number: Int, for subject: Draft, in situation: Situation) -> Decided {
    let before = work
    let finding = findings[number]
    let facts = situation.context.decisiveFacts(
      of: policies.rules[finding.rule], for: subject, decision: finding.decision, work: &work)
    work += 8 * facts.count
    return Decided(
      all: DecisivePaths(facts.all), applying: facts.applying, work: work - before)
  }

  /// Whether the last day is past on which what a rule requires could be seen to.
  private func isClosed(_ number: Int, for subject: Draft, in situation: Situation) -> Bool {
    let finding = findings[number]
    guard let fix = policies.rules[finding.rule].fix, fix.deadline != nil,
      case .closed = situation.context.prospect(
        of: fix, for: subject, decision: finding.decision)
    else { return false }
    return true
  }
}
