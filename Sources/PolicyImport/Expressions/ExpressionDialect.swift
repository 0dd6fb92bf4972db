/// Whose expressions are read.
struct ExpressionDialect: Equatable {
  enum Language { case feel, goRules }

  let language: Language
  /// The names that have white space or signs in them, the longest first.
  let namesOfSeveralWords: [String]

  /// GoRules' language, whose names are single words.
  static let goRules = ExpressionDialect(language: .goRules, namesOfSeveralWords: [])

  /// FEEL with the names that a file declares.
  ///
  /// FEEL's names may have spaces in them (DMN 1.5, 10.3.1.4), so that what is one name depends on what is
  /// declared.
  static func feel(declaring names: some Sequence<String>) -> ExpressionDialect {
    let functions = [
      "starts with", "ends with", "string length", "upper case", "lower case", "substring before",
      "substring after", "list contains", "date and time", "days and time duration",
      "years and months duration", "insert before", "index of", "distinct values",
      "get value", "get entries", "day of year", "day of week", "month of year", "week of year",
      "is defined", "round up", "round down", "round half up", "round half down",
    ]
    let several = (Array(names) + functions).filter { name in
      !name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "_" || $0.isDigit }
    }
    let normal = Set(
      several.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") })
    return ExpressionDialect(
      language: .feel,
      namesOfSeveralWords: normal.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) })
  }
}

extension Unicode.Scalar {
  /// Whether it is one of 0 to 9.
  var isDigit: Bool { ("0"..."9").contains(self) }
}
