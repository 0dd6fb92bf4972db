import Diagnostics
import Testing

@Suite struct `A source` {
  @Test(arguments: [
    ("abc", 0, 1, 1), ("abc", 2, 1, 3), ("abc", 3, 1, 4), ("abc", 99, 1, 4), ("abc", -1, 1, 1),
    ("a\nbc", 1, 1, 2), ("a\nbc", 2, 2, 1), ("a\nbc", 3, 2, 2), ("a\n", 2, 2, 1), ("", 0, 1, 1),
    ("é☺😀x", 9, 1, 4), ("a\né☺😀x", 11, 2, 4), ("a\r\nb", 3, 2, 1), ("\u{FEFF}ab", 4, 1, 2),
    ("\u{FEFF}ab", 3, 1, 1), ("\u{FEFF}ab", 0, 1, 1), ("\u{FEFF}a\nb", 5, 2, 1),
  ])
  func `counts lines and columns from one, columns in scalars`(
    _ text: String, _ offset: Int, _ line: Int, _ column: Int
  ) {
    let position = Source(name: "t", text: text).position(of: offset)
    #expect(position == SourcePosition(line: line, column: column))
  }

  @Test(arguments: [
    ("a\nbc\n", ["a", "bc", ""]), ("a\r\nbc", ["a", "bc"]), ("", [""]), ("\r\n", ["", ""]),
    ("a\rb", ["a\rb"]), ("\u{FEFF}a\nb", ["a", "b"]),
  ])
  func `knows its lines without their breaks`(_ text: String, _ lines: [String]) {
    let source = Source(name: "t", text: text)
    #expect(source.lineCount == lines.count)
    #expect((1...source.lineCount).map { source.text(in: source.byteRange(ofLine: $0)) } == lines)
    #expect(source.byteRange(ofLine: 0).isEmpty)
    #expect(source.byteRange(ofLine: lines.count + 1).isEmpty)
  }

  @Test func `shows bytes that are not UTF-8 as replacement characters`() {
    let source = Source(name: "t", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text(in: 0..<99) == "a\u{FFFD}b")
  }

  @Test func `is itself alone`() {
    let source = Source(name: "t", text: "a")
    #expect(source == source)
    #expect(source != Source(name: "t", text: "a"))
  }
}

@Suite struct `A source range` {
  private let source = Source(name: "dir/t.yaml", text: "ab\ncd\n")

  @Test func `knows its ends, its text and its place`() {
    let range = SourceRange(source: source, bytes: 1..<4)
    #expect(range.start == SourcePosition(line: 1, column: 2))
    #expect(range.end == SourcePosition(line: 2, column: 2))
    #expect(range.text == "b\nc")
    #expect(range.fileAndLine == "dir/t.yaml:1")
  }

  @Test func `covers both of a union`() {
    let union = SourceRange(source: source, bytes: 3..<4)
      .union(SourceRange(source: source, bytes: 0..<1))
    #expect(union.bytes == 0..<4)
  }

  @Test func `stays as it is in a union across sources`() {
    let range = SourceRange(source: source, bytes: 3..<4)
    let other = SourceRange(source: Source(name: "u", text: "abc"), bytes: 0..<1)
    #expect(range.union(other) == range)
  }
}
