package import CEL

/// Fills in the expressions of texts, in the words and forms of people.
package struct TemplateRenderer {
  let policies: PolicySet
  /// What the viewer is not shown; nil when all of it may be shown.
  let withholding: Withholding?

  /// A renderer of the texts of a policy set, without what a viewer is not shown.
  init(policies: PolicySet, withholding: Withholding?) {
    self.policies = policies
    self.withholding = withholding
  }

  /// A renderer of the texts of a policy set, for somebody who may see everything.
  package init(policies: PolicySet) { self.init(policies: policies, withholding: nil) }

  /// The text with each expression's value in it; one that has no value reads `(not known)`,
  /// and one that could tell something of what the viewer is not shown `(withheld)`.
  package func render(_ template: Template, in activation: Activation) -> String {
    let words = ValueWords(vocabulary: policies.vocabulary)
    let filled = template.pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .expression(let expression):
        if let withholding, !withholding.facts(readBy: expression).isEmpty { return "(withheld)" }
        guard case .value(let value) = policies.evaluator.evaluate(expression, in: activation)
        else { return "(not known)" }
        return names(of: expression, in: activation)?.text(of: value)
          ?? words.text(of: value, type: expression.type)
      }
    }
    return filled.joined().trimmingSpace()
  }

  /// The names of an expression's values, where it is a fact as it stands that has names.
  private func names(of expression: CheckedExpression, in activation: Activation) -> NameTable? {
    guard case .field(let operand, let field) = expression.kind,
      let type = policies.vocabulary.types.firstIndex(where: { $0.name == field.typeName }),
      policies.vocabulary.types[type].fields[field.index]?.hasNames ?? false,
      case .value(.object(let owner)) = policies.evaluator.evaluate(operand, in: activation)
    else { return nil }
    return NameTable(
      FactID(type: type, fact: field.index), of: owner, evaluator: policies.evaluator,
      vocabulary: policies.vocabulary
    ) { activation.about($0) }
  }
}

extension Activation {
  /// The same variables, seen from another object.
  fileprivate func about(_ object: any CELObject) -> Activation {
    var activation = self
    activation.locals = [.object(object)]
    return activation
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
