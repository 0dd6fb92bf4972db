import CEL
import Diagnostics

/// Texts and values as YAML files of policies write them.
enum YAMLText {
  /// A text: plain where nothing else can be meant by it, else in double quotes.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || $0.isDigit || " _-.".unicodeScalars.contains($0))
      }
    let isWord = ["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    return isPlain && !isWord && text.last != " " ? text : JSONValue.string(text).compact
  }

  /// A value as documents have it, on one line; nil for what is not given.
  static func json(_ value: ForeignValue) -> JSONValue {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let number): Int(exactly: number).map { .int($0) } ?? .number(number)
    case .text(let text): .string(text)
    case .date(let date): .string(date.description)
    case .instant(let instant): .string(instant.description)
    case .duration(let duration): .string(duration.description)
    case .list(let elements): .array(elements.map(json))
    case .object(let members):
      .object(members.sorted { $0.key < $1.key }.map { (key: $0.key, value: json($0.value)) })
    }
  }

  /// A text that may have expressions in braces, so that its own braces are none.
  static func template(_ text: String) -> String {
    scalar(text.replacing("{", with: "{{").replacing("}", with: "}}"))
  }

  /// An expression on lines of its own, so many spaces in.
  static func block(_ lines: [String], indent: Int) -> String {
    let spaces = String(repeating: " ", count: indent)
    return "|-\n" + lines.map { spaces + $0 + "\n" }.joined()
  }
}
