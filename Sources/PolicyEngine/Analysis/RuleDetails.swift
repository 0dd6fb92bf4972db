import CEL
public import Diagnostics

/// What can be known of a rule before any document is decided.
public struct RuleDetails: Sendable {
  /// An optional fact that the rule reads where nothing says that it is there.
  public struct Gap: Sendable {
    /// The name of the fact.
    public let fact: String
    /// The type that has the fact.
    public let type: String
    /// Where it is read: in the rule, or in the definition of a term that it reads.
    public let range: SourceRange
  }

  /// The rule.
  public let rule: Rule
  /// The facts without which the rule may be undetermined although a document need not have them;
  /// empty when only facts that must be given, or an error, can leave it so.
  public let gaps: [Gap]
  /// At most how many steps it takes to evaluate the rule for one subject, in a document whose lists have
  /// `CostLimits.listSize` elements each.
  public let steps: Int
}

extension PolicySet {
  /// What can be known of each rule before any document is decided, in the order of the files.
  public var ruleDetails: [RuleDetails] {
    var environment = Environment()
    for type in vocabulary.types {
      environment.objectTypes[type.name] = ObjectType(
        name: type.name,
        fields: type.facts.map {
          ObjectType.Field(name: $0.name, type: $0.expressionType, isOptional: $0.isOptional)
        })
    }
    var costs = CostLimits.estimate(
      parameters: vocabulary.parameters, types: vocabulary.types, terms: evaluator.derivedFields)
    var terms: [Int: [FieldReference: CheckedExpression]] = [:]
    return rules.map { rule in
      let condition = rule.condition
      return RuleDetails(
        rule: rule, gaps: gaps(of: rule, condition, in: environment, &terms),
        steps: costs.cost(of: condition))
    }
  }

  /// The gaps of a rule's condition in any of its decisions; what is asked for only one is not asked for
  /// the others.
  ///
  /// `terms` are what the terms say when one decision is asked for, the same for all of its rules.
  private func gaps(
    of rule: Rule, _ condition: CheckedExpression, in environment: Environment,
    _ terms: inout [Int: [FieldReference: CheckedExpression]]
  ) -> [RuleDetails.Gap] {
    var seen: Set<UnguardedRead> = []
    var reads: [UnguardedRead] = []
    if rule.dependsOnDecision {
      for decision in rule.decides {
        let values = [GlobalSlot.decision: CELValue.string(decisions[decision].name)]
        let definitions =
          terms[decision] ?? evaluator.derivedFields.mapValues { $0.specialized(values) }
        terms[decision] = definitions
        reads += condition.specialized(values).unguardedReads(
          in: environment, derivedFields: definitions)
      }
    } else {
      reads = condition.unguardedReads(in: environment, derivedFields: evaluator.derivedFields)
    }
    return reads.filter { seen.insert($0).inserted }.map {
      RuleDetails.Gap(fact: $0.field.name, type: $0.field.typeName, range: $0.range)
    }
  }
}

extension Rule {
  /// The rule as one condition, "not `when`, or `unless`, or `require`", which is what its outcome says
  /// of it: false where it is violated.
  fileprivate var condition: CheckedExpression {
    let parts = [when.map { $0.expression.negated }, unless?.expression, require.expression]
    return parts.compactMap(\.self).joined { .or($0, $1) } ?? require.expression
  }
}

extension Condition {
  /// The condition as one expression.
  fileprivate var expression: CheckedExpression {
    switch kind {
    case .expression(let expression): expression
    case .all(let parts): parts.map(\.expression).joined { .and($0, $1) } ?? empty
    case .any(let parts): parts.map(\.expression).joined { .or($0, $1) } ?? empty
    case .none(let parts): (parts.map(\.expression).joined { .or($0, $1) } ?? empty).negated
    case .anyKnown(let parts): parts.map(\.expression).joined { .or($0, $1) } ?? empty
    // Which day it is reads no fact of the rule's own.
    case .inForce: empty
    // What applies is asked in turn; what is given is read where it does.
    case .gives(let given):
      (given.givers.flatMap { [$0.condition?.expression, $0.value].compactMap(\.self) }
        + [given.otherwise].compactMap(\.self)).joined { .and($0, $1) } ?? empty
    }
  }

  private var empty: CheckedExpression {
    CheckedExpression(kind: .constant(.bool(true)), type: .bool, range: range)
  }
}

extension CheckedExpression {
  fileprivate var negated: CheckedExpression {
    CheckedExpression(kind: .not(self), type: .bool, range: range)
  }
}

extension [CheckedExpression] {
  /// The conditions joined two by two; nil when there are none.
  fileprivate func joined(
    by kind: (CheckedExpression, CheckedExpression) -> CheckedExpression.Kind
  ) -> CheckedExpression? {
    dropFirst().reduce(first) { joined, next in
      joined.map { CheckedExpression(kind: kind($0, next), type: .bool, range: $0.range) }
    }
  }
}
