import CEL
import PolicyEngine

/// Tells of a rule that it is never undetermined, whatever a document lacks.
///
/// That is so where it reads no fact that must be given, no optional one without a guard, no parameter,
/// and does nothing that can fail. What is not recognised is taken to be undetermined at times.
struct Definiteness {
  private let vocabulary: Vocabulary
  private let unguarded: [String: Bool]

  init(_ policies: PolicySet) {
    vocabulary = policies.vocabulary
    unguarded = Dictionary(
      policies.ruleDetails.map { ($0.rule.id, !$0.gaps.isEmpty) }, uniquingKeysWith: { $0 || $1 })
  }

  func isNeverUndetermined(_ rule: Rule) -> Bool {
    // The subjects themselves may be missing, and the date that tells whether the rule is in force.
    guard rule.subjectType == vocabulary.documentType, rule.effective == nil,
      unguarded[rule.id] == false
    else { return false }
    return rule.outcomeExpressions.allSatisfy { isKnown($0) }
  }

  private func isKnown(_ node: CheckedExpression) -> Bool {
    switch node.kind {
    case .constant, .local: true
    case .global(let slot, _): slot < GlobalSlot.firstParameter
    // That it is guarded where it is read is known already.
    case .field(let operand, let field), .hasField(let operand, let field):
      isKnown(operand) && isOptional(field)
    case .derived(let operand, let field):
      isKnown(operand) && (definition(of: field).map { isKnown($0) } ?? false)
    case .not, .and, .or, .conditional, .list: node.children.allSatisfy { isKnown($0) }
    case .call(_, let overloads, let arguments):
      !overloads.isEmpty && overloads.allSatisfy(\.isTotal)
        && arguments.allSatisfy { isKnown($0) && !$0.type.holdsObjects }
    default: false
    }
  }

  private func isOptional(_ field: FieldReference) -> Bool {
    guard let type = vocabulary.type(named: field.typeName),
      type.facts.indices.contains(field.index)
    else { return false }
    return type.facts[field.index].isOptional
  }

  private func definition(of field: FieldReference) -> CheckedExpression? {
    guard let type = vocabulary.type(named: field.typeName) else { return nil }
    let index = field.index - type.facts.count
    return type.terms.indices.contains(index) ? type.terms[index].definition : nil
  }
}

extension CELType {
  fileprivate var holdsObjects: Bool {
    switch self {
    case .object, .dyn: true
    case .list(let element): element.holdsObjects
    case .map(_, let value): value.holdsObjects
    case .optional(let value): value.holdsObjects
    default: false
    }
  }
}
