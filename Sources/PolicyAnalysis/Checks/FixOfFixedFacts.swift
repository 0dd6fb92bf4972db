import CEL
import PolicyEngine

/// Rules that say what to do, though nobody can change any of the facts that they read.
///
/// What is said counts for nothing in the search for ways out, which changes only what somebody can. A
/// vocabulary that names nobody says nothing of who can change what, and isn't looked at; nor is a rule that
/// reads the day decided for, which comes by itself.
enum FixOfFixedFacts: Check {
  static let check = LintCheck.fixOfFixedFacts

  static func findings(in context: LintContext) -> [Finding] {
    let policies = context.policies
    let changeable = changeableFacts(in: policies.vocabulary)
    guard !changeable.isEmpty else { return [] }
    let reading = TransitiveReading(policies) { node in
      switch node.kind {
      case .field(_, let field), .hasField(_, let field), .optionalField(_, let field):
        changeable.contains(field)
      case .global(let slot, _): slot == GlobalSlot.today
      default: false
      }
    }
    return policies.rules.compactMap { rule in
      guard let fix = rule.fix, rule.conditions.contains(where: \.readsFacts),
        !rule.conditions.contains(where: { reading.isRead(in: $0) })
      else { return nil }
      return Finding(
        "rule '\(rule.id)' says what to do, and nobody can change a fact that it reads",
        at: fix.action.range, or: [rule.range],
        why:
          "a way out is looked for only among the facts that somebody can change, so none is found",
        help:
          "say with 'changedBy' who can change one of the facts, or silence this with the reason: "
          + "'lint: {fix-of-fixed-facts: ...}'")
    }
  }

  /// The facts that somebody can change, in whole or in a part.
  private static func changeableFacts(in vocabulary: Vocabulary) -> Set<FieldReference> {
    var holders: [Int: [Int]] = [:]
    for (index, type) in vocabulary.types.enumerated() {
      for inner in type.facts.compactMap(\.type.object) {
        holders[inner, default: []].append(index)
      }
    }
    var types = Set(
      vocabulary.types.indices.filter { type in
        vocabulary.types[type].facts.contains { $0.changedBy != nil }
      })
    var open = Array(types)
    while let type = open.popLast() {
      for holder in holders[type] ?? [] where types.insert(holder).inserted { open.append(holder) }
    }
    var found: Set<FieldReference> = []
    for type in vocabulary.types {
      for (index, fact) in type.facts.enumerated()
      where fact.changedBy != nil || fact.type.object.map({ types.contains($0) }) ?? false {
        found.insert(FieldReference(typeName: type.name, index: index, name: fact.name))
      }
    }
    return found
  }
}

extension CheckedExpression {
  /// Whether the expression reads facts or terms at all.
  fileprivate var readsFacts: Bool {
    withDescendants.contains { node in
      switch node.kind {
      case .field, .hasField, .optionalField, .derived: true
      default: false
      }
    }
  }
}

/// Which expressions read something, themselves or through terms.
struct TransitiveReading {
  private var terms: Set<FieldReference> = []
  private let isWanted: (CheckedExpression) -> Bool

  init(_ policies: PolicySet, _ isWanted: @escaping (CheckedExpression) -> Bool) {
    self.isWanted = isWanted
    var readers: [FieldReference: [FieldReference]] = [:]
    var open: [FieldReference] = []
    for (field, definition) in policies.evaluator.derivedFields {
      if isRead(in: definition) {
        terms.insert(field)
        open.append(field)
      }
      for node in definition.withDescendants {
        if case .derived(_, let read) = node.kind { readers[read, default: []].append(field) }
      }
    }
    while let field = open.popLast() {
      for reader in readers[field] ?? [] where terms.insert(reader).inserted { open.append(reader) }
    }
  }

  /// Whether an expression reads what is asked for.
  func isRead(in expression: CheckedExpression) -> Bool {
    expression.withDescendants.contains { node in
      if case .derived(_, let field) = node.kind, terms.contains(field) { return true }
      return isWanted(node)
    }
  }
}
