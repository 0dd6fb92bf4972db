import CEL

/// What an expression's value is, as far as it is followed.
indirect enum Symbolic {
  /// A truth value.
  case formula(FormulaID)
  case constant(CELValue)
  /// A text, or a value of another type that is not counted.
  case term(TermID)
  /// A whole number, date, instant or duration.
  case number(LinearForm, CELType)
  case object(TermID)
  case list(SymbolicList)
  /// An optional without or with a value.
  case empty
  case some(Symbolic)
  /// The second where the formula is true, the third where it is false, and nothing where it is undetermined.
  case choice(FormulaID, Symbolic, Symbolic)
  /// There is no value.
  case undetermined
}

/// A list, as far as it is followed.
indirect enum SymbolicList {
  /// One that a document has, or that a function makes.
  case term(TermID)
  /// One that is written out.
  case literal([Symbolic])
  /// What becomes of a list's elements: those that satisfy a condition, each made into a value.
  case made(from: TermID, variable: TermID, where: FormulaID, Symbolic)
}

extension CELType {
  /// Whether values of the type are counted by whole numbers: days, nanoseconds, or what they are.
  var isCounted: Bool {
    switch self {
    case .int, .date, .timestamp, .duration: true
    default: false
    }
  }

  /// The type without what a closed list adds to a string.
  var plain: CELType { if case .enumeration = self { .string } else { self } }
}

/// Whole numbers for values of the types that are counted.
enum Count {
  static let second: Int128 = 1_000_000_000

  /// The number that stands for a value; nil for one of another type.
  static func number(of value: CELValue) -> Int128? {
    switch value {
    case .int(let number): Int128(number)
    case .date(let date): Int128(date.daysSinceEpoch)
    case .timestamp(let instant): Int128(instant.seconds) * second + Int128(instant.nanoseconds)
    case .duration(let span): Int128(span.seconds) * second + Int128(span.nanoseconds)
    default: nil
    }
  }

  /// The value of a type that a number stands for; nil where there is none.
  static func value(_ number: Int128, as type: CELType) -> CELValue? {
    switch type {
    case .int: return Int64(exactly: number).map { .int($0) }
    case .date:
      guard range(of: .date).contains(number) else { return nil }
      return .date(CivilDate(daysSinceEpoch: Int32(number)))
    case .timestamp:
      guard range(of: .timestamp).contains(number) else { return nil }
      var (seconds, rest) = number.quotientAndRemainder(dividingBy: second)
      if rest < 0 { (seconds, rest) = (seconds - 1, rest + second) }
      return .timestamp(CELTimestamp(seconds: Int64(seconds), nanoseconds: Int32(rest)))
    case .duration:
      let (seconds, rest) = number.quotientAndRemainder(dividingBy: second)
      return Int64(exactly: seconds).map {
        .duration(CELDuration(seconds: $0, nanoseconds: Int32(rest)))
      }
    default: return nil
    }
  }

  /// The numbers that stand for values of a type.
  static func range(of type: CELType) -> ClosedRange<Int128> {
    switch type {
    // 0001-01-01 to 9999-12-31.
    case .date: -719_162...2_932_896
    case .timestamp: -62_135_596_800 * second...(253_402_300_800 * second - 1)
    case .duration: -9_223_372_036 * second + 1...9_223_372_036 * second - 1
    default: Int128(Int64.min)...Int128(Int64.max)
    }
  }

  /// The numbers of values that sessions really have: within them, sums never leave their range.
  static func usualRange(of type: CELType) -> ClosedRange<Int128> {
    switch type {
    case .date: usualDays
    case .timestamp: usualDays.lowerBound * 86_400 * second...usualDays.upperBound * 86_400 * second
    // Ten years.
    case .duration: -3_650 * 86_400 * second...3_650 * 86_400 * second
    default: -1_000_000...1_000_000
    }
  }

  /// 1900-01-01 to 2150-01-01.
  private static let usualDays: ClosedRange<Int128> = -25567...65744
}
