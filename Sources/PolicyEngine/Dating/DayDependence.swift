import CEL

/// Finds the days on which an evaluation goes the same way as on the day that it was recorded for.
///
/// An evaluation reads the day decided for as a variable, reckons with it, and compares: `today <=
/// session.date.addDays(7)`. What such a sum comes to differs from day to day, but always by as much as
/// the days do, so a comparison tells exactly until which day it comes out the same. Whatever else is
/// done with the day (asking for its weekday, putting it into a list) is taken to hold for that day
/// alone. So the days found are never too many, and what the evaluation comes to is the same on all.
struct DayDependence {
  /// How a value follows from the day.
  private enum Form {
    /// It is the same on all the days found.
    case fixed
    /// A date, as days since 1970-01-01, or a whole number: `factor` times the day and `offset` more.
    case linear(factor: Int64, offset: Int64)

    var moves: Bool { if case .linear = self { true } else { false } }
  }

  /// The day that was decided for, as days since 1970-01-01.
  private let today: Int64
  /// The days found so far, as days since 1970-01-01.
  private(set) var days: ClosedRange<Int64>
  /// What the variables of the frame are, by depth, where they are not fixed.
  private var frame: [Int: Form] = [:]

  /// The days of the calendar (years 1 to 9999).
  static let calendar: ClosedRange<Int64> = -719_162...2_932_896

  /// The facts whose value is the day itself, whichever it is.
  private let moving: Set<AttributePath>

  /// Every day, as long as nothing is known of the evaluation.
  init(today: CivilDate, moving: Set<AttributePath> = []) {
    self.moving = moving
    self.today = Int64(today.daysSinceEpoch)
    days = Self.calendar
  }

  /// Takes in an evaluation: the days left are those on which it goes the same way and its result is the same.
  mutating func fix(_ trace: Trace) { settle(form(of: trace)) }

  /// Takes in an evaluation whose date may move with the day decided for.
  ///
  /// - Returns: How many days after the day decided for it is on all the days left; nil where it doesn't
  ///   move, or on that day alone.
  mutating func follow(_ trace: Trace) -> Int64? {
    let form = form(of: trace)
    if case .linear(1, let offset) = form, trace.hasDate { return offset }
    settle(form)
    return nil
  }

  /// Keeps only the days from one through another, and the day decided for.
  mutating func keep(from first: Int64, through last: Int64) {
    days = max(days.lowerBound, min(first, today))...min(days.upperBound, max(last, today))
  }

  /// Keeps the day decided for alone.
  mutating func keepToday() { keep(from: today, through: today) }

  private mutating func settle(_ form: Form) {
    if case .linear = form { keepToday() }
  }

  // MARK: - Forms

  private mutating func form(of trace: Trace) -> Form {
    switch trace.expression.kind {
    case .constant, .unresolved, .error: return .fixed
    case .global(GlobalSlot.today, _): return .linear(factor: 1, offset: 0)
    case .global: return .fixed
    case .local(let depth, _): return frame[depth] ?? .fixed
    case .conditional:
      guard trace.children.count == 2 else { return fixAll(trace) }
      settle(form(of: trace.children[0]))
      return form(of: trace.children[1])
    case .derived: return definition(of: trace)
    case .bind(_, let depth, _, _):
      guard trace.children.count == 2 else { return fixAll(trace) }
      let value = form(of: trace.children[0])
      let outer = frame.updateValue(value, forKey: depth)
      defer { frame[depth] = outer }
      return form(of: trace.children[1])
    case .call(let name, _, _): return call(name, trace)
    case .field, .optionalField:
      let form = fixAll(trace)
      return trace.origin.map { moving.contains($0) } ?? false
        ? .linear(factor: 1, offset: 0) : form
    case .member, .hasField, .hasMember, .optionalMember, .not, .and, .or,
      .list, .map, .comprehension, .optionalMap:
      return fixAll(trace)
    }
  }

  /// The form of what is fixed once all its parts are; so are the elements that a comprehension binds.
  private mutating func fixAll(_ trace: Trace) -> Form {
    for child in trace.children { settle(form(of: child)) }
    return .fixed
  }

  private mutating func definition(of trace: Trace) -> Form {
    guard trace.children.count == 2 else { return fixAll(trace) }
    settle(form(of: trace.children[0]))
    let outer = frame
    frame = [:]
    defer { frame = outer }
    let form = form(of: trace.children[1])
    guard case .value(.optional) = trace.result else { return form }
    settle(form)
    return .fixed
  }

  // MARK: - Calls

  private mutating func call(_ name: String, _ trace: Trace) -> Form {
    let forms = trace.children.map { form(of: $0) }
    guard forms.contains(where: \.moves) else { return .fixed }
    // Without the value of an argument a call has no value, whatever the others are.
    let isComplete = trace.children.allSatisfy {
      if case .value = $0.result { true } else { false }
    }
    guard isComplete else { return .fixed }
    if case .value = trace.result, let form = reckon(name, forms, trace) { return form }
    keepToday()
    return .fixed
  }

