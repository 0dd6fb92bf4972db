import Diagnostics

/// What the checker has to say.
extension Diagnostic {
  // MARK: Names

  static func unknownName(
    _ name: String, known: [String], owner: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownName, "'\(name)' is not known here", at: range,
      help: owner.map { "did you mean '\($0).\(name)'?" }
        ?? Suggestion.helpOrList(for: name, among: known, listing: "known here are"))
  }

  static func hidingVariable(_ hidden: Environment.Variable, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nameTaken, "'\(hidden.name)' is already the name of \(hidden.what)", at: range,
      notes: hidden.range.map { [Note("'\(hidden.name)' is declared here", at: $0)] } ?? [],
      help: "choose another name: in the expression only one of the two could be meant")
  }

  static func caseWithoutQuotes(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownName, "'\(name)' is not known here", at: range,
      help: "text is written in quotes: '\(name)'")
  }

  static func functionWithoutCall(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownName, "'\(name)' is a function and must be called: \(name)(...)", at: range)
  }

  static func unknownField(
    _ name: String, of type: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownFact, "'\(name)' is not a fact of \(type)", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "the facts of \(type) are"))
  }

  static func noFacts(_ name: String, of type: CELType, at range: SourceRange) -> Diagnostic {
    let help: String? =
      switch type {
      case .list(.object):
        "ask about its elements, as in .exists(x, x.\(name) ...) or .all(x, x.\(name) ...)"
      case .list: "ask about its elements, as in .exists(x, ...), or for its size()"
      default: nil
      }
    return Diagnostic(
      code: .noFacts, "'\(name)' can't be read from \(type.phrase), which has no facts",
      at: range, help: help)
  }

  static func derivedIsAlwaysThere(_ name: String, of type: String, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .alwaysPresent, "'\(name)' is defined for every \(type), so it is always there",
      at: range, help: "ask for the facts that its definition reads")
  }

  static func unknownFunction(_ name: String, help: String?, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownFunction, "there is no function '\(name)'", at: range, help: help)
  }

  static func misusedMacro(_ name: String, usage: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .misusedMacro, "'\(name)' is not used in this way", at: range,
      help: "it is written \(usage)")
  }

  static func calledTheOtherWay(_ name: String, _ overload: Overload, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .unknownFunction,
      overload.isMember
        ? "'\(name)' is called on a value, after a dot"
        : "'\(name)' is not called on a value, but takes it in its parentheses",
      at: range, help: "write \(overload.usage)")
  }

  // MARK: Types

  static func wrongType(_ actual: CELType, expected: CELType, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .wrongType, "this is \(actual.phrase), where \(expected.phrase) is expected",
      at: range)
  }

  static func notACondition(_ actual: CELType, at range: SourceRange) -> Diagnostic {
    let help: String? =
      switch actual {
      case .list: "to ask whether there are any, write size(...) > 0"
      case .optional: "to ask whether it has a value, write .hasValue()"
      default: nil
      }
    return Diagnostic(
      code: .wrongType, "this is \(actual.phrase), but a condition must be true or false",
      at: range, help: help)
  }

  static func differentBranches(_ then: CELType, _ otherwise: CELType, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .wrongType,
      "both outcomes must be of one type, and these are \(then.phrase) and \(otherwise.phrase)",
      at: range)
  }

  static func notOptional(_ actual: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "this is \(actual.phrase), where an optional value is expected",
      at: range)
  }

  static func nullAmongOptionals(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "a list can't hold both optional values and null", at: range,
      help: "an optional value that is empty is written optional.none()")
  }

  static func notAKey(_ actual: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "\(actual.phrase) can't be a key, which is a string, an int, a uint or a bool", at: range)
  }

  static func wrongKey(_ actual: CELType, expected: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "the keys of this map are \(expected), and this is \(actual.phrase)",
      at: range)
  }

  static func repeatedKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .repeatedKey, "the key \(range.text) is given twice in this map", at: range)
  }

  static func nothingToIterate(_ actual: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "this is \(actual.phrase), where a list or a map is expected", at: range)
  }

  static func noOverload(
    _ name: String, isMember: Bool, arguments: [CheckedExpression], types: [CELType],
    candidates: [Overload], at range: SourceRange
  ) -> Diagnostic {
    var given = types
    var message = "'\(Overload.displayName(name))' can't be "
    if isMember, !given.isEmpty { message += "called on \(given.removeFirst().phrase)" }
    if !given.isEmpty {
      message += isMember ? " with " : "given "
      message += list(given.map(\.phrase))
    } else if !isMember {
      message += "called without arguments"
    }
    return Diagnostic(
      code: .wrongArgument, message, at: range,
      help: dateHelp(name, types) ?? orderHelp(name, arguments, types)
        ?? (isMember ? OtherNames.help(for: name, on: types.first) : nil)
        ?? "it is written \(usages(of: candidates, types))")
  }

  /// How the overloads are written: those that take one of the arguments as it is, if there are such.
  private static func usages(of candidates: [Overload], _ types: [CELType]) -> String {
    let near = candidates.filter { zip($0.parameters, types).contains { $0 == $1 } }
    var usages: [String] = []
    for candidate in near.isEmpty ? candidates : near where !usages.contains(candidate.usage) {
      usages.append(candidate.usage)
    }
    return usages.prefix(6).joined(separator: ", ") + (usages.count > 6 ? ", ..." : "")
  }

  /// How dates are calculated with, for whoever tries it with operators.
  private static func dateHelp(_ name: String, _ types: [CELType]) -> String? {
    switch (name, types.first, types.last) {
    case ("_-_", .date, .date): "the days between dates are a.daysUntil(b)"
    case ("_+_", .date, _), ("_-_", .date, _): "days are added with addDays(days)"
    case ("_/_", .decimal, _), ("_/_", .money, _), ("_/_", _, .decimal):
      "a quotient says how it is rounded: a.divide(b, 0.01, 'half-up')"
    case ("_*_", .money, .money): "an amount is multiplied by a plain number"
    case (_, .decimal, .double), (_, .money, .double), (_, .double, .decimal), (_, .double, .money):
      "a double holds binary fractions: write the number out, or make it a decimal where it is declared"
    case (_, .money, .int), (_, .money, .decimal), (_, .int, .money), (_, .decimal, .money):
      "a plain number is made an amount with money(number)"
    default: nil
    }
  }

  private static func list(_ phrases: [String]) -> String {
    guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "" }
    return phrases.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Comparisons

  static func neverEqual(
    _ left: CheckedExpression, _ leftType: CELType, _ right: CheckedExpression,
    _ rightType: CELType, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .neverEqual,
      "\(leftType.phrase) and \(rightType.phrase) can never be equal", at: range,
      help: comparisonHelp(left, leftType, right, rightType))
  }

  /// The right way to write a comparison with a value of the wrong type, where that can be guessed.
  private static func literalHelp(_ type: CELType, _ literal: CheckedExpression) -> String? {
    switch (type, literal.kind) {
    case (.date, .constant(.string(let text))):
      "a date is written date('\(CivilDate(text)?.description ?? "2026-05-01")')"
    case (.timestamp, .constant(.string(let text))):
      if let date = CivilDate(text) {
        "the date of an instant is date(...), and a date is written date('\(date)')"
      } else {
        "an instant is written timestamp('\(CELTimestamp(text) == nil ? "..." : text)')"
      }
    case (.duration, .constant(.string(let text))):
      "a duration is written duration('\(CELDuration(text) == nil ? "1h30m" : text)')"
    case (.bool, .constant(.string)): "true and false are written without quotes"
    case (.int, .constant(.string)), (.double, .constant(.string)):
      "numbers are written without quotes"
    case (_, .constant(.null)): "whether a fact is there is asked with has(...)"
    case (.string, .constant(.int)), (.string, .constant(.double)), (.string, .constant(.bool)):
      "text is written in quotes: '\(literal.range.text)'"
    case (.duration, .constant(.int(let number))):
      "a duration is written with its unit, such as duration('\(number)m') or duration('\(number)h')"
    default: nil
    }
  }

  /// The right way to compare values of two types, where there is one.
  private static func conversionHelp(_ left: CELType, _ right: CELType) -> String? {
    switch (left, right) {
    case (.date, .timestamp), (.timestamp, .date): "the date of an instant is date(...)"
    case (.duration, .int), (.int, .duration):
      "the minutes of a duration are .getMinutes(), its hours .getHours()"
    default: nil
    }
  }

  /// The help for a comparison of order.
  private static func orderHelp(
    _ name: String, _ arguments: [CheckedExpression], _ types: [CELType]
  ) -> String? {
    guard ["_<_", "_<=_", "_>_", "_>=_"].contains(name), arguments.count == 2, types.count == 2
    else { return nil }
    return comparisonHelp(arguments[0], types[0], arguments[1], types[1])
  }

  /// The help for a comparison, whichever side is the wrong one.
  private static func comparisonHelp(
    _ left: CheckedExpression, _ leftType: CELType, _ right: CheckedExpression,
    _ rightType: CELType
  ) -> String? {
    literalHelp(leftType, right) ?? literalHelp(rightType, left)
      ?? conversionHelp(leftType, rightType)
  }

  static func neverIn(
    _ value: CELType, _ collection: CELType, _ element: CELType, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .neverEqual,
      "\(value.phrase) can never be in \(collection.phrase)", at: range)
  }

  static func noCase(_ text: String, of enumeration: EnumerationType, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .noCase, "'\(text)' is not \(enumeration.name.withArticle)", at: range,
      help: Suggestion.helpOrList(
        for: text, among: enumeration.cases, listing: "\(enumeration.name) is one of"))
  }

  // MARK: Constants

  static func alwaysFails(_ error: EvaluationError, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .alwaysFails, "this always fails: \(error.message)", at: range)
  }

  static func invalidDate(_ text: String, _ reason: String?, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidDate, "'\(text)' is not a date" + (reason.map { ": \($0)" } ?? ""), at: range,
      help: reason == nil
        ? "a date is written year-month-day, such as date('2026-05-01')" : nil)
  }

  static func unknownTimeZone(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownTimeZone, "'\(name)' is not a time zone", at: range,
      help: TimeZoneName.help(for: name))
  }

  static func wrongWord(_ text: String, _ form: WordForm, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: form.code, "'\(text)' is not \(form.phrase)", at: range, help: form.help(for: text))
  }

  static func invalidPattern(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .invalidPattern, "the pattern can't be read: \(message)", at: range)
  }
}

