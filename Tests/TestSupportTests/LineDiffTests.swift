import TestSupport
import Testing

@Suite struct LineDiffTests {
  @Test func `equal texts have no difference`() {
    #expect(lineDiff(expected: "a\nb\n", actual: "a\nb\n") == "")
  }

  @Test func `shows a changed line among those around it`() {
    let before = (1...9).map { "line \($0)\n" }.joined()
    let after = before.replacing("line 5", with: "line five")
    #expect(
      lineDiff(expected: before, actual: after, context: 1) == """
        …
          line 4
        - line 5
        + line five
          line 6
        …
        """)
  }

  @Test(arguments: [
    ("a\n", "a", "- a\n+ a (no line feed at the end)"),
    ("a\n", "a\r\n", "- a\n+ a␍"),
    ("", "a\n", "+ a"),
    ("\u{E9}\n", "e\u{301}\n", "- \u{E9}\n+ e\u{301}"),
  ])
  func `shows what the eye would miss`(expected: String, actual: String, difference: String) {
    #expect(
      Array(lineDiff(expected: expected, actual: actual).utf8) == Array(difference.utf8))
  }
}
