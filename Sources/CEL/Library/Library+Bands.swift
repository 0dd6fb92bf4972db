extension Library {
  /// Tables that are looked up by where a value lies, an addition to CEL.
  static let bands = Library(
    name: "bands",
    summary: """
      An addition to CEL. A table with bands gives the same for all values of a band, such as for 10 to 19.
      """
  ) {
    Overload.function(
      "_[_]", id: "index_bands",
      parameters: [.abstract("bands", [.parameter("K"), .parameter("V")]), .parameter("K")],
      result: .parameter("V"), "What the band gives that a value lies in; outside of all an error."
    ) { (table: Bands, key: CELValue, _) in
      try (table.value.band(of: key)?.value).orThrow(
        EvaluationError("no band of the table has that value"))
    }.handingOn().inConstantTime()
    Overload.function(
      "@in", id: "in_bands",
      parameters: [.parameter("K"), .abstract("bands", [.parameter("K"), .parameter("V")])],
      "Whether a value lies in one of the bands."
    ) { (key: CELValue, table: Bands, _) in table.value.band(of: key) != nil }.inConstantTime()
  }
}

/// A table with bands as an argument of a function.
private struct Bands: CELRepresentable {
  let value: BandTable

  static var celType: CELType { .abstract("bands", [.parameter("K"), .parameter("V")]) }
  init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let table = opaque as? BandTable else { return nil }
    self.value = table
  }
  var celValue: CELValue { .opaque(value) }
}
