import CEL
import PolicyEngine

/// What the expressions of a policy set read, wherever they stand.
struct Usage {
  /// The facts and terms that are read.
  private(set) var fields: Set<FieldReference> = []
  /// The indices of the parameters that are read.
  private(set) var parameters: Set<Int> = []
  /// All texts that stand as constants.
  private(set) var texts: Set<String> = []
  /// The indices of the types that rules and decisions are about, or that lie on the way to these.
  private(set) var subjects: Set<Int> = []

  init(of policies: PolicySet) {
    let vocabulary = policies.vocabulary
    for rule in policies.rules {
      visit(rule.allExpressions)
    }
    for type in vocabulary.types {
      visit(type.terms.map(\.definition))
      visit(type.summary)
      for words in type.changes.compactMap({ $0?.words }).flatMap(\.values) {
        visit(words.action)
        visit(words.condition)
        visit(words.loss)
        for effect in words.effects {
          visit([effect.each, effect.value] + (effect.when?.expressions ?? []))
        }
      }
      visit(type.fields.compactMap(\.self).flatMap(\.expressions))
    }
    visit(
      [vocabulary.governingDate] + [vocabulary.identity, vocabulary.owner].compactMap(\.self))
    subjects = Set(policies.rules.map(\.subjectType) + policies.decisions.map(\.subjectType))
    var isGrowing = true
    while isGrowing {
      let containing = vocabulary.types.indices.filter { type in
        vocabulary.types[type].facts.contains { fact in
          fact.type.object.map { subjects.contains($0) } ?? false
        }
      }
      isGrowing = !subjects.isSuperset(of: containing)
      subjects.formUnion(containing)
    }
  }

  private mutating func visit(_ template: Template?) { visit(template?.expressions ?? []) }

  private mutating func visit(_ expressions: [CheckedExpression]) {
    for node in expressions.flatMap(\.withDescendants) {
      switch node.kind {
      case .global(let slot, _) where slot >= GlobalSlot.firstParameter:
        parameters.insert(slot - GlobalSlot.firstParameter)
      case .call(_, let overloads, _):
        for slot in overloads.compactMap(\.variable) {
          parameters.insert(slot - GlobalSlot.firstParameter)
        }
      case .field(_, let field), .derived(_, let field), .hasField(_, let field),
        .optionalField(_, let field):
        fields.insert(field)
      case .constant(let value): visit(value)
      default: break
      }
    }
  }

  private mutating func visit(_ value: CELValue) {
    switch value {
    case .string(let text): texts.insert(text)
    case .list(let items): for item in items { visit(item) }
    case .map(let map):
      for entry in map.entries {
        visit(entry.key)
        visit(entry.value)
      }
    default: break
    }
  }

  /// Takes in the texts of the values of parameters that speak of an enumeration.
  static func texts(in value: CELValue) -> Set<String> {
    var usage = Usage()
    usage.visit(value)
    return usage.texts
  }

  private init() {}
}

extension FactSchema.ValueType {
  /// The index of the type of the object, or of the objects in a list.
  var object: Int? {
    switch self {
    case .object(let type): type
    case .list(let element): element.object
    default: nil
    }
  }

  /// The index of the enumeration of the value, or of the values in a list.
  var enumeration: Int? {
    switch self {
    case .enumeration(let enumeration): enumeration
    case .list(let element): element.enumeration
    default: nil
    }
  }
}

extension CELType {
  /// The names of the types of objects that the type mentions.
  var objects: Set<String> {
    switch self {
    case .object(let name): [name]
    case .list(let element), .optional(let element): element.objects
    case .map(_, let value): value.objects
    case .abstract(_, let types): types.reduce(into: []) { $0.formUnion($1.objects) }
    default: []
    }
  }

  /// The names of the enumerations that the type mentions.
  var enumerations: Set<String> {
    switch self {
    case .enumeration(let name): [name]
    case .list(let element), .optional(let element): element.enumerations
    case .map(let key, let value): key.enumerations.union(value.enumerations)
    case .abstract(_, let types): types.reduce(into: []) { $0.formUnion($1.enumerations) }
    default: []
    }
  }
}
