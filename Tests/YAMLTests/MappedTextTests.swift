import Diagnostics
import Testing
import YAML

@Suite struct `Mapped text` {
  @Test(arguments: [
    "when: a == NAME && b",
    "when: a\n  == b &&\n\n   NAME || c",
    "when: 'it''s ''NAME'''",
    "when: 'it''s\n  folded  ''\n\n  NAME'",
    "when: \"\\u263A\\t\\x41\\U0001F600 \\\"NAME\\\"\"",
    "when: \"a \\\n    \\  b \\n\n\n   NAME\"",
    "when: \"é ☺ 😀 NAME\"",
    "é☺😀: ☺ NAME",
    "\u{FEFF}when: NAME",
    "when: |\n  a\n   NAME",
    "when: |\n\n\n  a\n\n   b NAME\n\n",
    "when: |2\n   NAME",
    "when: >2-\n\n   a\n  b\n    NAME\n  c",
    "when: >-\n  a\n  NAME\n\n  b",
    "when: >+ # comment\n   \n   a\n\n\n   b\n     c\n   NAME\n\n",
    "when: |- # NAM\n  a NAME",
    "when: |\r\n  a\r\n\r\n    b\r\n  NAME\r\n",
    "when: a\r\n  b\r\n\r\n  NAME\r\n",
    "when: \"a\r\n  b \\\r\n  NAME\"\r\n",
    "when: &x !!str # NAM\n  a\n  NAME",
    "when: !!str &x >-\n  a\n  NAME",
    "[{when: a NAME b}]",
    "? |\n  a NAME\n: b",
    "when: a\u{2028} b NAME",
    "when: 'a\u{85}  NAME'",
    // libyaml ends a comment at each of its line breaks, and skips a byte order mark on any line.
    "&x # c\u{2028}NAME",
    "!!str\n\u{FEFF}NAME",
  ])
  func `maps a name to where it is written`(_ yaml: String) throws {
    let reading = Reading(yaml)
    #expect(reading.codes == [])
    let texts = try #require(reading.document).subtree.compactMap { $0.mappedText() }
    let text = try #require(texts.first { $0.string.contains("NAME") })
    let name = try #require(text.string.firstRange(of: "NAME"))
    let start = text.string.utf8.distance(
      from: text.string.startIndex, to: name.lowerBound)
    let place = text.range(of: start..<start + 4)
    #expect(place.text == "NAME")
    #expect(text[start..<start + 4].range(of: 0..<4) == place)
  }

  @Test func `maps an escape as a whole to what is written`() throws {
    let text = try #require(Reading(#""a\u263Ab\tc\\d\x41""#).document?.mappedText())
    #expect(text.string == "a☺b\tc\\dA")
    let places = text.bytes.indices.map { text.range(of: $0..<$0 + 1).text }
    #expect(
      places == ["a", #"\u263A"#, #"\u263A"#, #"\u263A"#, "b", #"\t"#, "c", #"\\"#, "d", #"\x41"#])
    #expect(text.range(of: 0..<text.bytes.count).text == #"a\u263Ab\tc\\d\x41"#)
    #expect(text[2..<5].range(of: 0..<3).text == #"\u263Ab"#)
  }

  @Test func `maps a doubled quote to both`() throws {
    let text = try #require(Reading("'a''b'").document?.mappedText())
    #expect(text.bytes.indices.map { text.range(of: $0..<$0 + 1).text } == ["a", "''", "b"])
  }

  @Test func `maps spaces that were kept to themselves`() throws {
    for yaml in ["a   b", "'a   b'", "\"a   b\"", "|\n  a   b", ">\n  a   b"] {
      let reading = Reading(yaml)
      let text = try #require(reading.document?.mappedText())
      let start = try #require(text.range(of: 0..<1).bytes.first)
      #expect(
        (0..<5).map { text.range(of: $0..<$0 + 1).bytes.lowerBound - start } == [0, 1, 2, 3, 4])
    }
  }

  @Test func `maps the indentation of a deeper line to itself`() throws {
    let text = try #require(Reading("a: |\n  b\n    c\n").document?.first?.mappedText())
    #expect(text.string == "b\n  c\n")
    #expect((0..<5).map { text.range(of: $0..<$0 + 1).bytes.lowerBound } == [7, 8, 11, 12, 13])
  }

  @Test func `ends where the text does`() throws {
    for (yaml, end) in [
      ("a: b\n", 4), ("a: 'b'\n", 5), ("a: |\n  b\n\n\n", 8), ("a: ''", 4), ("a:", 2),
    ] {
      let text = try #require(Reading(yaml).document?.first?.mappedText())
      #expect(text.range(of: text.bytes.count..<text.bytes.count).bytes == end..<end)
    }
  }

  @Test func `maps the text of an alias to the scalar that it repeats`() throws {
    let text = try #require(Reading("a: &x 'b''c'\nd: *x").document?["d"]?.mappedText())
    #expect(text.range(of: 0..<3).text == "b''c")
  }

