import Diagnostics

/// What there is to say about syntax errors; for expressions that YAML trips over, see `YAMLTrap`.
extension Diagnostic {
  private static func syntax(
    _ message: String, at range: SourceRange, notes: [Note] = [], help: String? = nil
  ) -> Diagnostic {
    Diagnostic(code: .yamlSyntax, message, at: range, notes: notes, help: help)
  }

  private static func note(_ message: String, at range: SourceRange?) -> [Note] {
    range.map { [Note(message, at: $0)] } ?? []
  }

  static func syntax(_ problem: String, _ context: String?, at range: SourceRange) -> Diagnostic {
    syntax([context, problem].compactMap { $0 }.joined(separator: ", "), at: range)
  }

  // MARK: Indentation

  static func tabIndentation(at range: SourceRange) -> Diagnostic {
    syntax("a line can't be indented with tabs", at: range, help: "use spaces instead of tabs")
  }

  static func deeperThanValue(at range: SourceRange, above: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' is indented as if it belonged to the line above, which has a value already",
      at: range, notes: note("this is the value above", at: above),
      help: "indent both lines the same, or take the value above away")
  }

  static func misindentedKey(at range: SourceRange, like other: SourceRange?) -> Diagnostic {
    syntax(
      "'\(range.shortText)' is not indented like the keys that it stands among", at: range,
      notes: note("they start at column \(other?.start.column ?? 1), as this one does", at: other))
  }

  static func entryAmongKeys(at range: SourceRange, mapping: SourceRange?) -> Diagnostic {
    syntax(
      "a list entry '-' can't stand among the keys of a mapping", at: range,
      notes: note("the mapping starts here", at: mapping),
      help: "indent it below the key that the list belongs to")
  }

  static func keyAmongEntries(at range: SourceRange, list: SourceRange?) -> Diagnostic {
    syntax(
      "'\(range.shortText)' can't stand among the entries of a list; expected '-'", at: range,
      notes: note("the list starts here", at: list),
      help: "start the line with '- ', or indent it like the line that it belongs to")
  }

  // MARK: Keys and values

  static func missingColon(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' has no ':' behind it; expected 'key: value'", at: range,
      help: range.text.contains(":")
        ? "put a space behind the ':'"
        : "a text that goes on from the line above must be indented deeper than its key")
  }

  static func besideDocumentStart(at range: SourceRange) -> Diagnostic {
    syntax("a mapping can't start on the line of '---'; expected it on the next line", at: range)
  }

  static func expectedValue(at range: SourceRange) -> Diagnostic {
    syntax("the text ends where a value is expected", at: range)
  }

  static func unexpectedCharacter(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' can't stand here", at: range,
      help: "if it belongs to a text, put all of the text in quotes")
  }

  static func behindDocument(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' stands behind the end of the content", at: range,
      help: "if it belongs to the text before it, put all of the text in quotes")
  }

  // MARK: Quotes and brackets

  static func unclosedQuote(at range: SourceRange) -> Diagnostic {
    syntax(
      "the quote that opens here is never closed", at: range,
      help: "put another \(range.text) at the end of the text")
  }

  static func textBehindQuote(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' follows a closing quote; expected the end of the line", at: range,
      help: "check that each quote before it is closed where it should be")
  }

  static func unknownEscape(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.text)' means nothing in double quotes", at: range,
      help: "write '\\\\' for a backslash, or put the text in single quotes")
  }

  static func unknownCharacterCode(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.text)' is not the code of a character", at: range,
      help: "write the character itself")
  }

  static func unclosedBracket(at range: SourceRange, noticed: SourceRange) -> Diagnostic {
    let close = range.text == "[" ? "]" : "}"
    return syntax(
      "the '\(range.text)' here is never closed with '\(close)'", at: range,
      notes: note("expected ',' or '\(close)' here", at: noticed))
  }

  static func expectedCommaOrBracket(at range: SourceRange, open: SourceRange) -> Diagnostic {
    let close = open.text == "[" ? "]" : "}"
    return syntax(
      "'\(range.shortText)' can't stand here; expected ',' or '\(close)'", at: range,
      notes: note("the '\(open.text)' is here", at: open),
      help: "inside '[ ]' and '{ }', put a text with any of '[ ] { } , : ?' in quotes")
  }

  // MARK: Directives

  static func directive(at range: SourceRange) -> Diagnostic {
    syntax(
      "'\(range.shortText)' is not an instruction to YAML that is known here", at: range,
      help: "a line can't start with '%', unless it is '%YAML 1.2' at the top")
  }
}
