import CEL
import PolicyEngine

/// Parts of an instant, such as its hour, that are read in UTC though the policies have a zone of their own.
enum ZoneLeftOut: Check {
  static let check = LintCheck.zoneLeftOut

  static func findings(in context: LintContext) -> [Finding] {
    let zone = context.policies.vocabulary.timeZone
    guard !["UTC", "GMT"].contains(zone) else { return [] }
    return DeclaredExpression.findings(in: context.policies) { node, scopes in
      guard case .call(let name, _, let arguments) = node.kind, name.hasPrefix("get"),
        arguments.count == 1, arguments[0].type == .timestamp
      else { return nil }
      return Finding(
        "'\(name)' without a zone is read in UTC, and the policies are in \(zone)",
        at: node.range, or: scopes,
        why: "the hour is another one there, and near midnight so is the day",
        help: "write \(name)('\(zone)'), or for the day date(...)")
    }
  }
}
