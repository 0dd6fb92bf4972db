package import CEL

/// Fills in the expressions of texts, in the words and forms of people.
package struct TemplateRenderer {
  let policies: PolicySet

  /// A renderer of the texts of a policy set.
  package init(policies: PolicySet) { self.policies = policies }

  /// The text with each expression's value in it; one that has no value reads `(not known)`.
  package func render(_ template: Template, in activation: Activation) -> String {
    let words = ValueWords(vocabulary: policies.vocabulary)
    let filled = template.pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .expression(let expression):
        guard case .value(let value) = policies.evaluator.evaluate(expression, in: activation)
        else { return "(not known)" }
        return words.text(of: value, type: expression.type)
      }
    }
    return filled.joined().trimmingSpace()
  }
}

extension String {
  /// The text without white space at both ends.
  fileprivate func trimmingSpace() -> String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? endIndex
    return start < end ? String(self[start..<end]) : ""
  }
}
