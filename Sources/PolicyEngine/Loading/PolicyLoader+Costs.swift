import CEL
import Diagnostics

/// Finds what could take more steps than evaluation allows, in documents of a size to be expected, and what goes
/// deeper than it allows.
private struct CostCheck {
  private var costs: CostEstimate
  private let depths: [FieldReference: Int]

  init(_ vocabulary: Vocabulary, terms: [FieldReference: CheckedExpression]) {
    costs = CostLimits.estimate(
      parameters: vocabulary.parameters, types: vocabulary.types, terms: terms)
    depths = CheckedExpression.evaluationDepths(of: terms)
  }

  /// What costs too much among expressions.
  mutating func mistakes(in expressions: [CheckedExpression]) -> [Diagnostic] {
    expressions.compactMap { expression in
      guard expression.evaluationDepth(depths) <= CostLimits.depth else {
        return .tooDeep("this", limit: CostLimits.depth, at: expression.range)
      }
      let steps = costs.cost(of: expression)
      return steps > CostLimits.steps ? .tooCostly(steps: steps, at: expression.range) : nil
    }
  }

  /// What costs too much in a vocabulary.
  mutating func mistakes(in vocabulary: Vocabulary) -> WordCosts {
    let found = mistakes(in: vocabulary.types.flatMap { $0.terms.map(\.definition) })
    guard found.isEmpty else { return WordCosts(mistakes: found, hasCostlyTerm: true) }
    let texts = vocabulary.types.compactMap { $0.summary?.expressions }.flatMap(\.self)
    let others = mistakes(
      in: [vocabulary.governingDate] + [vocabulary.identity].compactMap(\.self) + texts
        + vocabulary.types.flatMap(\.fields).compactMap(\.self).flatMap(\.expressions))
    return WordCosts(mistakes: others, hasCostlyTerm: false)
  }
}

/// What costs too much in a vocabulary.
struct WordCosts: Sendable {
  var mistakes: [Diagnostic]
  /// Whether a term does: then the term itself is reported, not what reads it.
  let hasCostlyTerm: Bool
}

extension PolicyLoader {
  /// Reports what costs too much in words and rules.
  mutating func reportCosts(
    of rules: [Rule], vocabulary: Vocabulary, terms: [FieldReference: CheckedExpression]
  ) {
    var check = CostCheck(vocabulary, terms: terms)
    let words = check.mistakes(in: vocabulary)
    diagnostics += words.mistakes
    guard !words.hasCostlyTerm else { return }
    diagnostics += rules.flatMap { check.mistakes(in: $0.allExpressions) }
  }

  /// The same of what was read, as far as it was not found before.
  mutating func reportCosts(of rules: [Rule], knowing memory: inout LoadingMemory) {
    guard let words = memory.words else { return }
    let exceptions = rules.flatMap(\.exceptions)
    let isUnknown =
      words.costs == nil || !exceptions.isEmpty || memory.rules.values.contains { $0.costs == nil }
    guard isUnknown else {
      return report(words.costs, memory.rules)
    }
    var check = CostCheck(words.vocabulary, terms: words.terms)
    var costs = words.costs ?? check.mistakes(in: words.vocabulary)
    if words.costs == nil, !costs.hasCostlyTerm {
      costs.mistakes += check.mistakes(in: words.givings.compactMap { $0?.otherwise })
    }
    memory.words?.costs = costs
    if !costs.hasCostlyTerm {
      for (place, known) in memory.rules where known.costs == nil {
        memory.rules[place]?.costs = check.mistakes(in: known.rule?.allExpressions ?? [])
      }
      // One that takes several rules away is checked once.
      var seen: Set<SourceRange> = []
      for exception in exceptions where seen.insert(exception.range).inserted {
        diagnostics += check.mistakes(in: exception.condition.expressions)
      }
    }
    report(costs, memory.rules)
  }

  private mutating func report(
    _ costs: WordCosts?, _ rules: [SourceRange: LoadingMemory.CheckedRule]
  ) {
    diagnostics += costs?.mistakes ?? []
    diagnostics += rules.values.flatMap { $0.costs ?? [] }
  }
}
