/// Equality and order as the specification's sections "Equality" and "Ordering" have them.
extension CELValue {
  /// Whether both are equal: numbers across their types, values of different kinds never.
  public func isEqual(to other: CELValue) -> Bool {
    var work = Int.max
    return isEqual(to: other, work: &work)
  }

  /// The same, doing at most so many comparisons of elements and stretches of text; false, with `work`
  /// below zero, after those.
  ///
  /// The bound matters since values may share their parts: a list of twice the same list, sixty levels
  /// deep, takes no room and would take for ever to compare.
  func isEqual(to other: CELValue, work: inout Int) -> Bool {
    guard work >= 0 else { return false }
    switch (self, other) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.int(let left), .int(let right)): return left == right
    case (.uint(let left), .uint(let right)): return left == right
    case (.double(let left), .double(let right)): return left == right
    case (.string(let left), .string(let right)):
      guard left.utf8.count == right.utf8.count else { return false }
      work -= left.utf8.count / Self.bytesPerStep
      return work >= 0 && left.hasSameScalars(as: right)
    case (.bytes(let left), .bytes(let right)):
      guard left.count == right.count else { return false }
      work -= left.count / Self.bytesPerStep
      return work >= 0 && left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.date(let left), .date(let right)): return left == right
    case (.decimal(let left), .decimal(let right)): return left == right
    case (.money(let left), .money(let right)): return left == right
    case (.type(let left), .type(let right)): return left.runtimeName == right.runtimeName
    case (.optional(nil), .optional(nil)): return true
    case (.optional(let left?), .optional(let right?)):
      work -= 1
      return left.isEqual(to: right, work: &work)
    case (.object(let left), .object(let right)):
      return left.typeName == right.typeName && left.isEqual(to: right)
    case (.opaque(let left), .opaque(let right)): return left.isSame(as: right)
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return false }
      for (a, b) in zip(left, right) {
        work -= 1
        guard a.isEqual(to: b, work: &work) else { return false }
      }
      return true
    case (.map(let left), .map(let right)):
      guard left.entries.count == right.entries.count else { return false }
      for entry in left.entries {
        // A key is found by all of its text.
        work -= 1 + entry.key.size()
        guard let value = right[entry.key], entry.value.isEqual(to: value, work: &work) else {
          return false
        }
      }
      return true
    default:
      return numericOrder(to: other) == .equal
    }
  }

  /// How two ordered values stand to each other.
  package enum Order {
    case ascending, equal, descending
    /// One of them is NaN.
    case unordered
  }

  /// How both stand to each other; nil when such values have no order.
  package func order(to other: CELValue) -> Order? {
    switch (self, other) {
    case (.bool(let left), .bool(let right)):
      return Self.order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)):
      if left.hasSameScalars(as: right) { return .equal }
      return left.precedesByScalars(right) ? .ascending : .descending
    case (.bytes(let left), .bytes(let right)):
      if left == right { return .equal }
      return left.lexicographicallyPrecedes(right) ? .ascending : .descending
    case (.timestamp(let left), .timestamp(let right)): return Self.order(left, right)
    case (.duration(let left), .duration(let right)): return Self.order(left, right)
    case (.date(let left), .date(let right)): return Self.order(left, right)
    case (.money(let left), .money(let right)): return Self.order(left, right)
    default: return numericOrder(to: other)
    }
  }

  /// How two numbers stand to each other on the number line, exactly; nil unless both are numbers.
  private func numericOrder(to other: CELValue) -> Order? {
    switch (self, other) {
    case (.int(let left), .int(let right)): Self.order(left, right)
    case (.uint(let left), .uint(let right)): Self.order(left, right)
    case (.double(let left), .double(let right)): Self.order(left, right)
    case (.int(let left), .uint(let right)):
      left < 0 ? .ascending : Self.order(UInt64(left), right)
    case (.uint(let left), .int(let right)):
      right < 0 ? .descending : Self.order(left, UInt64(right))
    case (.double(let left), .int(let right)): Self.order(left, rounding: right)
    case (.double(let left), .uint(let right)): Self.order(left, rounding: right)
    case (.int(let left), .double(let right)): Self.order(right, rounding: left).reversed
    case (.uint(let left), .double(let right)): Self.order(right, rounding: left).reversed
    case (.decimal(let left), .decimal(let right)): Self.order(left, right)
    case (.decimal(let left), .int(let right)): Self.order(left, CELDecimal(right))
    case (.int(let left), .decimal(let right)): Self.order(CELDecimal(left), right)
    default: nil
    }
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Order {
    if left < right { return .ascending }
    if left == right { return .equal }
    return left > right ? .descending : .unordered
  }

  /// Compares a double with an integer, which is rounded to a double for it.
  ///
  /// So the conformance tests have it: the greatest int equals the double next above it.
  private static func order(_ left: Double, rounding right: Int64) -> Order {
    order(left, Double(right))
  }

  private static func order(_ left: Double, rounding right: UInt64) -> Order {
    order(left, Double(right))
  }
}

extension CELValue.Order {
  /// How they stand with left and right exchanged.
  var reversed: CELValue.Order {
    switch self {
    case .ascending: .descending
    case .descending: .ascending
    case .equal, .unordered: self
    }
  }
}

extension CELValue {
  /// Adds the facts without which it is not known what the value equals: those its objects miss.
  ///
  /// It does at most so many steps, for the reason that `isEqual` does; an object counts with its size, which
  /// is also the work of comparing it.
  func collectMissingFacts(into paths: inout [AttributePath], work: inout Int) {
    guard work >= 0 else { return }
    switch self {
    case .object(let object):
      work -= object.size
      guard work >= 0 else { return }
      paths += object.missingFacts
    case .list(let elements):
      work -= elements.count
      for element in elements { element.collectMissingFacts(into: &paths, work: &work) }
    case .map(let map):
      work -= map.entries.count
      for entry in map.entries { entry.value.collectMissingFacts(into: &paths, work: &work) }
    case .optional(let wrapped?):
      work -= 1
      wrapped.collectMissingFacts(into: &paths, work: &work)
    default: break
    }
  }
}
