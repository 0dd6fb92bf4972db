import CEL
import Diagnostics

/// Values, names and calls.
extension ExpressionParser {
  mutating func primary() throws(ImportProblem) -> ForeignExpression {
    let start = start
    switch current.kind {
    case .number(let value):
      advance()
      return node(.literal(.number(value)), from: start)
    case .string(let value):
      advance()
      return node(.literal(.text(value)), from: start)
    case .name(let name): return try named(name, from: start)
    case .sign("("):
      advance()
      let inner = try expression()
      try expect(sign: ")")
      return inner
    case .sign("["):
      advance()
      var elements: [ForeignExpression] = []
      while current.kind != .sign("]") {
        if !elements.isEmpty { try expect(sign: ",") }
        elements.append(try expression())
      }
      advance()
      return node(.list(elements), from: start)
    case .sign("@") where isFEEL:
      advance()
      guard case .string(let written) = current.kind else { throw unexpected("a text") }
      advance()
      return try temporal(written, from: start)
    case .sign("?") where isFEEL && subject != nil, .sign("$") where !isFEEL && subject != nil:
      guard let subject else { throw unexpected("an expression") }
      advance()
      return try properties(of: subject, from: start)
    case .sign("#") where !isFEEL && !variables.isEmpty:
      advance()
      return try path([variables[variables.count - 1].name], from: start)
    default: throw unexpected("an expression")
    }
  }

  private mutating func properties(
    of subject: ForeignExpression, from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    guard current.kind == .sign(".") else { return subject }
    guard case .path(let parts) = subject.kind else {
      throw unsayable("a property of what is computed", current.bytes)
    }
    return try path(parts, from: start)
  }

  private mutating func named(
    _ name: String, from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    advance()
    switch name {
    case "true", "false": return node(.literal(.bool(name == "true")), from: start)
    case "null": return node(.literal(.null), from: start)
    default: break
    }
    guard current.kind == .sign("(") else {
      let variable = variables.last { $0.written == name }
      return try path([variable?.name ?? name], from: start)
    }
    advance()
    if !isFEEL, let closure = Self.closures[name] {
      return try closureCall(closure, from: start)
    }
    var arguments: [ForeignExpression] = []
    while current.kind != .sign(")") {
      if !arguments.isEmpty { try expect(sign: ",") }
      arguments.append(try expression())
    }
    advance()
    return try call(name, arguments, from: start)
  }

  private mutating func path(
    _ beginning: [String], from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    var parts = beginning
    while current.kind == .sign(".") {
      advance()
      guard case .name(let part) = current.kind else { throw unexpected("a name") }
      advance()
      parts.append(part)
    }
    if current.kind == .sign("["), current.bytes.lowerBound == endOfLast {
      throw unsayable("a part of a list, picked by position or condition,", current.bytes)
    }
    return node(.path(parts), from: start)
  }

  // MARK: Calls

  /// GoRules' functions whose second argument is a condition on `#`.
  private static let closures: [String: (ForeignExpression.Quantifier, isNegated: Bool)] = [
    "some": (.some, false), "none": (.some, true), "all": (.all, false), "one": (.one, false),
  ]

  private mutating func closureCall(
    _ closure: (quantifier: ForeignExpression.Quantifier, isNegated: Bool), from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    let list = try expression()
    try expect(sign: ",")
    let name = "#\(variables.count + 1)"
    variables.append(("#", name))
    let condition = try expression()
    variables.removeLast()
    try expect(sign: ")")
    let found = node(
      .quantified(closure.quantifier, variable: name, over: list, condition: condition),
      from: start)
    return closure.isNegated ? node(.not(found), from: start) : found
  }

