public import CEL

extension CivilDate: Codable {
  /// Reads a day such as `2026-10-14`.
  ///
  /// - Throws: `DecodingError` for text that is not of this form, and for a day that no calendar has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CivilDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a date; expected one such as 2026-10-14")
    }
    self = date
  }

  /// Writes the form that `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
