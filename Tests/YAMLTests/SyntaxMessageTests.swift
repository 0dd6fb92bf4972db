import Diagnostics
import Testing
import YAML

@Suite struct `Syntax errors` {
  /// A text, and the place, the underlined text and the message of its one mistake.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let yaml: String
    let place: String
    let underlined: String
    let message: String
    var help: String?
    var note: String?

    var testDescription: String { yaml.debugDescription }

    init(
      _ yaml: String, _ place: String, _ underlined: String, _ message: String, help: String? = nil,
      note: String? = nil
    ) {
      self.yaml = yaml
      self.place = place
      self.underlined = underlined
      self.message = message
      self.help = help
      self.note = note
    }
  }

  @Test(arguments: [
    Mistake(
      "a:\n\tb: c", "2:1", "\t", "a line can't be indented with tabs",
      help: "use spaces instead of tabs"),
    Mistake(
      "a: b\n  \t\tc: d", "2:3", "\t\t", "a line can't be indented with tabs",
      help: "use spaces instead of tabs"),
    Mistake(
      "a: |\n\tb", "2:1", "\t", "a line can't be indented with tabs",
      help: "use spaces instead of tabs"),
    Mistake(
      "a: b\n\t", "2:1", "\t", "a line can't be indented with tabs",
      help: "use spaces instead of tabs"),
    Mistake(
      "a: b\n  c: d", "2:3", "c",
      "'c' is indented as if it belonged to the line above, which has a value already",
      help: "indent both lines the same, or take the value above away",
      note: "this is the value above"),
    Mistake(
      "rules:\n  - rule: x\n   when: y", "3:4", "when",
      "'when' is not indented like the keys that it stands among",
      note: "they start at column 5, as this one does"),
    Mistake(
      "a:\n  b: c\n d: e", "3:2", "d", "'d' is not indented like the keys that it stands among",
      note: "they start at column 1, as this one does"),
    Mistake(
      "a: b\n- c", "2:1", "-", "a list entry '-' can't stand among the keys of a mapping",
      help: "indent it below the key that the list belongs to", note: "the mapping starts here"),
    Mistake(
      "- a\nb: c", "2:1", "b", "'b' can't stand among the entries of a list; expected '-'",
      help: "start the line with '- ', or indent it like the line that it belongs to",
      note: "the list starts here"),
    Mistake(
      "a: b\ncode\nd: e", "2:1", "code", "'code' has no ':' behind it; expected 'key: value'",
      help: "a text that goes on from the line above must be indented deeper than its key"),
    Mistake(
      "a: b\nc", "2:1", "c", "'c' has no ':' behind it; expected 'key: value'",
      help: "a text that goes on from the line above must be indented deeper than its key"),
    Mistake(
      "a:b\nc: d", "1:1", "a:b", "'a:b' has no ':' behind it; expected 'key: value'",
      help: "put a space behind the ':'"),
    Mistake(
      "é: \"b\nc: d\n", "1:4", "\"", "the quote that opens here is never closed",
      help: "put another \" at the end of the text"),
    Mistake(
      "a: 'b\n---\n", "1:4", "'", "the quote that opens here is never closed",
      help: "put another ' at the end of the text"),
    Mistake(
      "a: \"b\nc: \"d\"\n", "2:5", "d\"",
      "'d\"' follows a closing quote; expected the end of the line",
      help: "check that each quote before it is closed where it should be"),
    Mistake(
      "a: \"b\\q\"", "1:6", "\\q", "'\\q' means nothing in double quotes",
      help: "write '\\\\' for a backslash, or put the text in single quotes"),
    Mistake(
      "a: \"\\u12\"", "1:5", "\\u12", "'\\u12' is not the code of a character",
      help: "write the character itself"),
    Mistake(
      "a: \"\\ud83d\\ude00\"", "1:5", "\\ud83d", "'\\ud83d' is not the code of a character",
      help: "write the character itself"),
    Mistake(
      "a: [b,\nc: d\n e", "1:4", "[", "the '[' here is never closed with ']'",
      note: "expected ',' or ']' here"),
    Mistake(
      "a: {b: c\nd: e\n", "1:4", "{", "the '{' here is never closed with '}'",
      note: "expected ',' or '}' here"),
    Mistake(
      "a: [", "1:4", "[", "the '[' here is never closed with ']'", note: "expected ',' or ']' here"),
    Mistake(
      "a: ]", "1:4", "]", "']' can't stand here",
      help: "if it belongs to a text, put all of the text in quotes"),
    Mistake(
      "a: [x, y]]\nb: c", "1:10", "]", "']' can't stand here",
      help: "if it belongs to a text, put all of the text in quotes"),
    Mistake(
      "%FOO\n---\na", "1:1", "%FOO", "'%FOO' is not an instruction to YAML that is known here",
      help: "a line can't start with '%', unless it is '%YAML 1.2' at the top"),
    Mistake(
      "--- a: b", "1:1", "---",
      "a mapping can't start on the line of '---'; expected it on the next line"),
  ])
  func `are explained`(_ mistake: Mistake) throws {
    let reading = Reading(mistake.yaml)
    #expect(reading.diagnostics.count == 1)
    let diagnostic = try #require(reading.diagnostics.first)
    let start = try #require(diagnostic.range).start
    #expect("\(start.line):\(start.column)" == mistake.place)
    #expect(diagnostic.range?.text == mistake.underlined)
    #expect(diagnostic.message == mistake.message)
    #expect(diagnostic.help == mistake.help)
    #expect(diagnostic.notes.first?.message == mistake.note)
  }

  @Test func `quote no more than the start of a long text`() {
    let message = Reading("a: b\n" + String(repeating: "x", count: 1000)).diagnostics.first?.message
    #expect((message?.count ?? 1000) < 120)
  }

  /// Every prefix of texts with all of YAML's notation, and every text with one character replaced.
  @Test(arguments: [
    "# c\na: &x [1, 'b', \"c\\n\", {d: e}]\nf: *x\ng: >-\n  h\n\n  i\nj: |2+\n   k\n? l\n: - m\n  - n\n",
    "%YAML 1.2\n%TAG !e! tag:e,2026:\n--- !e!a\n- !!str b # c\n- \"d \\\n  e\"\n- 'it''s'\n...\n--- x\n",
    "rules:\r\n  - rule: é\r\n    when: a == 'b' && c ? d : e\r\n\tf: !g(h) && i\r\n    'j' in k\r\n",
  ])
  func `never bring anything down`(_ yaml: String) {
    let bytes = Array(yaml.utf8)
    for length in 0...bytes.count { _ = Reading(Array(bytes[..<length])).rendered }
    for offset in bytes.indices {
      for replacement in "\t\n :-?[]{},#&*!|>'\"%@`\\x\u{0}".utf8 + [0xFF] {
        var changed = bytes
        changed[offset] = replacement
        _ = Reading(changed).rendered
      }
    }
  }
}

extension Reading {
  /// All that consumers ask of a reading, so that a test meets whatever could go wrong in it.
  fileprivate var rendered: Int {
    let nodes = documents.flatMap(\.subtree)
    let texts = nodes.compactMap { $0.mappedText() }
    for text in texts { _ = text.range(of: 0..<text.bytes.count).text }
    return DiagnosticRenderer().render(diagnostics + nodes.compactMap { $0.trap()?.diagnostic })
      .count
  }
}
