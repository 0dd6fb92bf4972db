import CEL
import PolicyEngine

/// Numbers whose fraction is cut off by the way they are written, without a word that says so.
enum FractionCutOff: Check {
  static let check = LintCheck.fractionCutOff

  static func findings(in context: LintContext) -> [Finding] {
    DeclaredExpression.findings(in: context.policies) { node, scopes in
      guard case .call(let name, _, let arguments) = node.kind, node.type == .int,
        let what = whatIsCutOff(name, arguments.map(\.type))
      else { return nil }
      return Finding(
        what, at: node.range, or: scopes,
        why: "what is left over is lost each time, and nobody said which way to round",
        help:
          "count in the smaller unit and compare that, or name the rule: math.floor, math.ceil or math.round "
          + "of a double")
    }
  }

  private static func whatIsCutOff(_ name: String, _ types: [CELType]) -> String? {
    switch (name, types) {
    case ("getHours", [.duration]): "'getHours' cuts off the minutes: 1 hour 50 minutes is 1"
    case ("int", [.double]): "'int' cuts off the fraction: 1.9 is 1"
    case ("_/_", [.int, .int]): "the quotient of two whole numbers has no fraction: 110 / 60 is 1"
    default: nil
    }
  }
}
