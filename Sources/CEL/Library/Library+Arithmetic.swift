extension Library {
  /// Arithmetic: of one number type at a time, overflow being an error.
  static let arithmetic = Library(
    name: "arithmetic",
    summary: """
      Numbers of one type are calculated with each other; `int` and `uint` that leave their 64 bits \
      are an error, `double` follows IEEE 754. `+` also joins strings, bytes and lists.
      """
  ) {
    Overload.function("_+_", id: "add_int64", "The sum.") { (a: Int64, b: Int64, _) in
      try withoutOverflow(a.addingReportingOverflow(b))
    }
    Overload.function("_+_", id: "add_uint64", "The sum.") { (a: UInt64, b: UInt64, _) in
      try withoutOverflow(a.addingReportingOverflow(b))
    }
    Overload.function("_+_", id: "add_double", "The sum.") { (a: Double, b: Double, _) in a + b }
    Overload.function("_+_", id: "add_string", "One text after the other.") {
      (a: String, b: String, _) in
      guard a.utf8.count + b.utf8.count <= resultSizeLimit else {
        throw EvaluationError.tooLarge
      }
      return a + b
    }
    Overload.function("_+_", id: "add_bytes", "The bytes of one after those of the other.") {
      (a: [UInt8], b: [UInt8], _) in
      guard a.count + b.count <= resultSizeLimit else { throw EvaluationError.tooLarge }
      return a + b
    }
    Overload.function(
      "_+_", id: "add_list", parameters: [.list(.parameter("T")), .list(.parameter("T"))],
      result: .list(.parameter("T")), "The elements of one after those of the other."
    ) { (a: ListValue, b: ListValue, _) in
      guard a.elements.count + b.elements.count <= resultSizeLimit else {
        throw EvaluationError.tooLarge
      }
      return ListValue(a.elements + b.elements)
    }
    Overload.function("_+_", id: "add_timestamp_duration", "The instant so much later.") {
      (a: CELTimestamp, b: CELDuration, _) in try a.adding(b).orThrow(.timestampRange)
    }
    Overload.function("_+_", id: "add_duration_timestamp", "The instant so much later.") {
      (a: CELDuration, b: CELTimestamp, _) in try b.adding(a).orThrow(.timestampRange)
    }
    Overload.function("_+_", id: "add_duration_duration", "The sum.") {
      (a: CELDuration, b: CELDuration, _) in try a.adding(b).orThrow(.durationRange)
    }
    Overload.function("_-_", id: "subtract_int64", "The difference.") { (a: Int64, b: Int64, _) in
      try withoutOverflow(a.subtractingReportingOverflow(b))
    }
    Overload.function("_-_", id: "subtract_uint64", "The difference; below zero is an error.") {
      (a: UInt64, b: UInt64, _) in try withoutOverflow(a.subtractingReportingOverflow(b))
    }
    Overload.function("_-_", id: "subtract_double", "The difference.") {
      (a: Double, b: Double, _) in
      a - b
    }
    Overload.function("_-_", id: "subtract_timestamp_timestamp", "The time between two instants.") {
      (a: CELTimestamp, b: CELTimestamp, _) in try a.since(b).orThrow(.durationRange)
    }
    Overload.function("_-_", id: "subtract_timestamp_duration", "The instant so much earlier.") {
      (a: CELTimestamp, b: CELDuration, _) in
      try a.adding(b.negated).orThrow(.timestampRange)
    }
    Overload.function("_-_", id: "subtract_duration_duration", "The difference.") {
      (a: CELDuration, b: CELDuration, _) in
      try a.adding(b.negated).orThrow(.durationRange)
    }
    Overload.function("_*_", id: "multiply_int64", "The product.") { (a: Int64, b: Int64, _) in
      try withoutOverflow(a.multipliedReportingOverflow(by: b))
    }
    Overload.function("_*_", id: "multiply_uint64", "The product.") { (a: UInt64, b: UInt64, _) in
      try withoutOverflow(a.multipliedReportingOverflow(by: b))
    }
    Overload.function("_*_", id: "multiply_double", "The product.") { (a: Double, b: Double, _) in
      a * b
    }
    Overload.function(
      "_/_", id: "divide_int64", "The quotient without its fraction; by zero is an error."
    ) { (a: Int64, b: Int64, _) in try divided(b, a.dividedReportingOverflow(by: b)) }
    Overload.function(
      "_/_", id: "divide_uint64", "The quotient without its fraction; by zero is an error."
    ) { (a: UInt64, b: UInt64, _) in try divided(b, a.dividedReportingOverflow(by: b)) }
    Overload.function("_/_", id: "divide_double", "The quotient; by zero it is infinite or NaN.") {
      (a: Double, b: Double, _) in a / b
    }
    Overload.function(
      "_%_", id: "modulo_int64",
      "What is left after division, with the sign of the first; by zero is an error."
    ) { (a: Int64, b: Int64, _) in
      // The least int is divided by -1 without rest, though the quotient overflows.
      b == -1 ? 0 : try divided(b, a.remainderReportingOverflow(dividingBy: b))
    }
    Overload.function(
      "_%_", id: "modulo_uint64", "What is left after division; by zero is an error."
    ) { (a: UInt64, b: UInt64, _) in
      try divided(b, a.remainderReportingOverflow(dividingBy: b))
    }
    Overload.function("-_", id: "negate_int64", "The same number with the other sign.") {
      (a: Int64, _) in try withoutOverflow(Int64(0).subtractingReportingOverflow(a))
    }
    Overload.function("-_", id: "negate_double", "The same number with the other sign.") {
      (a: Double, _) in -a
    }
  }

  private static func divided<T: FixedWidthInteger>(
    _ divisor: T, _ result: (partialValue: T, overflow: Bool)
  ) throws -> T {
    guard divisor != 0 else { throw EvaluationError.divisionByZero }
    return try withoutOverflow(result)
  }
}

/// The result of a calculation that reports overflow.
func withoutOverflow<T>(_ result: (partialValue: T, overflow: Bool)) throws -> T {
  guard !result.overflow else { throw EvaluationError.overflow }
  return result.partialValue
}
