import Diagnostics

/// Mistakes in tables.
extension Diagnostic {
  static func notUTF8(_ source: Source) -> Diagnostic {
    Diagnostic(
      code: .unreadable, "'\(source.name)' is not text in UTF-8", at: nil,
      help: "save it as 'CSV UTF-8'")
  }

  static func tooLong(_ source: Source) -> Diagnostic {
    Diagnostic(
      code: .unreadable, "'\(source.name)' is longer than 4 GB", at: nil,
      help: "split it into files of its rows, each with the names of the columns")
  }

  static func emptyTable(_ source: Source) -> Diagnostic {
    Diagnostic(
      code: .emptyTable, "'\(source.name)' has no row, not even the names of its columns",
      at: nil)
  }

  static func strayQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .strayQuote, "a quote stands within a cell that has none around it", at: range,
      help: "put quotes around the cell, and write each quote in it twice")
  }

  static func textBehindQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .strayQuote, "text stands behind a quoted cell", at: range,
      help: "a comma or the line's end follows the closing quote")
  }

  static func openQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .openQuote, "the quote is never closed; nothing from here on was read", at: range)
  }

  static func otherLetters(_ found: String, _ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, code: .otherLetters, "'\(found)' was taken for the column '\(name)'", at: range)
  }

  static func columnTwice(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .duplicate, "the column '\(name)' is there twice", at: range)
  }

  static func missingColumn(
    _ name: String, near: String?, given: [String], at range: SourceRange
  ) -> Diagnostic {
    // What spreadsheets of some countries write, and what is copied out of one.
    let separator = [";": "semicolons", "\t": "tabs"].first { sign, _ in
      given.count == 1 && given[0].contains(sign)
    }
    return Diagnostic(
      code: .missingColumn, "the column '\(name)' is missing; no row was read", at: range,
      help: near.map { "is it '\($0)'? Then name it '\(name)'" }
        ?? separator.map { "the columns stand between \($0.value): save the file with commas" }
        ?? "there are: \(given.prefix(20).joined(separator: ", "))")
  }

  static func nulCharacter(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongCharacter, "the row has a NUL character, which nobody sees", at: range,
      help: "save the file anew as CSV in UTF-8")
  }

  static func unknownColumn(
    _ name: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .warning, code: .unknownColumn, "the column '\(name)' was not read", at: range,
      help: Suggestion.help(for: name, among: known))
  }

  static func wrongCellCount(_ count: Int, columns: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongRow, "the row has \(count) cells, and the table \(columns) columns", at: range)
  }

  static func emptyCell(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .missingValue, "the row has no '\(name)'", at: range)
  }
}
