package import CEL
package import Diagnostics
package import YAML

/// Reads expressions that stand outside of a policy set's own files and speak its words, such as those of the
/// columns of an export.
package struct OutsideExpressions: Sendable {
  private let scope: ExpressionScope
  private let policies: PolicySet

  /// A reader of expressions about the documents of a policy set, with closed lists of its own.
  package init(_ policies: PolicySet, enumerations: [EnumerationType] = []) {
    self.policies = policies
    scope = ExpressionScope(policies, enumerations: enumerations)
  }

  /// The expression in a node about a value of a type; nil where it is not one, which is reported.
  ///
  /// `locals` are further names that it may use, whose values follow the one value in the frame.
  package func read(
    _ node: YAMLNode, what: String, about type: Int, locals: [Environment.Variable] = [],
    expecting expected: CELType? = nil, into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    let count = diagnostics.count
    guard let text = ExpressionScope.text(of: node, what: what, into: &diagnostics) else {
      return nil
    }
    let expression = scope.check(
      text, locals: scope.locals(ofType: type) + locals, expecting: expected, into: &diagnostics)
    return diagnostics.count == count ? expression : nil
  }

  /// The name of a confidential fact that an expression could tell something of; nil where there is none.
  package func confidentialFact(readBy expression: CheckedExpression) -> String? {
    policies.vocabulary.confidentiality.firstFact(readBy: expression)
  }
}
