import Diagnostics

/// What lexer and parser have to say.
extension Diagnostic {
  static func unterminatedString(closing marks: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unterminatedString, "the string that starts here has no closing \(marks)",
      at: range)
  }

  static func malformedNumber(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .malformedNumber, "'\(range.text)' is neither a number nor a name", at: range)
  }

  static func numberOutOfRange(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .numberOutOfRange, "'\(range.text)' is too large for \(type)", at: range)
  }

  static func malformedEscape(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .malformedEscape, message, at: range,
      help: "a backslash itself is written '\\\\', or the whole string with an r in front: r'...'")
  }

  static func expected(_ wanted: String, found: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .syntax, "\(found) stands where \(wanted) was expected", at: range)
  }

  static func unclosed(_ opening: String, closing: String, from range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(code: .syntax, "the '\(opening)' that opens here has no '\(closing)'", at: range)
  }

  static func emptyExpression(at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .syntax, "there is no expression here", at: range)
  }

  static func trailing(_ found: String, at range: SourceRange, help: String?) -> Diagnostic {
    Diagnostic(
      code: .syntax, "\(found) does not continue the expression before it", at: range, help: help)
  }

  static func wrongOperator(_ written: String, right: String, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .wrongOperator, "'\(written)' is not an operator", at: range, help: "write '\(right)'"
    )
  }

  static func unexpectedCharacter(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .syntax, "'\(range.text)' means nothing in an expression", at: range,
      help: range.text.unicodeScalars.allSatisfy { "“”„‘’‚«»`".unicodeScalars.contains($0) }
        ? "text is written in straight quotes, 'like this'" : nil)
  }

  static func reservedWord(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .reservedWord, "'\(range.text)' is a reserved word and can't be a name", at: range)
  }

  static func tooDeep(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooDeep, "the expression is nested more than \(limit) levels deep", at: range)
  }

  static func tooLong(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooLong, "the expression is longer than \(limit) bytes", at: range)
  }

  static func hasWithoutField(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .hasWithoutField, "has() asks whether a field is there, and this is not a field",
      at: range, help: "write it as in has(session.workOrder)")
  }

  static func notAVariable(macro: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .macroVariable, "'\(macro)' names its variable here, which must be a simple name",
      at: range)
  }

  static func repeatedVariable(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .macroVariable, "the two variables are both named '\(name)'", at: range)
  }

  static func messageConstruction(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .messageConstruction, "'\(range.text)' can't be constructed: there are no messages",
      at: range, help: "a map is written {'key': value}")
  }
}
