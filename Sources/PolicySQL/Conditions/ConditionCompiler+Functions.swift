import CEL
import PolicyEngine

/// Functions of texts, dates and times.
extension ConditionCompiler {
  mutating func textCall(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    if let text = try values(arguments, [.string], scope)?.first {
      switch name {
      case "trim": return try dialect.trimmed(text)
      case "lowerAscii": return try dialect.mapped(text, from: Self.capitals, to: Self.small)
      case "upperAscii": return try dialect.mapped(text, from: Self.small, to: Self.capitals)
      case "string": return text
      case "date": return try dialect.date(ofText: text)
      default: break
      }
    }
    if let pair = try values(arguments, [.string, .string], scope) {
      switch name {
      case "startsWith": return dialect.startsWith(pair[0], pair[1])
      case "endsWith": return dialect.endsWith(pair[0], pair[1])
      case "contains": return dialect.contains(pair[0], pair[1])
      case "indexOf": return try dialect.position(of: pair[1], in: pair[0])
      default: break
      }
    }
    if name == "replace", let texts = try values(arguments, [.string, .string, .string], scope) {
      guard case .string(let old)? = arguments[1].constantValue, !old.isEmpty else {
        throw SQLRefusal("the text that is replaced must be written out, and not be empty")
      }
      return try dialect.replaced(texts[0], texts[1], texts[2])
    }
    if name == "substring" {
      if let parts = try values(arguments, [.string, .int], scope) {
        return try dialect.substring(parts[0], from: parts[1], to: nil)
      }
      if let parts = try values(arguments, [.string, .int, .int], scope) {
        return try dialect.substring(parts[0], from: parts[1], to: parts[2])
      }
    }
    return try conversion(name, arguments, scope)
  }

  private static let small = "abcdefghijklmnopqrstuvwxyz"
  private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

  private mutating func conversion(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    guard arguments.count == 1, let argument = arguments.first else { return nil }
    switch (name, argument.type.sqlKind) {
    case ("string", .int): return dialect.text(ofInt: try value(argument, scope))
    case ("string", .bool): return dialect.text(ofBool: try value(argument, scope))
    case ("string", .date): return dialect.text(ofDate: try value(argument, scope))
    case ("double", .int): return dialect.double(ofInt: try value(argument, scope))
    case ("int", .int), ("double", .double), ("bool", .bool), ("date", .date),
      ("timestamp", .timestamp), ("duration", .duration):
      return try value(argument, scope)
    case ("label", .string): return try label(argument, scope)
    default: return nil
    }
  }

  /// The words for a case of a closed list.
  private mutating func label(_ argument: CheckedExpression, _ scope: Scope) throws -> String? {
    guard case .enumeration(let name) = argument.type,
      let enumeration = policies.vocabulary.enumeration(named: name)
    else { return nil }
    let cases = try enumeration.cases.map {
      "WHEN \(try dialect.text($0.value)) THEN \(try dialect.text($0.label))"
    }
    let operand = SQLLogic.parenthesized(try value(argument, scope))
    return "CASE \(operand) \(cases.joined(separator: " ")) END"
  }

  // MARK: - Dates and times

  mutating func dateCall(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    if let date = try values(arguments, [.date], scope)?.first {
      switch name {
      case "year", "getFullYear": return dialect.part(.year, ofDate: date)
      case "month": return dialect.part(.month, ofDate: date)
      case "day": return dialect.part(.day, ofDate: date)
      case "dayOfWeek": return dialect.part(.dayOfWeek, ofDate: date)
      default: return nil
      }
    }
    if let pair = try values(arguments, [.date, .int], scope) {
      switch name {
      case "addDays": return dialect.date(pair[0], addingDays: pair[1])
      case "addWeeks":
        return dialect.date(pair[0], addingDays: dialect.calculation("*", pair[1], "7"))
      case "addMonths": return try dialect.date(pair[0], addingMonths: pair[1])
      default: return nil
      }
    }
    if name == "daysUntil", let pair = try values(arguments, [.date, .date], scope) {
      return dialect.days(from: pair[0], until: pair[1])
    }
    if name == "date", let parts = try values(arguments, [.int, .int, .int], scope) {
      return try dialect.date(year: parts[0], month: parts[1], day: parts[2])
    }
    return try instantCall(name, arguments, scope) ?? durationCall(name, arguments, scope)
  }

  private mutating func instantCall(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    guard let first = arguments.first, first.type == .timestamp else { return nil }
    let clock = ClockPart(rawValue: name)
    guard clock != nil || ["date", "timeOfDay"].contains(name) else { return nil }
    var zone = clock == nil ? timeZone : "UTC"
    if arguments.count == 2 {
      guard case .string(let named)? = arguments[1].constantValue else {
        throw SQLRefusal("the time zone must be written out")
      }
      zone = named
    }
    try Self.check(zone: zone)
    let instant = try value(first, scope)
    if let clock { return try dialect.part(clock, ofInstant: instant, zone: zone) }
    return name == "date"
      ? try dialect.date(ofInstant: instant, zone: zone)
      : try dialect.timeOfDay(instant, zone: zone)
  }

  /// Refuses what databases take for a zone otherwise than the engine does: offsets, whose sign POSIX turns
  /// round, and abbreviations.
  private static func check(zone: String) throws {
    let isName =
      zone == "UTC" || zone.contains("/") && CELTimestamp(seconds: 0).offset(in: zone) != nil
    guard isName, !zone.contains("'") else {
      throw SQLRefusal("'\(zone)' is not the name of a time zone that databases know")
    }
  }

  private mutating func durationCall(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    guard let duration = try values(arguments, [.duration], scope)?.first else { return nil }
    switch name {
    case "getHours": return dialect.calculation("/", duration, "3600000000")
    case "getMinutes": return dialect.calculation("/", duration, "60000000")
    case "getSeconds": return dialect.calculation("/", duration, "1000000")
    case "getMilliseconds":
      return dialect.calculation("/", dialect.calculation("%", duration, "1000000"), "1000")
    default: return nil
    }
  }
}
