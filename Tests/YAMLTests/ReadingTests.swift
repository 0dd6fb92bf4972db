import Diagnostics
import Testing
import YAML

@Suite struct `Reading a text` {
  @Test(arguments: ["", "\n", "# only a comment\n", "\u{FEFF}", "   \n\n"])
  func `finds no document where there is none`(_ text: String) {
    let reading = Reading(text)
    #expect(reading.documents.isEmpty)
    #expect(reading.diagnostics.isEmpty)
  }

  @Test func `returns the documents in order`() {
    let reading = Reading("--- a\n--- b\n...\n---\nc: d\n")
    #expect(reading.documents.map(\.kindDescription) == ["text", "text", "a mapping"])
  }

  @Test func `returns the documents before a syntax error`() {
    let reading = Reading("a: b\n---\nc: 'd\n")
    #expect(reading.documents.map(\.range.text) == ["a: b"])
    #expect(reading.codes == ["yaml-syntax"])
  }

  @Test func `does not return a document with a syntax error behind it`() {
    #expect(Reading("'x' == y\n").documents.isEmpty)
  }

  @Test func `reports every mistake that leaves a tree`() {
    let reading = Reading("a: *x\na: !!int y\nb: !foo z\n")
    #expect(reading.codes == ["unknown-alias", "tag-mismatch", "duplicate-key", "yaml-trap"])
    #expect(reading.document?.entries?.map(\.key.string) == ["a", "b"])
  }

