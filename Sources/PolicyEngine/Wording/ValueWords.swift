package import CEL

/// Values in the words and forms of people, for sentences: dates with their weekday, labels of cases.
package struct ValueWords {
  let vocabulary: Vocabulary

  /// The words of a vocabulary.
  package init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// A value of a static type as it stands in a sentence.
  package func text(of value: CELValue, type: CELType) -> String {
    switch (value, type) {
    case (.string(let text), .enumeration(let name)):
      return vocabulary.enumeration(named: name)?.label(of: text) ?? text
    case (.string(let text), _): return text
    case (.bool(let flag), _): return flag ? "yes" : "no"
    case (.date(let date), _): return Self.text(of: date)
    case (.decimal(let number), _): return number.description
    case (.money(let money), _):
      return CurrencyWords.text(of: money, in: vocabulary.currency)
    case (.timestamp(let instant), _):
      return LocalTime(of: instant, inZone: vocabulary.timeZone).words
    case (.duration(let duration), _): return Self.text(of: duration)
    case (.list(let elements), .list(let element)):
      return elements.map { self.element($0, type: element) }.joined(separator: ", ")
    case (.list(let elements), _):
      return elements.map { element($0, type: .dyn) }.joined(separator: ", ")
    case (.map(let map), .map(let key, let value)): return rows(of: map, key, value)
    case (.map(let map), _): return rows(of: map, .dyn, .dyn)
    case (.optional(let wrapped?), .optional(let type)): return text(of: wrapped, type: type)
    case (.optional(let wrapped?), _): return text(of: wrapped, type: .dyn)
    default: return ValueLiteral.text(of: value)
    }
  }

  /// An element of a list: one that is a list or table itself in parentheses, so that it can be told apart.
  private func element(_ value: CELValue, type: CELType) -> String {
    let text = text(of: value, type: type)
    return switch value {
    case .list, .map: "(\(text))"
    default: text
    }
  }

  private func rows(of map: CELMap, _ key: CELType, _ value: CELType) -> String {
    map.entries.map { entry in
      "\(text(of: entry.key, type: key)): \(element(entry.value, type: value))"
    }.joined(separator: ", ")
  }

  /// A duration such as `16 hours` or `1 hour 30 minutes`.
  package static func text(of duration: CELDuration) -> String {
    let isNegative = duration.seconds < 0 || duration.nanoseconds < 0
    let total = duration.seconds.magnitude
    var parts: [String] = []
    func add(_ number: UInt64, _ unit: String) {
      if number > 0 { parts.append("\(number) \(unit)\(number == 1 ? "" : "s")") }
    }
    add(total / 3_600, "hour")
    add(total / 60 % 60, "minute")
    if duration.nanoseconds == 0 {
      add(total % 60, "second")
    } else {
      let rest = CELDuration(
        seconds: Int64(total % 60), nanoseconds: Int32(duration.nanoseconds.magnitude))
      parts.append("\(rest.description.dropLast()) seconds")
    }
    if parts.isEmpty { return "0 minutes" }
    return (isNegative ? "minus " : "") + parts.joined(separator: " ")
  }

  /// A date such as `Wed 14 Oct 2026`.
  package static func text(of date: CivilDate) -> String {
    "\(weekdays[date.dayOfWeek]) \(shortText(of: date))"
  }

  /// How long ago a day was that is only just past, such as `, 2 days ago`; nothing for others.
  package static func daysAgo(_ date: CivilDate, seenOn today: CivilDate) -> String {
    switch date.days(until: today) {
    case 1: ", 1 day ago"
    case 2...7: ", \(date.days(until: today)) days ago"
    default: ""
    }
  }

  /// A date such as `14 Oct 2026`.
  package static func shortText(of date: CivilDate) -> String {
    "\(date.day) \(months[date.month - 1]) \(date.year)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
