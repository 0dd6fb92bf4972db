extension Diagnostic {
  /// The diagnostic as one JSON object on one line; places are 1-based, columns in Unicode scalars.
  ///
  /// Members: `severity`, `code`, `message`, then where there is a place `file`, `line`, `column`,
  /// `endLine` and `endColumn`, then `notes` (each a `message` with a place) and `help`.
  public var json: String { value.compact }

  /// The diagnostic as a JSON object, for what holds several.
  package var value: JSONValue {
    .object(
      omittingNil: [
        ("severity", .string(severity.rawValue)), ("code", .string(code.rawValue)),
        ("message", .string(message)),
      ] + Self.place(range) + [
        ("notes", notes.isEmpty ? nil : .array(notes.map(\.value))), ("help", .text(help)),
      ])
  }

  /// The members that say where something stands; none without a place.
  package static func place(_ range: SourceRange?) -> [(String, JSONValue?)] {
    guard let range else { return [] }
    let (start, end) = (range.start, range.end)
    return [
      ("file", .string(range.source.name)), ("line", .int(start.line)),
      ("column", .int(start.column)), ("endLine", .int(end.line)), ("endColumn", .int(end.column)),
    ]
  }
}

extension Diagnostic.Note {
  fileprivate var value: JSONValue {
    .object(omittingNil: [("message", .string(message))] + Diagnostic.place(range))
  }
}