  @Test func `knows nodes by what they are`() {
    let text = "[x, 'y', 1, 1.5, true, false, null, ~, , [], {}]"
    let nodes = Reading(text.replacing(", ,", with: ", !!null ,")).document?.elements ?? []
    #expect(
      nodes.map(\.kindDescription) == [
        "text", "text", "a whole number", "a number", "true", "false", "null", "null", "nothing",
        "a list", "a mapping",
      ])
    #expect(
      nodes.map(\.isNull) == [false, false, false, false, false, false, true, true, true]
        + [false, false])
  }

  @Test func `gives access to what a node holds`() {
    let node = Reading("a: [b, 12]\nc: d").document
    #expect(node?["a"]?.elements?.map(\.string) == ["b", nil])
    #expect(node?["c"]?.string == "d")
    #expect(node?["d"] == nil)
    #expect(node?.scalar == nil)
    #expect(node?["a"]?.entries == nil)
    #expect(node?["c"]?.elements == nil)
  }

  // MARK: Places

  @Test(arguments: [
    // A mapping of a text: all nodes, in order, by what is written at their places.
    ("a: b\n", ["a: b", "a", "b"]),
    ("a: b # c\n# d\n\n", ["a: b", "a", "b"]),
    ("é: \"ö\"\nü: [ä,\n ß]", ["é: \"ö\"\nü: [ä,\n ß]", "é", "\"ö\"", "ü", "[ä,\n ß]", "ä", "ß"]),
    ("\u{FEFF}a: é", ["a: é", "a", "é"]),
    ("- a\n- - b\n  - c\n\n- d", ["- a\n- - b\n  - c\n\n- d", "a", "- b\n  - c", "b", "c", "d"]),
    ("a:\n- b\n- c\nd: e", ["a:\n- b\n- c\nd: e", "a", "- b\n- c", "b", "c", "d", "e"]),
    (
      "a: |\n  b\n\n\nc: >-\n  d\n\n", ["a: |\n  b\n\n\nc: >-\n  d", "a", "|\n  b", "c", ">-\n  d"]
    ),
    ("a: |\n\n# c\n", ["a: |", "a", "|"]),
    ("a:\nb: ", ["a:\nb:", "a", "", "b", ""]),
    ("? a\n\n# c\n? b\n", ["? a\n\n# c\n? b", "a", "", "b", ""]),
    ("{a , b: , c}", ["{a , b: , c}", "a", "", "b", "", "c", ""]),
    ("[a: b , c]", ["[a: b , c]", "a: b", "a", "b", "c"]),
    ("a: &x !!str\n  b\nc: *x", ["a: &x !!str\n  b\nc: *x", "a", "&x !!str\n  b", "c", "*x"]),
    ("a: &x\n  b: c\nd: e", ["a: &x\n  b: c\nd: e", "a", "&x\n  b: c", "b", "c", "d", "e"]),
    ("a: b\r\nc: |\r\n d\r\n", ["a: b\r\nc: |\r\n d", "a", "b", "c", "|\r\n d"]),
  ])
  func `knows where each node stands`(_ text: String, _ places: [String]) {
    let reading = Reading(text)
    #expect(reading.codes == [])
    #expect(reading.document?.subtree.map(\.range.text) == places)
  }

  @Test func `places a value that is left out behind its colon`() {
    let nodes = Reading("a:\n\n# c\nb: 1\n? c\n\n").document?.entries ?? []
    #expect(nodes.map { $0.value.range.bytes.lowerBound } == [2, 11, 16])
  }

  @Test(arguments: [
    ("a: &x !!str  b", "b"), ("a: !!str &x # c\n  'b'", "'b'"),
    ("a: !<tag:yaml.org,2002:str> b", "b"),
    ("a: &x [b]", "[b]"), ("a: &x\n  b: c", "b: c"), ("a: &x !!str", ""), ("a: b", "b"),
  ])
  func `knows where the content of a node is written`(_ text: String, _ content: String) {
    #expect(Reading(text).document?.first?.contentRange.text == content)
  }

  @Test func `counts lines and columns in a long text that is not ASCII`() {
    let text = (1...300).map { "ключ\($0): 'значение – \($0)'\n" }.joined()
    let entries = Reading(text).document?.entries ?? []
    #expect(entries.count == 300)
    for (index, entry) in entries.enumerated() {
      #expect(entry.key.range.text == "ключ\(index + 1)")
      #expect(entry.value.range.text == "'значение – \(index + 1)'")
      #expect(entry.key.range.start == SourcePosition(line: index + 1, column: 1))
    }
  }

  // MARK: Keys

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", "a", "the key 'a' is given twice in one mapping"),
    ("'a': 1\n\"\\x61\": 3", "\"\\x61\"", "the key 'a' is given twice in one mapping"),
    ("1: x\n0x1: y", "0x1", "the key '0x1' is given twice in one mapping"),
    ("~: x\nnull: y", "null", "the key 'null' is given twice in one mapping"),
    (".nan: x\n.NaN: y", ".NaN", "the key '.NaN' is given twice in one mapping"),
    ("{a: 1, a: 2}", "a", "the key 'a' is given twice in one mapping"),
    ("? [a, b]\n: 1\n? - a\n  - b\n: 2", "- a\n  - b", "this key is given twice in one mapping"),
    (
      "? {a: 1, b: 2}\n: 1\n? {b: 2, a: 1}\n: 2", "{b: 2, a: 1}",
      "this key is given twice in one mapping"
    ),
  ])
  func `refuses a key given twice`(_ text: String, _ second: String, _ message: String) throws {
    let reading = Reading(text)
    let diagnostic = try #require(reading.diagnostics.first)
    #expect(reading.codes == ["duplicate-key"])
    #expect(diagnostic.message == message)
    #expect(diagnostic.range?.text == second)
    let first = try #require(diagnostic.notes.first?.range)
    #expect(first == reading.document?.entries?.first?.key.range)
  }

  @Test(arguments: [
    "1: x\n'1': y", "1: x\n1.0: y", "a: x\nA: y", "true: x\n'true': y", "[a]: 1\n[b]: 2",
  ])
  func `tells keys apart that mean something else`(_ text: String) {
    let reading = Reading(text)
    #expect(reading.codes == [])
    #expect(reading.document?.entries?.count == 2)
  }

  @Test func `keeps the first of two entries with one key`() {
    let entries = Reading("a: 1\na: 2\nb: 3").document?.entries
    #expect(entries?.map(\.value.scalar?.text) == ["1", "3"])
  }

  // MARK: Aliases

  @Test func `puts what an alias repeats in its place`() {
    let document = Reading("a: &x [1, {b: c}]\nd: *x\n").document
    #expect(document?["d"]?.elements?.count == 2)
    #expect(document?["d"]?.range.text == "*x")
    #expect(document?["d"]?.contentRange.text == "[1, {b: c}]")
  }

  @Test func `lets an anchor be given again`() {
    let document = Reading("[&x 1, *x, &x 2, *x]").document
    #expect(document?.elements?.map(\.scalar?.text) == ["1", "1", "2", "2"])
  }

  @Test(arguments: [
    ("[&abc 1, *abd]", "unknown-alias", "*abd", "did you mean '*abc'?"),
    ("- *x", "unknown-alias", "*x", "put all of it in quotes: \"*x\""),
    ("&x [*x]", "recursive-alias", "*x", nil),
    ("&x {*x : 1}", "recursive-alias", "*x", nil),
    ("[&x 1, &x [*x]]", "recursive-alias", "*x", nil),
    ("--- &x 1\n--- *x", "unknown-alias", "*x", "put all of it in quotes: \"*x\""),
  ])
  func `refuses an alias that repeats nothing, or itself`(
    _ text: String, _ code: String, _ underlined: String, _ help: String?
  ) {
    let reading = Reading(text)
    #expect(reading.codes == [code])
    #expect(reading.diagnostics.first?.range?.text == underlined)
    #expect(reading.diagnostics.first?.help == help)
  }
}