  /// The form of a call that is understood; nil for others.
  private mutating func reckon(_ name: String, _ forms: [Form], _ trace: Trace) -> Form? {
    if name == "@in" { return membership(forms, trace) }
    let sums = zip(forms, trace.children).map { Sum($0, $1.result) }
    guard let first = sums.first, let first else { return nil }
    if sums.count == 1 { return reckon(name, first) }
    guard sums.count == 2, let second = sums[1] else { return nil }
    let isDate = trace.children[0].hasDate
    switch name {
    case "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_":
      guard isDate == trace.children[1].hasDate else { return nil }
      return compare(name, first.minus(second))
    case "addDays" where isDate: return date(first.plus(second))
    case "addWeeks" where isDate: return date(second.times(7).flatMap { first.plus($0) })
    case "daysUntil" where isDate: return second.minus(first)?.form
    case "_+_" where !isDate: return first.plus(second)?.form
    case "_-_" where !isDate: return first.minus(second)?.form
    default: return nil
    }
  }

  private mutating func reckon(_ name: String, _ sum: Sum) -> Form? {
    guard sum.factor == 1, let day = CivilDate(day: today + sum.offset) else { return nil }
    switch name {
    case "date": return sum.form
    case "year", "getFullYear":
      guard let first = CivilDate(year: day.year, month: 1, day: 1),
        let last = CivilDate(year: day.year, month: 12, day: 31)
      else { return nil }
      keep(sum, from: first, through: last)
    case "month":
      guard let first = CivilDate(year: day.year, month: day.month, day: 1),
        let next = first.adding(months: 1)
      else { return nil }
      keep(sum, from: first, through: CivilDate(daysSinceEpoch: next.daysSinceEpoch - 1))
    default: return nil
    }
    return .fixed
  }

  private mutating func keep(_ sum: Sum, from first: CivilDate, through last: CivilDate) {
    keep(
      from: Int64(first.daysSinceEpoch) - sum.offset,
      through: Int64(last.daysSinceEpoch) - sum.offset)
  }

  /// A sum that is a date: on the days on which the calendar still has it.
  private mutating func date(_ sum: Sum?) -> Form? {
    guard let sum, abs(sum.factor) <= 1 else { return nil }
    if sum.factor == 1 {
      keep(
        from: Self.calendar.lowerBound - sum.offset, through: Self.calendar.upperBound - sum.offset)
    } else if sum.factor == -1 {
      keep(
        from: sum.offset - Self.calendar.upperBound, through: sum.offset - Self.calendar.lowerBound)
    }
    return sum.form
  }

  /// A comparison of a difference with nothing: true, or false, up to the day on which it is nothing.
  private mutating func compare(_ name: String, _ difference: Sum?) -> Form? {
    guard let difference, abs(difference.factor) <= 1 else { return nil }
    guard difference.factor != 0 else { return .fixed }
    // The difference is nothing on this day, and grows from there on, or shrinks.
    let grows = difference.factor == 1
    let level = grows ? -difference.offset : difference.offset
    switch name {
    case "_<_", "_>=_": grows ? part(before: level) : part(before: level + 1)
    case "_<=_", "_>_": grows ? part(before: level + 1) : part(before: level)
    default: separate(level)
    }
    return .fixed
  }

  /// Keeps the days before a day, or those from it on, whichever the day decided for is among.
  private mutating func part(before level: Int64) {
    if today < level {
      keep(from: .min, through: level - 1)
    } else {
      keep(from: level, through: .max)
    }
  }

  /// Keeps the days before a day, that day, or those after it.
  private mutating func separate(_ level: Int64) {
    part(before: level)
    part(before: level + 1)
  }

  /// Whether a date that moves is one of a list of dates that don't.
  private mutating func membership(_ forms: [Form], _ trace: Trace) -> Form? {
    guard forms.count == 2, case .linear(1, let offset) = forms[0], case .fixed = forms[1],
      trace.children[0].hasDate, case .value(.list(let elements)) = trace.children[1].result
    else { return nil }
    for case .date(let date) in elements { separate(Int64(date.daysSinceEpoch) - offset) }
    return .fixed
  }

  /// A date or whole number that is reckoned with.
  private struct Sum {
    let factor: Int64
    let offset: Int64

    /// How large a part may be: far beyond any date, and small enough that no sum of two overflows.
    private static let limit: Int64 = 1 << 40

    init?(factor: Int64, offset: Int64) {
      guard abs(factor) <= Self.limit, offset.magnitude <= Self.limit.magnitude else { return nil }
      self.factor = factor
      self.offset = offset
    }

    init?(_ form: Form, _ result: Evaluation) {
      switch (form, result) {
      case (.linear(let factor, let offset), _): self.init(factor: factor, offset: offset)
      case (.fixed, .value(.date(let date))):
        self.init(factor: 0, offset: Int64(date.daysSinceEpoch))
      case (.fixed, .value(.int(let number))): self.init(factor: 0, offset: number)
      case (.fixed, _): return nil
      }
    }

    var form: Form { factor == 0 ? .fixed : .linear(factor: factor, offset: offset) }

    func plus(_ other: Sum) -> Sum? {
      Sum(factor: factor + other.factor, offset: offset + other.offset)
    }

    func minus(_ other: Sum) -> Sum? {
      Sum(factor: factor - other.factor, offset: offset - other.offset)
    }

    func times(_ number: Int64) -> Sum? { Sum(factor: factor * number, offset: offset * number) }
  }
}

extension Trace {
  fileprivate var hasDate: Bool { if case .value(.date) = result { true } else { false } }
}

extension CivilDate {
  /// The day so many days after 1970-01-01; nil where the calendar has none.
  init?(day: Int64) {
    guard DayDependence.calendar.contains(day) else { return nil }
    self.init(daysSinceEpoch: Int32(day))
  }
}
