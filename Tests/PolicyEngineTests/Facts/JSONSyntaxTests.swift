import Diagnostics
import Testing

@testable import PolicyEngine

struct JSONSyntaxTests {
  private func message(_ text: String) -> String? {
    message(Array(text.utf8))
  }

  private func message(_ bytes: [UInt8]) -> String? {
    JSONSyntax.validate(Source(name: "x.json", bytes: bytes)).map { diagnostic in
      let help = diagnostic.help.map { " (\($0))" } ?? ""
      return "\(diagnostic.message)\(help) <\(diagnostic.range?.text ?? "")>"
    }
  }

  @Test(arguments: [
    ("", "there is nothing here, expected a document <>"),
    (" \n ", "there is nothing here, expected a document <>"),
    ("{", "the text ends too early, expected a name in double quotes <>"),
    (#"{"a""#, "the text ends too early, expected ':' and a value <>"),
    (#"{"a":"#, "the text ends too early, expected a value <>"),
    (#"{"a":1"#, "the text ends too early, expected ',' or '}' <>"),
    ("[1", "the text ends too early, expected ',' or ']' <>"),
    ("[tru", "found 'tru', expected a value (put it in double quotes if it is a text) <tru>"),
    (
      "{'a': 1}", "found a single quote, expected a name in double quotes (write double quotes) <'>"
    ),
    ("{a: 1}", "found 'a', expected a name in double quotes (write \"a\") <a>"),
    ("[1,]", "nothing follows this comma, expected another entry (remove the comma) <,>"),
    (#"{"a": 1 ,}"#, "nothing follows this comma, expected another entry (remove the comma) <,>"),
    ("[1,,2]", "found ',', expected a value (remove the comma) <,>"),
    ("[,1]", "found ',', expected a value (remove the comma) <,>"),
    (#"["a" "b"]"#, "found '\"', expected ',' or ']' (put a comma before it) <\">"),
    (#"{"a" 1}"#, "found '1', expected ':' and a value <1>"),
    (#"{"a"=1}"#, "found '=', expected ':' and a value (write ':') <=>"),
    (
      "[NaN]",
      "found 'NaN', expected a value (JSON has no such number; leave the fact out if it isn't known) <NaN>"
    ),
    (
      "[-Infinity]",
      "found 'Infinity', expected a digit (JSON has no such number; leave the fact out if it isn't known) <Infinity>"
    ),
    ("[True]", "found 'True', expected a value (write true) <True>"),
    ("[None]", "found 'None', expected a value (write null) <None>"),
    ("[yes]", "found 'yes', expected a value (write true) <yes>"),
    ("[1 // one\n]", "found '/', expected ',' or ']' (JSON has no comments) </>"),
    ("# c\n[]", "found '#', expected a value (JSON has no comments) <#>"),
    ("[+1]", "found '+1', expected a value (leave the plus sign out) <+1>"),
    ("[.5]", "found '.5', expected a value (write a digit before the point) <.5>"),
    (
      "[01]",
      "'01' starts with a zero, which numbers don't (leave the zero out, or write a code in quotes) <01>"
    ),
    ("[1.]", "found ']', expected a digit <]>"),
    ("[1e]", "found ']', expected a digit <]>"),
    (
      "[\u{201C}a\u{201D}]",
      "found '\u{201C}', expected a value (write straight double quotes) <\u{201C}>"
    ),
    (
      "[\"abc\n\"]",
      "this string has no closing '\"' on its line (close it, and write a line break in it as '\\n') <\"abc>"
    ),
    (
      "[\"abc",
      "this string has no closing '\"' on its line (close it, and write a line break in it as '\\n') <\"abc>"
    ),
    ("[\"a\tb\"]", "a string can't hold a tab as it is (write it as '\\u0009') <\t>"),
    (
      "[\"a\u{0}b\"]",
      "a string can't hold a NUL character as it is (write it as '\\u0000') <\u{0}>"
    ),
    ("[1]\u{0}", "there is more after the end of the document <\u{0}>"),
    (
      "{} {}",
      "there is more after the end of the document "
        + "(a file with a document a line is named .ndjson, and each begins a line) <{>"
    ),
    (
      #"["\ud800"]"#,
      #"this escape is half of a character: its other half isn't beside it <\ud800>"#
    ),
    (
      #"["\udc00\ud800"]"#,
      #"this escape is half of a character: its other half isn't beside it <\udc00>"#
    ),
    (
      #"["\ud800\n"]"#,
      #"this escape is half of a character: its other half isn't beside it <\ud800>"#
    ),
  ])
  func `says where a text stops being JSON, and what to do`(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func `refuses strings that are not UTF-8`(bytes: [UInt8]) {
    for padding in [0, 1, 7, 8, 15, 16, 30] {
      let plain = [UInt8](repeating: UInt8(ascii: "a"), count: padding)
      let text = Array("[\"".utf8) + plain + bytes + Array("\"]".utf8)
      #expect(message(text)?.hasPrefix("this is not UTF-8 (save the file as UTF-8)") == true)
    }
  }

  @Test func `knows UTF-16 by its mark`() {
    #expect(
      message([0xFF, 0xFE, 0x7B, 0x00])?.hasPrefix("this is UTF-16 text, expected UTF-8") == true)
  }

  @Test(arguments: [
    "[1]\r\n", "\u{FEFF}{}", "\"\u{7F}\u{2028}\u{10FFFF}\"", #""\uD83D\uDE00\"\\\/\b\f\n\r\t""#,
    "-0.0e-0", "[[], {}, \"\", 0, true, false, null]",
  ])
  func `accepts JSON in full`(text: String) {
    #expect(message(text) == nil)
  }
}
