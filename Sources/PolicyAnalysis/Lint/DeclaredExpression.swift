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
    let rules = policies.rules.flatMap { rule in
      // What stands in a ground or an exception is theirs first.
      rule.grounds.flatMap { ground in
        ground.condition.expressions.map {
          DeclaredExpression(expression: $0, scopes: [ground.range])
        }
      }
        + rule.exceptions.flatMap { exception in
          exception.condition.expressions.map {
            DeclaredExpression(expression: $0, scopes: [exception.range])
          }
        }
        + rule.allExpressions.map { DeclaredExpression(expression: $0, scopes: [rule.range]) }
    }
    let terms = policies.vocabulary.types.flatMap { type in
      type.terms.map {
        DeclaredExpression(expression: $0.definition, scopes: [$0.range, type.range])
      }
    }
    return rules + terms
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
