import CEL
import PolicyEngine

/// Whole days of 24 hours that are added to an instant or compared with the time between two.
enum HoursForDays: Check {
  static let check = LintCheck.hoursForDays

  private static let day: Int64 = 24 * 3_600

  static func findings(in context: LintContext) -> [Finding] {
    DeclaredExpression.findings(in: context.policies) { node, scopes in
      guard case .call(_, _, let arguments) = node.kind, arguments.count == 2,
        let hours = arguments.flatMap({ $0.fixedValues(in: context.policies) })
          .compactMap(wholeDays).first.map({ $0 * 24 }),
        arguments.contains(where: { $0.type == .timestamp || $0.isTimeBetweenInstants })
      else { return nil }
      return Finding(
        "\(hours) hours stand here for \(hours == 24 ? "a day" : "\(hours / 24) days")",
        at: node.range, or: scopes,
        why:
          "a day on which clocks change has 23 or 25 hours, so the limit comes an hour early or "
          + "late",
        help: hours == 24
          ? "count days of the calendar: date(...).addDays(1)"
          : "count days of the calendar: date(...).addDays(\(hours / 24))")
    }
  }

  /// How many days of 24 hours a value is; nil where it is not a duration of whole days.
  private static func wholeDays(_ value: CELValue) -> Int64? {
    guard case .duration(let duration) = value, duration.nanoseconds == 0,
      duration.seconds >= day, duration.seconds % day == 0
    else { return nil }
    return duration.seconds / day
  }
}

extension CheckedExpression {
  /// Whether it is one instant taken from another.
  fileprivate var isTimeBetweenInstants: Bool {
    guard case .call("_-_", _, let arguments) = kind else { return false }
    return arguments.allSatisfy { $0.type == .timestamp }
  }
}
