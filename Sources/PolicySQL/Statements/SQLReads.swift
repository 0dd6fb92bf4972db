import CEL
import PolicyEngine

/// What some expressions read, themselves and through terms: parameters, and terms of the whole document.
struct SQLReads {
  /// The indexes of the parameters that are read as single values or lists, in order.
  private(set) var parameters: [Int] = []
  /// The terms of the document, each in a level above those that its definition reads.
  private(set) var documentTerms: [[FieldReference]] = []

  private var slots: Set<Int> = []
  private var levels: [FieldReference: Int] = [:]
  private let policies: PolicySet

  init(_ expressions: [CheckedExpression], _ policies: PolicySet) {
    self.policies = policies
    for expression in expressions { _ = level(of: expression) }
    parameters = slots.sorted().map { $0 - GlobalSlot.firstParameter }
    let document = policies.vocabulary.types[policies.vocabulary.documentType].name
    let terms = levels.filter { $0.key.typeName == document }
    for level in Set(terms.values).sorted() {
      documentTerms.append(
        terms.filter { $0.value == level }.keys.sorted { $0.index < $1.index })
    }
  }

  /// How many levels of terms an expression reads through.
  private mutating func level(of node: CheckedExpression) -> Int {
    var deepest = 0
    if case .global(let slot, _) = node.kind, slot >= GlobalSlot.firstParameter {
      slots.insert(slot)
    }
    if case .derived(_, let field) = node.kind {
      if levels[field] == nil, let definition = policies.evaluator.derivedFields[field] {
        levels[field] = 0
        levels[field] = level(of: definition) + 1
      }
      deepest = levels[field] ?? 0
    }
    for child in node.children { deepest = max(deepest, level(of: child)) }
    return deepest
  }
}