  @Test func `is nothing for lists and mappings`() {
    #expect(Reading("[a]").document?.mappedText() == nil)
    #expect(Reading("{a: b}").document?.mappedText() == nil)
  }

  /// Texts put together at random, the same ones each time.
  @Test(arguments: YAMLScalar.Style.allCases, ["\n", "\r\n"])
  func `maps each byte that is no white space to its like`(
    _ style: YAMLScalar.Style, _ lineBreak: String
  ) throws {
    var generator = ScalarGenerator(style: style)
    var read = 0
    for _ in 0..<400 {
      let yaml = generator.next().replacing("\n", with: lineBreak)
      let reading = Reading(yaml)
      guard reading.codes == [], let node = reading.document?.first, let text = node.mappedText(),
        node.scalar?.style == style
      else { continue }
      read += 1
      try expectMapped(text, node, yaml)
    }
    // What is put together at random is not always YAML.
    #expect(read > 200)
  }

  private func expectMapped(_ text: MappedText, _ node: YAMLNode, _ yaml: String) throws {
    let source = text.source.bytes
    var last = -1
    var mapped: [Int] = []
    for (offset, byte) in text.bytes.enumerated() where byte > UInt8(ascii: " ") {
      let place = text.range(of: offset..<offset + 1).bytes
      let isEscape = place.count > 1
      try #require(isEscape || source[place.lowerBound] == byte, "\(yaml.debugDescription)")
      if isEscape {
        try #require([UInt8(ascii: "\\"), UInt8(ascii: "'")].contains(source[place.lowerBound]))
      }
      // All bytes of one escaped character are at one place.
      let isSameEscape = isEscape && place.lowerBound == last
      try #require(isSameEscape || place.lowerBound > last, "\(yaml.debugDescription)")
      last = place.lowerBound
      mapped += isSameEscape ? [] : Array(place)
    }
    guard node.scalar?.style != .doubleQuoted else { return }
    // Without escapes that stand for white space, nothing that is written is left out.
    var written = node.contentRange.bytes
    switch node.scalar?.style {
    case .singleQuoted: written = written.lowerBound + 1..<written.upperBound - 1
    case .literal, .folded:
      written = (source[written].firstIndex(of: 0x0A) ?? written.upperBound)..<written.upperBound
    default: break
    }
    #expect(mapped == written.filter { source[$0] > UInt8(ascii: " ") }, "\(yaml.debugDescription)")
  }
}

extension YAMLScalar.Style {
  fileprivate static let allCases: [Self] = [
    .plain, .singleQuoted, .doubleQuoted, .literal, .folded,
  ]
}

/// Makes mappings of one key with a scalar of a style, from words, spaces, lines and escapes.
private struct ScalarGenerator {
  let style: YAMLScalar.Style
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(style: YAMLScalar.Style) { self.style = style }

  /// A number below a bound, by the generator of Marsaglia's "Xorshift RNGs".
  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  private mutating func word() -> String {
    let words = ["a", "b.c", "é", "☺", "😀", "==", "&&", "(x,y)", "12", "a:b", "it's#"]
    switch style {
    case .singleQuoted:
      return pick(words.map { $0.replacing("'", with: "''") } + ["''", "\"", "\\"])
    case .doubleQuoted:
      return pick(
        words + [
          "\\n", "\\\"", "\\u263A", "\\x41", "\\U0001F600", "\\t", "\\ ", "\\\\", "\\/", "\\_",
        ]
          + ["\\N", "\\L", "\\0"])
    case .plain, .literal, .folded: return pick(words)
    }
  }

  private mutating func line() -> String {
    (0...below(4)).map { _ in word() + pick(["", " ", "  "]) }.joined()
  }

  mutating func next() -> String {
    let indent = "   "
    var text = ""
    switch style {
    case .plain, .singleQuoted, .doubleQuoted:
      let quote = style == .plain ? "" : style == .singleQuoted ? "'" : "\""
      text = "key: " + pick(["", "&x ", "!!str ", "&x\n  "]) + quote
      let escapedBreaks = style == .doubleQuoted ? ["\\\n" + indent] : []
      for _ in 0...below(4) {
        text +=
          line() + pick(["\n" + indent, "\n\n" + indent, " \n \n\n" + indent, ""] + escapedBreaks)
      }
      text += line() + quote
    case .literal, .folded:
      let deep = below(4) == 0
      text = "key: " + (style == .literal ? "|" : ">") + pick(["", "-", "+"]) + (deep ? "3" : "")
      text += pick(["\n", " # c\n", "\n\n", "\n  \n"]) + indent + (deep ? "  " : "")
      for _ in 0...below(6) {
        text +=
          line() + pick(["\n", "\n\n", "\n \n", "\n\n\n"]) + indent + pick(["", "", " ", "   "])
      }
      text += line() + pick(["", "\n", "\n\n", "\n  \n"])
    }
    return text + "\n"
  }
}
