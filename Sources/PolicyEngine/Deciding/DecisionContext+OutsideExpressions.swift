package import CEL

extension DecisionContext {
  /// The value of an expression from outside the policy set's files, with the values of its further names.
  package func evaluate(
    _ expression: CheckedExpression, for subject: any CELObject, locals: [CELValue] = []
  ) -> Evaluation {
    var activation = activation(for: subject, decision: nil)
    activation.locals += locals
    return policies.evaluator.evaluate(expression, in: activation)
  }
}
