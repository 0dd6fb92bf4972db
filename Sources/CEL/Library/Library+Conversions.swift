extension Library {
  /// Conversions between types; one that can't be made is an error.
  static let conversions = Library(
    name: "conversions",
    summary: "Each function has the name of the type that it makes."
  ) {
    toNumbers
    toText
    Overload.function("bool", id: "bool_to_bool", "The value itself.") { (a: Bool, _) in a }
    Overload.function(
      "bool", id: "string_to_bool", "True for `true`, `True`, `TRUE`, `t`, `1`; likewise false."
    ) { (text: String, _) in
      switch text {
      case "1", "t", "true", "TRUE", "True": true
      case "0", "f", "false", "FALSE", "False": false
      default: throw EvaluationError.conversion("text", "bool")
      }
    }
    Overload.function("bytes", id: "bytes_to_bytes", "The value itself.") { (a: [UInt8], _) in a }
    Overload.function("bytes", id: "string_to_bytes", "The UTF-8 bytes of the text.") {
      (text: String, _) in Array(text.utf8)
    }
    Overload.function("timestamp", id: "timestamp_to_timestamp", "The value itself.") {
      (a: CELTimestamp, _) in a
    }
    Overload.function(
      "timestamp", id: "string_to_timestamp",
      "The instant in the form of RFC 3339, such as `2026-10-14T15:30:00-05:00`."
    ) { (text: String, _) in
      try TemporalText.timestamp(text.utf8, cuttingFraction: true).orThrow("timestamp")
    }
    Overload.function(
      "timestamp", id: "int64_to_timestamp", "The instant so many seconds after 1970 began, UTC."
    ) { (seconds: Int64, _) in
      try CELTimestamp(normalizingSeconds: seconds, nanoseconds: 0).orThrow(.timestampRange)
    }
    Overload.function("duration", id: "duration_to_duration", "The value itself.") {
      (a: CELDuration, _) in a
    }
    Overload.function(
      "duration", id: "string_to_duration",
      "The time in numbers with units (`h`, `m`, `s`, `ms`, `us`, `ns`), such as `1h30m`."
    ) { (text: String, _) in try TemporalText.duration(text.utf8).orThrow("duration") }
    Overload.function(
      "dyn", id: "to_dyn", parameters: [.parameter("T")], result: .dyn,
      "The value itself, its type left open until it is evaluated."
    ) { (value: CELValue, _) in value }.inConstantTime()
    Overload.function(
      "type", id: "type", parameters: [.parameter("T")], result: .type(.parameter("T")),
      "The type of the value."
    ) { (value: CELValue, _) in CELValue.type(value.type) }.inConstantTime()
  }

  @OverloadBuilder
  private static var toNumbers: [Overload] {
    Overload.function("int", id: "int64_to_int64", "The value itself.") { (a: Int64, _) in a }
    Overload.function("int", id: "uint64_to_int64", "The same number.") { (a: UInt64, _) in
      try Int64(exactly: a).orThrow(.overflow)
    }
    Overload.function("int", id: "double_to_int64", "The number without its fraction.") {
      (a: Double, _) in
      // The bounds are excluded: they are what larger doubles round to.
      guard a > -0x1p63, a < 0x1p63 else { throw EvaluationError.overflow }
      return Int64(a)
    }
    Overload.function("int", id: "string_to_int64", "The number written in decimal digits.") {
      (text: String, _) in try Int64(text).orThrow(.conversion("text", "int"))
    }
    Overload.function("int", id: "timestamp_to_int64", "The seconds since 1970 began, UTC.") {
      (a: CELTimestamp, _) in a.seconds
    }
    Overload.function("uint", id: "uint64_to_uint64", "The value itself.") { (a: UInt64, _) in a }
    Overload.function("uint", id: "int64_to_uint64", "The same number.") { (a: Int64, _) in
      try UInt64(exactly: a).orThrow(.overflow)
    }
    Overload.function("uint", id: "double_to_uint64", "The number without its fraction.") {
      (a: Double, _) in
      guard a > -1, a < 0x1p64 else { throw EvaluationError.overflow }
      return UInt64(max(0, a))
    }
    Overload.function("uint", id: "string_to_uint64", "The number written in decimal digits.") {
      (text: String, _) in try UInt64(text).orThrow(.conversion("text", "uint"))
    }
    Overload.function("double", id: "double_to_double", "The value itself.") { (a: Double, _) in a }
    Overload.function("double", id: "int64_to_double", "The nearest double.") { (a: Int64, _) in
      Double(a)
    }
    Overload.function("double", id: "uint64_to_double", "The nearest double.") { (a: UInt64, _) in
      Double(a)
    }
    Overload.function(
      "double", id: "string_to_double", "The number, also with a fraction or exponent."
    ) {
      (text: String, _) in try Double(text).orThrow(.conversion("text", "double"))
    }
  }

  @OverloadBuilder
  private static var toText: [Overload] {
    Overload.function("string", id: "string_to_string", "The value itself.") { (a: String, _) in a }
    Overload.function("string", id: "bool_to_string", "`true` or `false`.") { (a: Bool, _) in "\(a)"
    }
    Overload.function("string", id: "int64_to_string", "The number in decimal digits.") {
      (a: Int64, _) in String(a)
    }
    Overload.function("string", id: "uint64_to_string", "The number in decimal digits.") {
      (a: UInt64, _) in String(a)
    }
    Overload.function("string", id: "double_to_string", "The shortest text that means the number.")
    {
      (a: Double, _) in TextForm.text(of: a)
    }
    Overload.function("string", id: "bytes_to_string", "The text whose UTF-8 bytes these are.") {
      (bytes: [UInt8], _) in
      try String(validating: bytes, as: UTF8.self).orThrow(
        EvaluationError("invalid UTF-8: the bytes are not text"))
    }
    Overload.function(
      "string", id: "timestamp_to_string", "The instant in the form of RFC 3339, UTC."
    ) {
      (a: CELTimestamp, _) in a.description
    }
    Overload.function("string", id: "duration_to_string", "The time in seconds, such as `90s`.") {
      (a: CELDuration, _) in a.description
    }
  }
}

extension EvaluationError {
  static func conversion(_ from: String, _ to: String) -> EvaluationError {
    EvaluationError("the \(from) can't be converted: it is not \(to.withArticle)")
  }
}

extension Result where Failure == TemporalText.Problem {
  /// The value, or the error that says why there is none.
  func orThrow(_ noun: String) throws(EvaluationError) -> Success {
    switch self {
    case .success(let value): return value
    case .failure(let problem):
      throw problem.reason(for: noun)
        .map { EvaluationError("the text can't be converted to a \(noun): \($0)") }
        ?? .conversion("text", noun)
    }
  }
}
