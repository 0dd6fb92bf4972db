import CEL
import Diagnostics

extension PolicyLoader {
  /// Reports what could take more steps than evaluation allows, in documents of a size to be expected, and
  /// what goes deeper than it allows.
  ///
  /// Of a term, only the term itself is reported, not the rules that read it.
  mutating func reportCosts(
    of rules: [Rule], vocabulary: Vocabulary, terms: [FieldReference: CheckedExpression]
  ) {
    var costs = CostLimits.estimate(
      parameters: vocabulary.parameters, types: vocabulary.types, terms: terms)
    let depths = CheckedExpression.evaluationDepths(of: terms)
    func report(_ expressions: [CheckedExpression]) -> [Diagnostic] {
      expressions.compactMap { expression in
        guard expression.evaluationDepth(depths) <= CostLimits.depth else {
          return .tooDeep("this", limit: CostLimits.depth, at: expression.range)
        }
        let steps = costs.cost(of: expression)
        return steps > CostLimits.steps
          ? .tooCostly(steps: steps, at: expression.range) : nil
      }
    }
    var found = report(vocabulary.types.flatMap { $0.terms.map(\.definition) })
    if found.isEmpty {
      let texts = vocabulary.types.compactMap { $0.summary?.expressions }.flatMap(\.self)
      found = report(
        [vocabulary.governingDate] + [vocabulary.identity].compactMap(\.self) + texts
          + vocabulary.types.flatMap(\.fields).compactMap(\.self).flatMap(\.expressions)
          + rules.flatMap(\.allExpressions))
    }
    diagnostics += found
  }
}
