import CEL
import PolicyEngine

/// Tells of changed policies that no document can tell them from the original.
struct PolicyEquivalence {
  let original: PolicySet
  let reads: PolicyReads

  /// Whether it can be shown that a change makes no difference to any decision, reason or fix.
  func isShown(for mutation: Mutation, _ changed: PolicySet) -> Bool {
    let equivalence = Equivalence(vocabulary: original.vocabulary)
    switch mutation.scope {
    case .rule(let index):
      return equivalence.areEqual(original.rules[index], changed.rules[index])
    case .term(let type, let term):
      let definitions = [original, changed].map { $0.vocabulary.types[type].terms[term].definition }
      return reads.isUnread(mutation.scope)
        || equivalence.areEqual(definitions[0], definitions[1])
    case .parameter:
      return reads.isUnread(mutation.scope)
    case .policies, .standing:
      return mutation.kind == .need && decideTheSame(changed)
    }
  }

  /// Whether all decisions hear of the same rules: what one need says may be said by another one, too.
  private func decideTheSame(_ changed: PolicySet) -> Bool {
    guard changed.rules.count == original.rules.count,
      changed.decisions.map(\.name) == original.decisions.map(\.name)
    else { return false }
    return original.decisions.indices.allSatisfy { decision in
      original.heard(by: decision) == changed.heard(by: decision)
    }
  }
}

/// A rule as a decision hears of it.
private struct HeardRule: Hashable {
  let rule: Int
  /// The decision that it is evaluated for, where that makes a difference.
  let decision: Int?
}

extension PolicySet {
  /// The rules that a decision is made of, with those of the decisions that it needs.
  fileprivate func heard(by decision: Int) -> Set<HeardRule> {
    let decisions = decisionsNeeded(by: [decision])
    return Set(
      rules.indices.flatMap { index in
        rules[index].decides.filter { decisions.contains($0) }.map {
          HeardRule(rule: index, decision: rules[index].dependsOnDecision ? $0 : nil)
        }
      })
  }
}
