import CEL

/// Finds the values that a condition compares which are made of many facts: sums, counts, terms.
///
/// Where a condition compares the sum of hundreds of entries with a limit, it is the sum that decided, and
/// none of the entries says so.
enum ComputedValues {
  private static let comparisons: Set<String> = [
    "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_",
  ]

  /// The parts of a condition that are compared and made of others, in the order written.
  static func parts(of condition: CheckedExpression) -> [CheckedExpression] {
    switch condition.kind {
    case .not(let operand): parts(of: operand)
    case .and(let left, let right), .or(let left, let right): parts(of: left) + parts(of: right)
    case .call(let name, _, let arguments) where comparisons.contains(name):
      arguments.filter(isComputed)
    default: []
    }
  }

  /// Whether one of some parts says what all elements of a list come to together, such as the most at once: it then
  /// says more than the elements, however few they are.
  static func sumUp(_ parts: [CheckedExpression]) -> Bool {
    parts.contains { part in
      switch part.kind {
      case .call(let name, _, _): summaries.contains(name)
      case .bind(_, _, _, let body): sumUp([body])
      case .comprehension(let comprehension): comprehension.macro == .reduce
      default: false
      }
    }
  }

  private static let summaries: Set = [
    "@longestRun", "@mostAtOnce", "@mostWithin", "min", "max",
  ]

  private static func isComputed(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    // What is read from a table or a list is cited there.
    case .call("_[_]", _, _): false
    case .call, .derived, .conditional, .bind: true
    case .comprehension(let comprehension): comprehension.macro == .reduce
    default: false
    }
  }
}

extension CELValue {
  /// Whether the value can be said in a few words.
  var isPlain: Bool {
    switch self {
    case .bool, .int, .uint, .double, .decimal, .money, .string, .date, .timestamp, .duration: true
    case .null, .bytes, .list, .map, .optional, .type, .object, .opaque: false
    }
  }
}
