package import CEL

extension DecisionContext {
  /// The value of an expression from outside the policy set's files, for an activation that may have further names behind
  /// the subject.
  package func evaluate(
    _ expression: CheckedExpression, in activation: Activation
  ) -> Evaluation {
    policies.evaluator.evaluate(expression, in: activation)
  }
}
