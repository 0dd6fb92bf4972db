package import CEL
import Diagnostics

/// A policy set without mistakes: what documents are decided by.
///
/// There is no way to make one from files that have an error, so that nothing is ever decided by a
/// policy whose author doesn't know that it is wrong.
public struct PolicySet: Sendable {
  /// The words.
  public internal(set) var vocabulary: Vocabulary
  /// The questions, in the order of the files.
  public let decisions: [Decision]
  /// The rules, in the order of the files.
  public internal(set) var rules: [Rule]
  /// The checks that declarations ask not to be made of them.
  public let silences: [Silence]
  /// The changes that are known to make no difference, where no case notices them.
  public let acceptedMutants: [AcceptedMutant]
  /// Evaluates the expressions, with the definitions of the terms.
  package internal(set) var evaluator: Evaluator
  /// The routes from the document to the values of each type, by the index of the type.
  package let routes: [SubjectRoutes]
  /// The functions of the program that reads it, besides those of the language.
  package let functions: [Overload]
  /// The files it was read from, as far as they tell it from others.
  let files: PolicyDigest
  /// The texts of its expressions.
  let texts = PolicyTexts()

  /// The index of a decision by its name.
  public func decisionIndex(named name: String) -> Int? {
    decisions.firstIndex { $0.name == name }
  }

  /// The decisions asked for when none is named, by their index: all that are not on request.
  public var defaultDecisions: [Int] { decisions.indices.filter { !decisions[$0].isOnRequest } }

  /// Whether there are rules that are only observed, and waivers, the effect of which is counted.
  public var countsOnly: (observed: Bool, waived: Bool) {
    let quiet = rules.filter { $0.severity == .observe }
    return (
      quiet.contains { $0.countedWaiver == nil }, quiet.contains { $0.countedWaiver != nil }
    )
  }

  /// The index of the rule that says what a decision gives; nil where it gives nothing.
  package func valueRule(of decision: Int) -> Int? {
    guard decisions[decision].givenType != nil else { return nil }
    return rules.firstIndex { $0.given != nil && $0.decides == [decision] }
  }

  /// How many rules the files say.
  public var writtenRuleCount: Int {
    rules.count(where: \.isDeclared) + Set(rules.flatMap(\.grounds).map(\.id)).count
      + Set(rules.compactMap(\.given).flatMap(\.givers).map(\.id)).count
  }

  /// The rules that a decision is made of, without those of the decisions it needs.
  public func rules(deciding decision: Int) -> [Rule] {
    rules.filter { $0.decides.contains(decision) }
  }
}

/// The slots of the variables that every expression sees; parameters follow them.
package enum GlobalSlot {
  /// The document.
  package static let document = 0
  /// The date decided for.
  package static let today = 1
  /// The name of the decision that a rule is evaluated for.
  package static let decision = 2
  /// The first of the parameters, which follow in their order.
  package static let firstParameter = 3
}
