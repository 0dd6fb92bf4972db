import Diagnostics
import Testing

@Suite struct `A mapped text` {
  /// `ab é c` as it might be read from `"a\tb`, a line break and `\u00e9 c"`.
  private let source = Source(name: "t", text: "x: \"a\\tb\n  \\u00e9 c\"")
  private var text: MappedText {
    MappedText(
      bytes: Array("a\tb é c".utf8), source: source,
      segments: [
        .init(text: 0, origin: 4), .init(text: 1, origin: 5, escapeLength: 2),
        .init(text: 2, origin: 7), .init(text: 3, origin: 8),
        .init(text: 4, origin: 11, escapeLength: 6), .init(text: 6, origin: 17),
      ], originEnd: 19)
  }

  @Test(arguments: [
    (0..<1, "a"), (1..<2, "\\t"), (0..<2, "a\\t"), (2..<3, "b"), (4..<6, "\\u00e9"),
    (4..<5, "\\u00e9"), (5..<6, "\\u00e9"), (5..<8, "\\u00e9 c"), (2..<8, "b\n  \\u00e9 c"),
    (7..<8, "c"), (8..<8, ""), (0..<0, ""),
  ])
  func `knows where its parts are written`(_ part: Range<Int>, _ written: String) {
    #expect(text.range(of: part).text == written)
  }

  @Test func `ends where its last byte does`() {
    #expect(text.range(of: 8..<8).bytes == 19..<19)
    #expect(text.range(of: 99..<99).bytes == 19..<19)
  }

  @Test(arguments: [0..<8, 1..<3, 2..<5, 4..<6, 5..<8, 6..<8, 3..<3])
  func `maps a part of it as before`(_ part: Range<Int>) {
    let cut = text[part]
    #expect(cut.bytes == Array(text.bytes[part]))
    for start in 0..<cut.bytes.count {
      for end in start..<cut.bytes.count {
        let before = text.range(of: part.lowerBound + start..<part.lowerBound + end + 1)
        #expect(cut.range(of: start..<end + 1) == before)
      }
    }
  }

  @Test func `maps a part of a part`() {
    #expect(text[2..<8][2..<6].range(of: 0..<2).text == "\\u00e9")
  }

  @Test func `maps a whole source to itself`() {
    let text = MappedText(source)
    #expect(text.string == "x: \"a\\tb\n  \\u00e9 c\"")
    #expect(text.range(of: 4..<7).bytes == 4..<7)
    #expect(text.range(of: 20..<20).bytes == 20..<20)
  }

  @Test func `maps all to its end without segments`() {
    let text = MappedText(bytes: [], source: source, segments: [], originEnd: 3)
    #expect(text.range(of: 0..<0).bytes == 3..<3)
  }
}
