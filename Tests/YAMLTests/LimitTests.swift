import Diagnostics
import Testing
import YAML

@Suite struct `Limits` {
  @Test func `refuses a text with too many bytes`() {
    var limits = YAMLLimits()
    limits.bytes = 4
    #expect(Reading("a: b", limits: limits).codes == [])
    let reading = Reading("a: bc", limits: limits)
    #expect(reading.documents.isEmpty)
    #expect(reading.diagnostics.map(\.message) == ["the text has 5 bytes; at most 4 can be read"])
  }

  @Test(arguments: [
    ("[", "]", "x"), ("{a: ", "}", "x"), ("- ", "", "x"), ("? ", "", "x"), ("[\n", "]", "x"),
  ])
  func `refuses nesting at the level beyond the limit`(
    _ open: String, _ close: String, _ leaf: String
  ) {
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + leaf + String(repeating: close, count: depth)
    }
    #expect(Reading(nested(256)).codes == [])
    #expect(Reading(nested(257)).codes == ["yaml-depth"])
    #expect(Reading(nested(10_000)).codes == ["yaml-depth"])
  }

  @Test func `counts the nesting that aliases bring along`() {
    let chain = (1...400).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
    #expect(Reading("- &a0 x\n" + chain).codes == ["yaml-depth"])
  }

  @Test func `refuses an alias bomb before it goes off`() {
    let lines = (1...60).map { i in
      "- &a\(i) [" + Array(repeating: "*a\(i - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    let reading = Reading("- &a0 x\n" + lines.joined())
    #expect(reading.codes == ["yaml-nodes"])
    #expect(reading.documents.isEmpty)
  }

  @Test func `counts nodes, and those that aliases repeat`() {
    var limits = YAMLLimits()
    limits.nodes = 7
    // The list, its three elements, and three more for the alias, which repeats a list of two.
    #expect(Reading("[&x [1, 2], *x]", limits: limits).codes == [])
    #expect(Reading("[&x [1, 2], *x, 3]", limits: limits).codes == ["yaml-nodes"])
    #expect(Reading("[1, 2, 3, 4, 5, 6]", limits: limits).codes == [])
    #expect(Reading("[1, 2, 3, 4, 5, 6, 7]", limits: limits).codes == ["yaml-nodes"])
  }

  @Test func `stops after a number of mistakes`() {
    var limits = YAMLLimits()
    limits.mistakes = 2
    let reading = Reading("[*a, *a, *a, *a]", limits: limits)
    #expect(reading.codes == ["unknown-alias", "unknown-alias", "yaml-mistakes"])
  }

  @Test func `refuses what would make libyaml compare each line to all others`() {
    let lines = (0..<101).map { "%TAG !a\($0)! x\n" }.joined()
    #expect(Reading(lines + "--- a").diagnostics.first?.range?.start.line == 101)
    #expect(Reading((0..<100).map { "%TAG !a\($0)! x\n" }.joined() + "--- a").codes == [])
  }
}

@Suite struct `Characters` {
  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0xE9, 0x0A], 3, "the byte E9 is not UTF-8 text here"),
      ([0x61, 0x0A, 0xC3], 2, "the byte C3 is not UTF-8 text here"),
      ([0xC0, 0x80], 0, "the byte C0 is not UTF-8 text here"),
      ([0xE0, 0x80, 0x80], 0, "the byte E0 is not UTF-8 text here"),
      ([0xED, 0xA0, 0x80], 0, "the byte ED is not UTF-8 text here"),
      ([0xF4, 0x90, 0x80, 0x80], 0, "the byte F4 is not UTF-8 text here"),
      ([0xF5, 0x80, 0x80, 0x80], 0, "the byte F5 is not UTF-8 text here"),
      ([0x80], 0, "the byte 80 is not UTF-8 text here"),
      ([0xFF, 0xFE, 0x61, 0x00], 0, "the text is in UTF-16; expected UTF-8"),
      ([0xFE, 0xFF, 0x00, 0x61], 0, "the text is in UTF-16; expected UTF-8"),
    ] as [([UInt8], Int, String)])
  func `refuses what is not UTF-8`(_ bytes: [UInt8], _ offset: Int, _ message: String) {
    let reading = Reading(bytes)
    #expect(reading.codes == ["yaml-encoding"])
    #expect(reading.diagnostics.first?.message == message)
    #expect(reading.diagnostics.first?.range?.bytes.lowerBound == offset)
  }

  @Test(arguments: [
    ("a\u{0}", "a NUL (U+0000) can't stand in a YAML text"),
    ("a\u{1B}", "the control character (U+001B) can't stand in a YAML text"),
    ("a\u{7F}", "the control character (U+007F) can't stand in a YAML text"),
    ("a\u{81}", "the control character (U+0081) can't stand in a YAML text"),
    ("a\u{FFFF}", "the control character (U+FFFF) can't stand in a YAML text"),
  ])
  func `refuses what YAML has no room for`(_ text: String, _ message: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics.map(\.message) == [message])
    #expect(reading.diagnostics.first?.range?.bytes.lowerBound == 1)
  }

  @Test(arguments: [
    "\u{85}x", "\u{A0}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{10FFFF}",
  ])
  func `reads all other characters`(_ text: String) {
    #expect(Reading("'a\(text)b'").codes == [])
  }
}
