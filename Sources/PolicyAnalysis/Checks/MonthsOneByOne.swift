import CEL
import PolicyEngine

/// Months that are added to what months were added to, or to a date at the end of a month.
enum MonthsOneByOne: Check {
  static let check = LintCheck.monthsOneByOne

  static func findings(in context: LintContext) -> [Finding] {
    DeclaredExpression.findings(in: context.policies) { node, scopes in
      guard case .call("addMonths", _, let arguments) = node.kind, let date = arguments.first else {
        return nil
      }
      if case .call("addMonths", _, _) = date.kind {
        return Finding(
          "months are added in two steps", at: node.range, or: scopes,
          why:
            "31 January and a month is 28 February, and another month 28 March: two months at once "
            + "are 31 March",
          help: "add all the months at once")
      }
      let end = date.fixedValues(in: context.policies).compactMap(dateAtEndOfMonth).first
      return end.map { end in
        Finding(
          "months are added to \(end), which not every month has", at: node.range, or: scopes,
          why:
            "in a month that is too short it becomes the last day, so the limit comes days "
            + "earlier",
          help: "count from the first of a month, or count days with addDays")
      }
    }
  }

  private static func dateAtEndOfMonth(_ value: CELValue) -> CivilDate? {
    guard case .date(let date) = value, date.day > 28 else { return nil }
    return date
  }
}