extension CELType {
  /// The type with its article, as a sentence has it.
  package var phrase: String {
    switch self {
    case .null: return "null"
    case .dyn, .parameter, .error: return "a value of any type"
    case .list(let element):
      return element.isDynamic || element.hasParameters ? "a list" : "a \(self)"
    case .optional(let value):
      return value.isDynamic || value.hasParameters ? "an optional value" : "an \(self)"
    case .type: return "a type"
    default:
      return description.withArticle
    }
  }
}

extension String {
  /// The name with `a` or `an` before it, by its first letter: `a uint`, `an int`.
  package var withArticle: String {
    let vowel = unicodeScalars.first.map { "aeioAEIO".unicodeScalars.contains($0) } ?? false
    return (vowel ? "an " : "a ") + self
  }
}

extension Overload {
  /// How the overload is called, with types in place of arguments: `date.addDays(int)`, `int + int`.
  package var usage: String {
    let types = parameters.map(\.description)
    switch name {
    case "_[_]" where types.count == 2: return "\(types[0])[\(types[1])]"
    case "_[?_]" where types.count == 2: return "\(types[0])[?\(types[1])]"
    case "-_", "!_": return Overload.displayName(name) + types.joined()
    case _ where (name.hasPrefix("_") || name == "@in") && types.count == 2:
      return "\(types[0]) \(Overload.displayName(name)) \(types[1])"
    default: break
    }
    guard isMember, let receiver = types.first else {
      return "\(name)(\(types.joined(separator: ", ")))"
    }
    return "\(receiver).\(name)(\(types.dropFirst().joined(separator: ", ")))"
  }
}
