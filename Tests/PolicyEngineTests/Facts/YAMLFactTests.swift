import CEL
import Diagnostics
import Testing
import YAML

@testable import PolicyEngine

/// Documents from YAML nodes: the values, and the places and words of mistakes.
struct YAMLFactTests {
  /// Makes nodes that stand where their text occurs in a source.
  private struct Builder {
    let source: Source

    func scalar(_ text: String, _ value: YAMLScalar.Value, _ style: YAMLScalar.Style = .plain)
      -> YAMLNode
    {
      let scalar = YAMLScalar(text: text, style: style, value: value)
      return YAMLNode(content: .scalar(scalar), range: range(of: text))
    }

    func string(_ text: String) -> YAMLNode { scalar(text, .string(text)) }

    func list(_ elements: YAMLNode...) -> YAMLNode {
      YAMLNode(content: .sequence(elements), range: whole)
    }

    func mapping(_ entries: (String, YAMLNode)...) -> YAMLNode {
      YAMLNode(
        content: .mapping(entries.map { YAMLEntry(key: string($0), value: $1) }), range: whole)
    }

    var whole: SourceRange { SourceRange(source: source, bytes: 0..<source.bytes.count) }

    private func range(of text: String) -> SourceRange {
      let start = source.bytes.firstRange(of: Array(text.utf8))?.lowerBound ?? 0
      return SourceRange(source: source, bytes: start..<start + text.utf8.count)
    }
  }

  private func builder(_ text: String) -> Builder {
    Builder(source: Source(name: "session.yaml", text: text))
  }

  @Test func `reads values as the core schema has them`() throws {
    let yaml = builder("id: S-1\ndate: 2026-10-13\ntags: [\"q\\n\\\"\", café]\nschool: ~")
    let reading = FactReading(
      yaml: yaml.mapping(
        ("id", yaml.string("S-1")), ("date", yaml.string("2026-10-13")),
        (
          "tags",
          yaml.list(
            yaml.scalar("q\n\"\\\u{1}", .string("q\n\"\\\u{1}"), .doubleQuoted), yaml.string("café")
          )
        ),
        ("school", yaml.scalar("~", .null))))
    #expect(reading.messages == [])
    #expect(reading.fact("id") == "'S-1'")
    #expect(reading.fact("date") == "day 20739")
    #expect(reading.fact("tags[0]") == "'q\n\"\\\u{1}'")
    #expect(reading.fact("tags[1]") == "'café'")
    #expect(reading.fact("school") == "absent")
    let document = try #require(reading.document)
    #expect(document.range(of: AttributePath(parsing: "session.tags[1]"))?.text == "café")
    #expect(document.range(of: AttributePath(parsing: "session.date"))?.start.line == 2)
  }

  @Test(arguments: [
    (YAMLScalar.Value.int(-7), "int -7"), (.float(1), "int 1"),
    (.float(1.5), "x: '1.5' has a fraction, expected a whole number <1.5>"),
    (.float(.infinity), "x: 'inf' is a string, expected a whole number <inf>"),
    (
      .float(1e300),
      "x: '1e+300' is out of range, expected \(Int64.min) to \(Int64.max) <1e+300>"
    ),
  ])
  func `reads whole numbers`(value: YAMLScalar.Value, result: String) {
    let text =
      switch value {
      case .int(let int): "\(int)"
      case .float(let double): "\(double)"
      default: ""
      }
    let schema = FactSchema(
      objectTypes: [
        FactSchema.ObjectType(
          name: "Thing", facts: [FactSchema.Fact(name: "x", type: .int, isOptional: true)])
      ], enumerations: [], documentType: 0, documentName: "thing")
    let yaml = builder("x: \(text)")
    let reading = FactReading(yaml: yaml.mapping(("x", yaml.scalar(text, value))), schema: schema)
    guard case .present(.int(let int))? = reading.document?.root.value(ofField: 0) else {
      #expect(reading.messages == [result])
      return
    }
    #expect("int \(int)" == result)
  }

  @Test func `says what YAML made of unquoted words and numbers`() {
    let yaml = builder("id: 0x2A\nencounters: [{activelyTutored: no}]\nschool: true")
    let reading = FactReading(
      yaml: yaml.mapping(
        ("id", yaml.scalar("0x2A", .int(42))),
        ("encounters", yaml.list(yaml.mapping(("activelyTutored", yaml.string("no"))))),
        ("school", yaml.scalar("true", .bool(true)))))
    #expect(
      reading.messages == [
        "id: '0x2A' is a number, expected a string (put it in quotes: \"0x2A\") <0x2A>",
        "encounters[0].activelyTutored: 'no' is a string, expected true or false (write false) <no>",
        "school: 'true' is a truth value, expected a string (put it in quotes: \"true\") <true>",
      ])
    #expect(reading.document == nil)
  }

  @Test func `reports unknown and unusable keys where they stand`() {
    let yaml = builder("shcool: x\n? [a]\n: b")
    let node = YAMLNode(
      content: .mapping([
        YAMLEntry(key: yaml.string("shcool"), value: yaml.string("x")),
        YAMLEntry(key: yaml.list(yaml.string("a")), value: yaml.string("b")),
      ]), range: yaml.whole)
    let reading = FactReading(yaml: node)
    #expect(
      reading.diagnostics.map(\.message) == [
        "'shcool' is not a fact of Session", "a fact's name is a word, this is a mapping or a list",
      ])
    #expect(reading.document == nil)
  }

  @Test func `refuses a document that is no mapping`() {
    let yaml = builder("- a")
    #expect(
      FactReading(yaml: yaml.list(yaml.string("a"))).messages
        == [
          "a session document is a mapping (an object), this is a list "
            + "(give one document a file, or one a line (NDJSON), as 'jq -c .[]' makes of a JSON list) <- a>"
        ])
  }
}
