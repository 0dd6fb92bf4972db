import CEL
import PolicyEngine

extension CheckedExpression {
  /// Whether the expression reads parameters at most, and nothing of a document.
  var isClosed: Bool {
    switch kind {
    case .global(let slot, _): slot >= GlobalSlot.firstParameter
    // The definition of a term may read anything, even where it is asked of a parameter's record.
    case .local, .unresolved, .error, .comprehension, .bind, .optionalMap, .derived: false
    default: children.allSatisfy(\.isClosed)
    }
  }

  /// Whether its value depends on the time zone.
  var usesTimeZone: Bool {
    if case .call(_, let overloads, _) = kind, overloads.contains(where: \.usesTimeZone) {
      return true
    }
    return children.contains(where: \.usesTimeZone)
  }

  /// The slots of the parameters that the expression reads itself.
  var parameterSlots: Set<Int> {
    var slots: Set<Int> = []
    for node in withDescendants {
      if case .global(let slot, _) = node.kind, slot >= GlobalSlot.firstParameter {
        slots.insert(slot)
      }
    }
    return slots
  }

  /// The expression and all below it.
  var withDescendants: [CheckedExpression] {
    var found: [CheckedExpression] = []
    var open = [self]
    while let node = open.popLast() {
      found.append(node)
      open += node.children.reversed()
    }
    return found
  }
}

extension CELType {
  /// The type of the values: a case of an enumeration is a string.
  var base: CELType { if case .enumeration = self { .string } else { self } }

  /// Whether equality and order of values of the type are what they are of constants: not so of
  /// doubles, since NaN is neither less nor more nor equal.
  var isComparable: Bool {
    switch base {
    case .bool, .int, .uint, .string, .date, .timestamp, .duration: true
    default: false
    }
  }

  /// What a list has as elements, and a table as keys.
  var elementType: CELType? {
    switch self {
    case .list(let element): element
    case .map(let key, _): key
    default: nil
    }
  }
}
