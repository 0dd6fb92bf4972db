import Diagnostics
import Testing
import YAML

@Suite struct `Expressions that YAML trips over` {
  @Test(arguments: [
    ("when: x ? a : b", ":", "when: \"x ? a : b\""),
    ("- when: x ? a : b", ":", "when: \"x ? a : b\""),
    ("a label, if given: x ? \"a\" : b # c", ":", "a label, if given: 'x ? \"a\" : b'"),
    ("require: !x && y", "!", "require: \"!x && y\""),
    ("require: !has(a.b)", "!", "require: \"!has(a.b)\""),
    ("require: !has(a.b) # c", "!", "require: \"!has(a.b)\""),
    ("require: !(a in b) || c", "!", "require: \"!(a in b) || c\""),
    ("require: !has(a.b) && c\nd: e", "!", "require: \"!has(a.b) && c\""),
    ("require: !a!b", "!", "require: \"!a!b\""),
    ("- !x", "!", "\"!x\""),
    ("require: *x && y", "*", "require: \"*x && y\""),
    ("require: &x && y", "&", "require: \"&x && y\""),
    ("require: 'a' in b\nc: d", "in b", "require: \"'a' in b\""),
    ("require: \"x\" == y\nc: d", "== y", "require: '\"x\" == y'"),
    ("- 'a' in b", "in b", "\"'a' in b\""),
    ("\"x\" == y", "== y", "'\"x\" == y'"),
    (
      "require: [1, 2].exists(x, x == 1)", ".exists(x, x == 1)",
      "require: \"[1, 2].exists(x, x == 1)\""
    ),
    ("require: {'a': 1}.a == 1", ".a == 1", "require: \"{'a': 1}.a == 1\""),
    ("require: @x", "@", "require: \"@x\""),
    ("require: `x`", "`", "require: \"`x`\""),
    ("require: %x", "%", "require: \"%x\""),
    ("require: - x", "-", "require: \"- x\", or start a list on the next line"),
    ("require: ? x", "?", "require: \"? x\""),
    ("require: | x", "|", "require: \"| x\", or the text on the next line"),
    ("require: > x", ">", "require: \"> x\", or the text on the next line"),
  ])
  func `are told how to be written`(_ yaml: String, _ underlined: String, _ rewritten: String)
    throws
  {
    let reading = Reading(yaml)
    #expect(reading.codes == ["yaml-trap"])
    let diagnostic = try #require(reading.diagnostics.first)
    #expect(diagnostic.range?.text == underlined)
    #expect(diagnostic.help == "put all of it in quotes: \(rewritten)")
  }

  @Test func `are told to use a block where no quotes fit`() {
    #expect(
      Reading("when: \"x\" == 'y'\na: b").diagnostics.first?.help
        == "write 'when: >-' and put the text on the next line, indented deeper")
  }

  @Test(arguments: [
    "require: a == b # note\n  && c", "require: a == b # note\n  || c",
    "require: a == b # note\n  ? c : d", "a:\n  require: b # note\n    + c\n  d: e",
  ])
  func `are told when a comment is in between`(_ yaml: String) {
    let reading = Reading(yaml)
    #expect(
      reading.diagnostics.map(\.message) == ["a text without quotes can't go on behind a comment"])
    #expect(reading.diagnostics.first?.range?.text == "# note")
  }

  @Test(arguments: ["{when: a[0] == 1}", "{when: a ? b : c}", "[{when: f({})}]"])
  func `are told about brackets`(_ yaml: String) {
    let help = Reading(yaml).diagnostics.first?.help
    #expect(help == "inside '[ ]' and '{ }', put a text with any of '[ ] { } , : ?' in quotes")
  }

  @Test(arguments: [
    ("when: tags.exists(t, t == #1)", "#1)", "when: \"tags.exists(t, t == #1)\""),
    ("when: t == ' #1' && a", "#1' && a", "when: \"t == ' #1' && a\""),
    ("{when: f(a, b)}", ",", "\"f(a, ...\""),
    ("[a == 'x, y']", ",", "\"a == 'x, ...\""),
    ("when: !has(a.b)", "!", "when: \"!has(a.b)\""),
  ])
  func `are found when they are silent`(_ yaml: String, _ underlined: String, _ rewritten: String)
    throws
  {
    let nodes = try #require(Reading(yaml).document).subtree
    let trap = try #require(nodes.compactMap { $0.trap() }.first)
    #expect(trap.range.text == underlined)
    #expect(trap.diagnostic.help == "put all of it in quotes: \(rewritten)")
    #expect(trap.diagnostic.code == .yamlTrap)
  }

  @Test(arguments: [
    "when: a == b # c", "when: a == '#' # c", "when: \"f(a\" # c", "when: >- # c\n  f(a",
    "[f(a), b]",
    "when: f(a", "when: &x a", "when: !!str a", "when: ! a", "when: f(\n  a) # c",
  ])
  func `are not seen where there are none`(_ yaml: String) throws {
    let reading = Reading(yaml)
    #expect(reading.codes == [])
    #expect(try #require(reading.document).subtree.compactMap { $0.trap() } == [])
  }
}
