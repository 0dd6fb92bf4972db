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
    case (.timestamp(let instant), _):
      return LocalTime(of: instant, inZone: vocabulary.timeZone).words
    case (.list(let elements), .list(let element)):
      return elements.map { text(of: $0, type: element) }.joined(separator: ", ")
    case (.list(let elements), _):
      return elements.map { text(of: $0, type: .dyn) }.joined(separator: ", ")
    default: return ValueLiteral.text(of: value)
    }
  }

  /// A date such as `Wed 14 Oct 2026`.
  package static func text(of date: CivilDate) -> String {
    "\(weekdays[date.dayOfWeek]) \(shortText(of: date))"
  }

  /// A date such as `14 Oct 2026`.
  static func shortText(of date: CivilDate) -> String {
    "\(date.day) \(months[date.month - 1]) \(date.year)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
