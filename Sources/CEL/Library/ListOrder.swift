/// The order of lists' elements by their keys.
enum ListOrder {
  /// The position of the first element than which none stands further on: below all others if the least is asked
  /// for (`descending`), above them if the greatest is (`ascending`).
  static func first(
    of keys: [CELValue], by replaced: CELValue.Order, _ name: String
  ) throws -> Int {
    guard var best = keys.indices.first else {
      throw EvaluationError("'\(name)' can't be given an empty list")
    }
    for index in keys.indices {
      let order = try order(keys[best], keys[index], name)
      if order == replaced { best = index }
    }
    return best
  }

  /// The elements in ascending order of their keys, those with equal keys as they stood.
  static func sorted(
    _ elements: [CELValue], by keys: [CELValue], _ name: String
  ) throws -> [CELValue] {
    guard let first = keys.first else { return [] }
    // Keys that have no order with one have none with any: sorting then compares without asking.
    for key in keys { _ = try order(first, key, name) }
    let positions = keys.indices.sorted { left, right in
      switch keys[left].order(to: keys[right]) {
      case .ascending: true
      case .descending: false
      default: left < right
      }
    }
    return positions.map { elements[$0] }
  }

  private static func order(
    _ left: CELValue, _ right: CELValue, _ name: String
  ) throws -> CELValue.Order {
    guard let order = left.order(to: right) else { throw Overload.noOverload(name) }
    guard order != .unordered else { throw EvaluationError("'\(name)' can't compare NaN") }
    return order
  }
}

/// Spans from something until something, which is not in them any more.
enum Spans {
  /// What two spans share; nil where that is nothing.
  static func shared<T: Comparable>(
    _ from: T, _ until: T, _ otherFrom: T, _ otherUntil: T
  ) throws -> (from: T, until: T)? {
    guard from <= until, otherFrom <= otherUntil else { throw EvaluationError.backwards }
    let (latest, earliest) = (max(from, otherFrom), min(until, otherUntil))
    return latest < earliest ? (latest, earliest) : nil
  }

  /// How many of some spans there are at the time where there are most of them.
  static func mostAtOnce<T: Comparable>(_ from: [T], _ until: [T]) throws -> Int64 {
    guard zip(from, until).allSatisfy({ $0 <= $1 }) else { throw EvaluationError.backwards }
    // An empty span is at no time.
    let spans = zip(from, until).filter { $0 < $1 }
    let (starts, ends) = (spans.map(\.0).sorted(), spans.map(\.1).sorted())
    var most = 0
    var ended = 0
    for (begun, start) in starts.enumerated() {
      while ends[ended] <= start { ended += 1 }
      most = max(most, begun + 1 - ended)
    }
    return Int64(most)
  }

  /// The most of some points that lie within less than a length of each other.
  static func mostWithin<T: Comparable>(
    _ points: [T], isWithin: (_ first: T, _ last: T) throws -> Bool
  ) rethrows -> Int64 {
    let points = points.sorted()
    var most = 0
    var first = 0
    for last in points.indices {
      while try !isWithin(points[first], points[last]) { first += 1 }
      most = max(most, last + 1 - first)
    }
    return Int64(most)
  }
}

extension EvaluationError {
  static let backwards = EvaluationError("a span ends before it begins")
}
