import CEL
import Diagnostics
import PolicyEngine

/// An expression of a rule or a term, with what it is part of.
struct DeclaredExpression {
  let expression: CheckedExpression
  /// The names of the declarations that contain it.
  let scopes: [SourceRange]

  /// The conditions and texts of all rules, and the definitions of all terms.
  static func all(of policies: PolicySet) -> [DeclaredExpression] {
    let rules = policies.rules.flatMap { all(of: $0) }
    let terms = policies.vocabulary.types.flatMap { type in
      type.terms.map {
        DeclaredExpression(expression: $0.definition, scopes: [$0.range, type.range])
      }
    }
    return rules + terms
  }

  /// Those of a rule; what stands in a ground, in an exception or in a rule that gives is theirs first.
  private static func all(of rule: Rule) -> [DeclaredExpression] {
    var found: [DeclaredExpression] = []
    func add(_ expressions: [CheckedExpression], in scope: SourceRange) {
      found += expressions.map { DeclaredExpression(expression: $0, scopes: [scope]) }
    }
    for ground in rule.grounds { add(ground.condition.expressions, in: ground.range) }
    for giver in rule.given?.givers ?? [] {
      add((giver.condition?.expressions ?? []) + [giver.value], in: giver.range)
    }
    for exception in rule.exceptions { add(exception.condition.expressions, in: exception.range) }
    add(rule.allExpressions, in: rule.range)
    return found
  }

  /// What is found in the parts of all expressions, each place once.
  static func findings(
    in policies: PolicySet, _ find: (CheckedExpression, [SourceRange]) -> Finding?
  ) -> [Finding] {
    var seen: Set<SourceRange> = []
    return all(of: policies).flatMap { declared in
      declared.expression.withDescendants.compactMap { node in
        guard let finding = find(node, declared.scopes), let range = finding.range,
          seen.insert(range).inserted
        else { return nil }
        return finding
      }
    }
  }
}

extension CheckedExpression {
  /// The values that the expression may have where it is a constant or a parameter; empty where it is neither.
  func fixedValues(in policies: PolicySet) -> [CELValue] {
    switch kind {
    case .constant(let value): [value]
    case .global(let slot, _) where slot >= GlobalSlot.firstParameter:
      policies.vocabulary.parameters[slot - GlobalSlot.firstParameter].values.compactMap(\.value)
    default: []
    }
  }
}