  /// The functions that have the same meaning here, with how many arguments they take.
  private static func functions(
    of language: ExpressionDialect.Language
  ) -> [String: (ForeignExpression.Function, ClosedRange<Int>)] {
    let both: [String: (ForeignExpression.Function, ClosedRange<Int>)] = [
      "contains": (.contains, 2...2), "min": (.least, 1...99), "max": (.greatest, 1...99),
      "floor": (.floor, 1...1), "abs": (.absolute, 1...1),
    ]
    let own: [String: (ForeignExpression.Function, ClosedRange<Int>)] =
      switch language {
      case .feel:
        [
          "starts with": (.startsWith, 2...2), "ends with": (.endsWith, 2...2),
          "string length": (.length, 1...1), "count": (.count, 1...1), "ceiling": (.ceiling, 1...1),
          "sum": (.sumOfSome, 1...99),
        ]
      case .goRules:
        [
          "startsWith": (.startsWith, 2...2), "endsWith": (.endsWith, 2...2),
          "len": (.count, 1...1),
          "ceil": (.ceiling, 1...1), "sum": (.sum, 1...1),
        ]
      }
    return both.merging(own) { $1 }
  }

  private func call(
    _ name: String, _ arguments: [ForeignExpression], from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    if name == "not", arguments.count == 1 { return node(.not(arguments[0]), from: start) }
    if name == "list contains", arguments.count == 2 {
      return node(.binary(.isIn, arguments[1], arguments[0]), from: start)
    }
    if isFEEL, ["date", "date and time", "duration", "time"].contains(name) {
      guard arguments.count == 1, case .text(let written)? = arguments[0].literal else {
        throw ImportProblem(
          "'\(name)' of anything but one text can't be said in a policy",
          at: node(.literal(.null), from: start).range)
      }
      return try temporal(written, as: name, from: start)
    }
    let known = Self.functions(of: dialect.language)
    guard let (function, counts) = known[name], counts.contains(arguments.count) else {
      let why = known[name] == nil ? "" : " with so many arguments"
      throw ImportProblem(
        "the function '\(name)'\(why) has no counterpart with the same meaning in policies",
        at: node(.literal(.null), from: start).range,
        help: Suggestion.help(for: name, among: known.keys.filter { $0 != name }.sorted()))
    }
    return node(.call(function, arguments), from: start)
  }

  // MARK: Dates and times

  /// A date, an instant or a duration by its text, and by the function that makes it (DMN 1.5, 10.3.4.1).
  private func temporal(
    _ written: String, as function: String? = nil, from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    let range = node(.literal(.null), from: start).range
    if function != "duration", let date = CivilDate(written), function != "date and time" {
      return ForeignExpression(.literal(.date(date)), at: range)
    }
    if function == nil || function == "date and time", let instant = CELTimestamp(written) {
      return ForeignExpression(.literal(.instant(instant)), at: range)
    }
    if function == nil || function == "duration" {
      if let duration = Self.duration(written) {
        return ForeignExpression(.literal(.duration(duration)), at: range)
      }
      if written.drop(while: { $0 == "-" }).hasPrefix("P") {
        throw ImportProblem(
          "the duration '\(written)' can't be said in a policy: it counts months or years, or is misspelt",
          at: range, help: "months are added to a date with 'addMonths'")
      }
    }
    if function == "date and time" || (function == nil && written.contains("T")) {
      throw ImportProblem(
        "'\(written)' is not an instant: it has no offset, as in 2026-03-08T12:00:00-05:00",
        at: range, help: "give the offset; a zone's name is not read here")
    }
    if function == "time" || (function == nil && written.contains(":")) {
      throw ImportProblem("a time of day without its date can't be said in a policy", at: range)
    }
    throw ImportProblem("'\(written)' is not a date", at: range)
  }

  /// A duration of days, hours, minutes and seconds (ISO 8601, `P1DT2H`); nil for anything else.
  static func duration(_ written: String) -> CELDuration? {
    let isNegative = written.hasPrefix("-")
    let body = written.drop { $0 == "-" }
    guard body.first == "P", body.count > 1, body.last != "T" else { return nil }
    var seconds: Int64 = 0
    var digits = ""
    var units: [Character: Int64] = ["D": 86_400]
    for character in body.dropFirst() {
      if character == "T" {
        guard digits.isEmpty, units["H"] == nil else { return nil }
        units = ["H": 3_600, "M": 60, "S": 1]
      } else if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        guard let unit = units.removeValue(forKey: character), let count = Int64(digits),
          count < 1_000_000_000
        else { return nil }
        seconds += count * unit
        digits = ""
      }
    }
    return digits.isEmpty ? CELDuration(seconds: isNegative ? -seconds : seconds) : nil
  }
}
