import Diagnostics

/// Formats that can be seen to fail whatever the values are that they are filled with.
extension ConstantFolding {
  /// Reports a format literal with a clause that there is not, that no value is given for, or that does not
  /// take what is given for it.
  ///
  /// What consists of constants alone is evaluated, and fails there.
  mutating func checkFormat(_ arguments: [CheckedExpression], _ node: CheckedExpression) {
    guard arguments.count == 2, case .constant(.string(let text)) = arguments[0].kind,
      case .list(let elements) = arguments[1].kind
    else { return }
    let clauses: [FormatText.Clause]
    do {
      clauses = try FormatText(text).clauses
    } catch {
      if let error = error as? EvaluationError { report(error, node) }
      return
    }
    // What may be left out moves those behind it.
    let given = elements.prefix { !$0.isOptional }
    if given.count == elements.count, clauses.count > given.count {
      report(.tooFewValues, node)
    }
    for (clause, element) in zip(clauses, given) where !clause.takes(element.value.type) {
      report(clause.refusal, element.value)
    }
  }
}
