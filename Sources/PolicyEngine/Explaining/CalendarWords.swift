package import CEL
package import Diagnostics

/// What a calendar says of days, in people's words.
package struct CalendarWords {
  private let calendar: DayCalendar
  private let place: SourceRange

  /// The words of a calendar that is declared at a place.
  package init(_ calendar: DayCalendar, declaredAt place: SourceRange) {
    self.calendar = calendar
    self.place = place
  }

  /// How many exceptions are told of a stretch of days.
  private static let mostExceptions = 5

  /// What there is to say of a day, or of a stretch of days: how many days it has, and which are an exception.
  func days(_ days: ClosedRange<CivilDate>) -> [Citations.ParameterValue.Days] {
    if days.lowerBound == days.upperBound { return [day(days.lowerBound)] }
    let span = calendar.span
    for end in [days.lowerBound, days.upperBound] where !span.contains(end) { return [day(end)] }
    let count = calendar.days(in: days).count
    let year = calendar.year(of: days.lowerBound) ?? calendar.year(of: days.upperBound)
    let found = said(
      "from \(text(days.lowerBound)) to \(text(days.upperBound)) there \(count == 1 ? "is 1 open day" : "are \(count) open days")",
      at: year?.range)
    let exceptions = calendar.years.flatMap(\.exceptions).filter { $0.days.overlaps(days) }
    var told = exceptions.prefix(Self.mostExceptions).map { said(words(of: $0), at: $0.range) }
    if exceptions.count > told.count {
      told.append(
        said("and \(exceptions.count - told.count) more closed or opened days", at: year?.range))
    }
    return [found] + told
  }

  /// What there is to say of one day.
  private func day(_ day: CivilDate) -> Citations.ParameterValue.Days {
    let span = calendar.span
    if day < span.lowerBound {
      return said(
        "\(text(day)) is outside: the calendar begins on \(text(span.lowerBound))",
        at: calendar.years.first?.range)
    }
    if day > span.upperBound {
      return said(
        "\(text(day)) is outside: the calendar ends on \(text(span.upperBound))",
        at: calendar.years.last?.range)
    }
    guard let year = calendar.year(of: day) else {
      let before = calendar.years.last { $0.days.upperBound < day }
      let after = calendar.years.first { $0.days.lowerBound > day }
      return said(
        "\(text(day)) is closed: between \(before?.name ?? "") and \(after?.name ?? "")",
        at: after?.range)
    }
    if let exception = year.exception(on: day) {
      let state = exception.isOpen ? "open" : "closed"
      return said("\(text(day)) is \(state): \(exception.reason)", at: exception.range)
    }
    let isOpen = calendar.contains(day)
    return said(
      isOpen
        ? "\(text(day)) is open, in \(year.name)"
        : "\(text(day)) is closed: a \(day.weekday.nameInWords)",
      at: year.range)
  }

  private func words(of exception: DayCalendar.Exception) -> String {
    let (first, last) = (exception.days.lowerBound, exception.days.upperBound)
    let days = first == last ? "\(text(first)) is" : "\(text(first)) to \(text(last)) are"
    return "\(days) \(exception.isOpen ? "open" : "closed"): \(exception.reason)"
  }

  private func said(_ words: String, at range: SourceRange?) -> Citations.ParameterValue.Days {
    Citations.ParameterValue.Days(words: words, place: range ?? place)
  }

  private func text(_ day: CivilDate) -> String { ValueWords.text(of: day) }
}

extension Citations.ParameterValue {
  /// The calendar of a name that the parameter is, or has in its table.
  func calendar(named name: String) -> DayCalendar? {
    switch value {
    case .opaque(let value)?:
      guard let calendar = value as? DayCalendar, calendar.name == name else { return nil }
      return calendar
    case .map(let table)?:
      for case .opaque(let value) in table.entries.map(\.value) {
        if let calendar = value as? DayCalendar, calendar.name == name { return calendar }
      }
      return nil
    default: return nil
    }
  }
}
