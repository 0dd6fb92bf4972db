import CEL
import PolicyEngine

/// Finds the missing facts that would settle an undetermined decision, and what follows from each value.
struct SettlingFinder {
  let judge: Judge
  let start: Trial
  let values: CandidateValues
  let wording: Wording

  /// How many missing facts are told of.
  private static let limit = 20

  /// The missing facts; what follows from their values takes a search of its own.
  func settling(withConsequences: Bool) -> [Settling] {
    missing.prefix(Self.limit).map { path in
      let vocabulary = judge.policies.vocabulary
      let id = vocabulary.factsOnTheWay(of: path).last?.id
      let declaration = id.map { vocabulary.declaration(of: $0) }
      return Settling(
        path: path, label: declaration?.label ?? declaration?.name ?? path.pathFromRoot,
        subject: wording.enclosingSubject(of: path), changedBy: declaration?.changedBy,
        consequences: withConsequences ? id.map { consequences(of: $0, at: path) } ?? [] : [])
    }
  }

  /// The missing facts, in the order of the rules that want them.
  private var missing: [AttributePath] {
    var seen: Set<AttributePath> = []
    return start.allProblems.filter { judge.state(of: $0, in: start) == .undetermined }.flatMap {
      number in
      doubt(about: number).filter { seen.insert($0).inserted }
    }
  }

  private func doubt(about number: Int) -> [AttributePath] {
    let finding = judge.findings[number]
    guard case .present(.object(let subject))? = start.draft.find(finding.path) else {
      return [finding.path]
    }
    let outcome = start.situation.context.outcome(
      of: judge.policies.rules[finding.rule], for: .value(subject), decision: finding.decision)
    guard case .undetermined(let doubt) = outcome else { return [] }
    return doubt.missing.paths
  }

  private func consequences(of id: FactID, at path: AttributePath) -> [Settling.Consequence] {
    let declaration = judge.policies.vocabulary.declaration(of: id)
    var groups: [(values: [CELValue], trial: Trial)] = []
    let all = values.anyValues(of: id, at: path, in: start.situation)
    let isOrdered = all.first?.position != nil
    let sorted =
      isOrdered ? all.sorted { ($0.position ?? 0) < ($1.position ?? 0) } : all
    for value in sorted where !judge.isExhausted {
      let trial = judge.trial(start, with: FactChange(.supply, path, value))
      func isSame(_ group: (values: [CELValue], trial: Trial)) -> Bool {
        judge.problems(of: group.trial) == judge.problems(of: trial)
          && judge.outcome(of: group.trial) == judge.outcome(of: trial)
      }
      // Values that have an order are told by where the answer changes.
      let index =
        isOrdered
        ? groups.indices.last.flatMap { isSame(groups[$0]) ? $0 : nil }
        : groups.firstIndex(where: isSame)
      if let index { groups[index].values.append(value) } else { groups.append(([value], trial)) }
    }
    let decision = judge.policies.decisions[judge.decision]
    return groups.enumerated().map { index, group in
      let outcome = judge.outcome(of: group.trial)
      var seen: Set<String> = []
      return Settling.Consequence(
        values: group.values, outcome: outcome, word: decision.word(for: outcome),
        problems: judge.problems(of: group.trial).map { number in
          judge.policies.rules[judge.findings[number].rule].title
        }.filter { seen.insert($0).inserted },
        words: isOrdered
          ? wording.stretch(
            group.values, isFirst: index == 0, isLast: index == groups.count - 1)
          : wording.phrase(group.values, at: path, type: declaration.expressionType))
    }
  }
}
