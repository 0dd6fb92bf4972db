extension Library {
  /// Exact numbers, an addition to CEL.
  static let exact = Library(
    name: "exact numbers",
    summary: """
      An addition to CEL. A `decimal` has at most 18 digits after the point and 28 in all, `money` is a decimal \
      amount in the currency of the policy set. A number that is written beside one is one. What needs more digits \
      is an error. Rounding is to a multiple of a step, in the way `half-up` (a half goes away from zero), \
      `half-even`, `down` (towards zero) or `up` (away from zero).
      """
  ) {
    decimals
    amounts
    conversionsOfExact
    roundings
    divisions
    durations
  }

  // MARK: Calculations

  @OverloadBuilder
  private static var decimals: [Overload] {
    Overload.function("_+_", id: "add_decimal", "The sum.") { (a: CELDecimal, b: CELDecimal, _) in
      try a.adding(b).orThrow(.digits)
    }
    Overload.function("_+_", id: "add_decimal_int", "The sum.") { (a: CELDecimal, b: Int64, _) in
      try a.adding(CELDecimal(b)).orThrow(.digits)
    }
    Overload.function("_+_", id: "add_int_decimal", "The sum.") { (a: Int64, b: CELDecimal, _) in
      try CELDecimal(a).adding(b).orThrow(.digits)
    }
    Overload.function("_-_", id: "subtract_decimal", "The difference.") {
      (a: CELDecimal, b: CELDecimal, _) in try a.adding(b.negated).orThrow(.digits)
    }
    Overload.function("_-_", id: "subtract_decimal_int", "The difference.") {
      (a: CELDecimal, b: Int64, _) in try a.adding(CELDecimal(b).negated).orThrow(.digits)
    }
    Overload.function("_-_", id: "subtract_int_decimal", "The difference.") {
      (a: Int64, b: CELDecimal, _) in try CELDecimal(a).adding(b.negated).orThrow(.digits)
    }
    Overload.function("_*_", id: "multiply_decimal", "The product.") {
      (a: CELDecimal, b: CELDecimal, _) in try a.multiplied(by: b).orThrow(.digits)
    }
    Overload.function("_*_", id: "multiply_decimal_int", "The product.") {
      (a: CELDecimal, b: Int64, _) in try a.multiplied(by: CELDecimal(b)).orThrow(.digits)
    }
    Overload.function("_*_", id: "multiply_int_decimal", "The product.") {
      (a: Int64, b: CELDecimal, _) in try CELDecimal(a).multiplied(by: b).orThrow(.digits)
    }
    Overload.function("-_", id: "negate_decimal", "The same number with the other sign.") {
      (a: CELDecimal, _) in a.negated
    }
  }

  @OverloadBuilder
  private static var amounts: [Overload] {
    Overload.function("_+_", id: "add_money", "The sum.") { (a: CELMoney, b: CELMoney, _) in
      CELMoney(try a.amount.adding(b.amount).orThrow(.digits))
    }
    Overload.function("_-_", id: "subtract_money", "The difference.") {
      (a: CELMoney, b: CELMoney, _) in
      CELMoney(try a.amount.adding(b.amount.negated).orThrow(.digits))
    }
    Overload.function("_*_", id: "multiply_money_decimal", "So many times the amount.") {
      (a: CELMoney, b: CELDecimal, _) in
      CELMoney(try a.amount.multiplied(by: b).orThrow(.digits))
    }
    Overload.function("_*_", id: "multiply_decimal_money", "So many times the amount.") {
      (a: CELDecimal, b: CELMoney, _) in
      CELMoney(try b.amount.multiplied(by: a).orThrow(.digits))
    }
    Overload.function("_*_", id: "multiply_money_int", "So many times the amount.") {
      (a: CELMoney, b: Int64, _) in
      CELMoney(try a.amount.multiplied(by: CELDecimal(b)).orThrow(.digits))
    }
    Overload.function("_*_", id: "multiply_int_money", "So many times the amount.") {
      (a: Int64, b: CELMoney, _) in
      CELMoney(try b.amount.multiplied(by: CELDecimal(a)).orThrow(.digits))
    }
    Overload.function("-_", id: "negate_money", "The same amount with the other sign.") {
      (a: CELMoney, _) in CELMoney(a.amount.negated)
    }
  }

  // MARK: Conversions

  @OverloadBuilder
  private static var conversionsOfExact: [Overload] {
    Overload.function("decimal", id: "decimal_to_decimal", "The value itself.") {
      (a: CELDecimal, _) in a
    }
    Overload.function("decimal", id: "int_to_decimal", "The same number.") { (a: Int64, _) in
      CELDecimal(a)
    }
    Overload.function("decimal", id: "string_to_decimal", "The number written in decimal digits.") {
      (text: String, _) in try CELDecimal(text).orThrow(.conversion("text", "decimal"))
    }
    Overload.function("decimal", id: "money_to_decimal", "The amount as a plain number.") {
      (a: CELMoney, _) in a.amount
    }
    Overload.function("money", id: "money_to_money", "The value itself.") { (a: CELMoney, _) in a }
    Overload.function("money", id: "decimal_to_money", "So much money.") { (a: CELDecimal, _) in
      CELMoney(a)
    }
    Overload.function("money", id: "int_to_money", "So much money.") { (a: Int64, _) in
      CELMoney(CELDecimal(a))
    }
    Overload.function("money", id: "string_to_money", "The amount written in decimal digits.") {
      (text: String, _) in
      CELMoney(try CELDecimal(text).orThrow(.conversion("text", "money")))
    }
    Overload.function(
      "int", id: "decimal_to_int",
      "The same number; one with a fraction is an error: round it before."
    ) { (a: CELDecimal, _) in
      try a.whole.orThrow(EvaluationError("the decimal has a fraction, or is too large for an int"))
    }
    Overload.function("string", id: "decimal_to_string", "The number in decimal digits.") {
      (a: CELDecimal, _) in a.description
    }
    Overload.function("string", id: "money_to_string", "The amount in decimal digits.") {
      (a: CELMoney, _) in a.description
    }
  }

  // MARK: Rounding

  @OverloadBuilder
  private static var roundings: [Overload] {
    Overload.method("round", id: "round_decimal", "The multiple of the step that it is rounded to.")
    {
      (a: CELDecimal, step: CELDecimal, way: String, _) in
      try a.rounded(to: step.asStep(), Rounding(named: way)).orThrow(.digits)
    }
    Overload.method("round", id: "round_money", "The amount that it is rounded to.") {
      (a: CELMoney, step: CELDecimal, way: String, _) in
      CELMoney(try a.amount.rounded(to: step.asStep(), Rounding(named: way)).orThrow(.digits))
    }
    Overload.method(
      "round", id: "round_duration", "The multiple of the step that it is rounded to."
    ) {
      (a: CELDuration, step: CELDuration, way: String, _) in
      guard step > CELDuration(seconds: 0) else { throw EvaluationError.noStep }
      let count = try Rounding(named: way).quotient(a.allNanoseconds, by: step.allNanoseconds)
      return try count.flatMap { CELDuration(nanoseconds: $0, times: step.allNanoseconds) }
        .orThrow(.durationRange)
    }
  }

  @OverloadBuilder
  private static var divisions: [Overload] {
    Overload.method("divide", id: "divide_decimal_decimal", "The quotient, rounded.") {
      (a: CELDecimal, b: CELDecimal, step: CELDecimal, way: String, _) in
      try quotient(a, b, step, way)
    }
    Overload.method("divide", id: "divide_decimal_int", "The quotient, rounded.") {
      (a: CELDecimal, b: Int64, step: CELDecimal, way: String, _) in
      try quotient(a, CELDecimal(b), step, way)
    }
    Overload.method("divide", id: "divide_int_decimal", "The quotient, rounded.") {
      (a: Int64, b: CELDecimal, step: CELDecimal, way: String, _) in
      try quotient(CELDecimal(a), b, step, way)
    }
    Overload.method("divide", id: "divide_int_int", "The quotient, rounded.") {
      (a: Int64, b: Int64, step: CELDecimal, way: String, _) in
      try quotient(CELDecimal(a), CELDecimal(b), step, way)
    }
    Overload.method("divide", id: "divide_money_decimal", "The part of the amount, rounded.") {
      (a: CELMoney, b: CELDecimal, step: CELDecimal, way: String, _) in
      CELMoney(try quotient(a.amount, b, step, way))
    }
    Overload.method("divide", id: "divide_money_int", "The part of the amount, rounded.") {
      (a: CELMoney, b: Int64, step: CELDecimal, way: String, _) in
      CELMoney(try quotient(a.amount, CELDecimal(b), step, way))
    }
    Overload.method("divide", id: "divide_money_money", "How many times the other amount, rounded.")
    {
      (a: CELMoney, b: CELMoney, step: CELDecimal, way: String, _) in
      try quotient(a.amount, b.amount, step, way)
    }
    Overload.method(
      "divide", id: "divide_duration_duration", "How many times the other time, rounded."
    ) {
      (a: CELDuration, b: CELDuration, step: CELDecimal, way: String, _) in
      try ratio(a, b.allNanoseconds, step, way)
    }
    Overload.method("divide", id: "divide_duration_int", "The part of the time, rounded.") {
      (a: CELDuration, b: Int64, step: CELDuration, way: String, _) in
      guard b != 0 else { throw EvaluationError.divisionByZero }
      guard step > CELDuration(seconds: 0) else { throw EvaluationError.noStep }
      let count = try Rounding(named: way).quotient(
        a.allNanoseconds, by: Int128(b) * step.allNanoseconds)
      return try count.flatMap { CELDuration(nanoseconds: $0, times: step.allNanoseconds) }
        .orThrow(.durationRange)
    }
  }

  // MARK: Durations

  @OverloadBuilder
  private static var durations: [Overload] {
    Overload.function("_*_", id: "multiply_duration_int", "So many times the time.") {
      (a: CELDuration, b: Int64, _) in
      try CELDuration(nanoseconds: a.allNanoseconds, times: Int128(b)).orThrow(.durationRange)
    }
    Overload.function("_*_", id: "multiply_int_duration", "So many times the time.") {
      (a: Int64, b: CELDuration, _) in
      try CELDuration(nanoseconds: b.allNanoseconds, times: Int128(a)).orThrow(.durationRange)
    }
    Overload.method("inHours", id: "duration_in_hours", "The time in hours, rounded.") {
      (a: CELDuration, step: CELDecimal, way: String, _) in
      try ratio(a, 3_600_000_000_000, step, way)
    }
  }

  private static func quotient(
    _ a: CELDecimal, _ b: CELDecimal, _ step: CELDecimal, _ way: String
  ) throws -> CELDecimal {
    guard b != .zero else { throw EvaluationError.divisionByZero }
    return try a.divided(by: b, step: step.asStep(), Rounding(named: way)).orThrow(.digits)
  }

  private static func ratio(
    _ a: CELDuration, _ unit: Int128, _ step: CELDecimal, _ way: String
  ) throws -> CELDecimal {
    guard unit != 0 else { throw EvaluationError.divisionByZero }
    // Nanoseconds of 292 years have 19 digits.
    guard let dividend = CELDecimal(coefficient: a.allNanoseconds, scale: 0),
      let divisor = CELDecimal(coefficient: unit, scale: 0)
    else { throw EvaluationError.digits }
    return try quotient(dividend, divisor, step, way)
  }
}

extension Rounding {
  /// The way of a name.
  fileprivate init(named name: String) throws {
    self = try Rounding(rawValue: name).orThrow(
      EvaluationError("the ways of rounding are 'half-up', 'half-even', 'down' and 'up'"))
  }
}

extension CELDecimal {
  /// The number as a step, which must be above zero.
  fileprivate func asStep() throws -> CELDecimal {
    guard self > .zero else { throw EvaluationError.noStep }
    return self
  }
}

extension CELDuration {
  /// All of it in nanoseconds.
  fileprivate var allNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  /// So many times some nanoseconds; nil when that is too long.
  fileprivate init?(nanoseconds: Int128, times count: Int128) {
    let (all, overflow) = nanoseconds.multipliedReportingOverflow(by: count)
    guard !overflow, let seconds = Int64(exactly: all / 1_000_000_000) else { return nil }
    self.init(normalizingSeconds: seconds, nanoseconds: Int64(all % 1_000_000_000))
  }
}

extension EvaluationError {
  static let digits = EvaluationError(
    "out of range: a decimal has at most 18 digits after the point and 28 in all")
  static let noStep = EvaluationError("the step that is rounded to must be above zero")
}
