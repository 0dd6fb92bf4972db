public import Foundation

extension TutoringSession {
  /// The session in a JSON document.
  ///
  /// - Throws: `DecodingError` for text that is no JSON, a required fact that is missing, a value of
  ///   another type, and a date or time that is none.
  public init(jsonData: Data) throws {
    self = try JSONDecoder().decode(TutoringSession.self, from: jsonData)
  }

  /// The session as a JSON document on one line, its keys in alphabetical order.
  ///
  /// Equal sessions have equal bytes. With a line feed after each, these are the lines of an NDJSON
  /// stream.
  ///
  /// - Throws: `EncodingError`, though no session has a value that JSON lacks.
  public func jsonData() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
