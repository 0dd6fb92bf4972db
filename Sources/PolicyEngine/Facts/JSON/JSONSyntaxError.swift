/// Where a text stops being JSON, and how.
struct JSONSyntaxError: Error {
  /// What is wrong.
  enum Problem {
    /// The text ends where something must follow.
    case endOfText(Expected)
    /// Something else must stand here.
    case unexpected(Expected)
    /// A comma without anything after it.
    case trailingComma
    /// A string without its closing quote on the line.
    case unclosedString(end: Int)
    /// A control character that is not escaped.
    case controlCharacter
    /// A backslash before something that can't be escaped so.
    case invalidEscape
    /// Half of a pair of UTF-16 code units.
    case loneSurrogate
    /// Bytes in a string that are not UTF-8.
    case invalidUTF8
    /// A number with zeros in front.
    case leadingZero
    /// More values inside each other than are allowed.
    case tooDeep
    /// More bytes than are allowed.
    case tooLong
  }

  /// What must stand in a place.
  enum Expected {
    case value, key, colon, commaOrBrace, commaOrBracket, digit, endOfDocument
  }

  /// What is wrong.
  let problem: Problem
  /// The byte offset at which it is.
  let offset: Int
}
