/// Three-valued logic in SQL, in which NULL is what is not known.
///
/// What is settled when the statement is written is left out of it, so that it reads as the policy does.
enum SQLLogic {
  static let yes = "TRUE"
  static let no = "FALSE"

  static func not(_ condition: String) -> String {
    switch condition {
    case yes: no
    case no: yes
    default: "NOT (\(condition))"
    }
  }

  /// All of some conditions.
  static func all(_ conditions: [String]) -> String { join(conditions, "AND", absorbing: no) }

  /// One of some conditions.
  static func any(_ conditions: [String]) -> String { join(conditions, "OR", absorbing: yes) }

  private static func join(_ conditions: [String], _ word: String, absorbing: String) -> String {
    let neutral = absorbing == yes ? no : yes
    if conditions.contains(absorbing) { return absorbing }
    let parts = conditions.filter { $0 != neutral }
    guard parts.count > 1 else { return parts.first ?? neutral }
    return parts.map { "(\($0))" }.joined(separator: " \(word) ")
  }

  /// One of two values by a condition; none where that is not known.
  static func choice(_ condition: String, _ then: String, _ otherwise: String) -> String {
    switch condition {
    case yes: then
    case no: otherwise
    default:
      "CASE \(parenthesized(condition)) WHEN TRUE THEN \(then) WHEN FALSE THEN \(otherwise) END"
    }
  }

  /// A value where some others are known.
  static func value(_ value: String, ifKnown others: [String]) -> String {
    guard !others.isEmpty else { return value }
    let known = others.map { "(\($0)) IS NOT NULL" }.joined(separator: " AND ")
    return "CASE WHEN \(known) THEN \(value) END"
  }

  /// An expression in parentheses, unless it is a name, a call or a literal.
  static func parenthesized(_ expression: String) -> String {
    isAtom(expression) ? expression : "(\(expression))"
  }

  /// Whether an expression is one word, a quoted name or text, or a path of such.
  static func isAtom(_ expression: String) -> Bool {
    !expression.contains { " ()\n-+".contains($0) }
  }
}
