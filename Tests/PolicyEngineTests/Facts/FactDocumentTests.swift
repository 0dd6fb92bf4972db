import CEL
import Diagnostics
import Testing

@testable import PolicyEngine

struct FactDocumentTests {
  @Test(arguments: [
    ("id", "'S-1'"), ("tutor", "Tutor at session.tutor"), ("tutor.name", "'Zoë Ramírez'"),
    ("tutor.approvedSchools", "['a', 'b']"), ("tutor.homeboundStudents", "[]"),
    ("group.name", "'Saturday \"school\" é😀'"), ("date", "day 20739"), ("description", "''"),
    ("start", "1791926100s 0ns"), ("end", "1791928800s 250000000ns"),
    ("workOrder.kind", "'career-ladder'"), ("workOrder.assignedOn", "day 19782"),
    ("encounters[0]", "Encounter at session.encounters[0]"),
    ("encounters[0].student.grades[1].grade", "'A'"),
    ("encounters[0].student.stateAssessments[0].level", "'advanced'"),
    ("encounters[0].student.districtAssessments[0].belowGradeLevel", "true"),
    ("encounters[0].qualifiers.remedial", "true"),
    ("encounters[0].qualifiers.detention", "false"),
    ("encounters[0].remedialCriteria", "['grade-d-or-f', 'reading-improvement-plan']"),
    ("encounters[0].departed", "1791928770s 0ns"),
  ])
  func `holds every fact of a document`(path: String, value: String) {
    #expect(FactReading(json: SessionTexts.complete).fact(path) == value)
  }

  @Test(arguments: [
    (#"{}"#, "id", "missing"), (#"{}"#, "school", "absent"),
    (#"{"id": null}"#, "id", "missing"), (#"{"school": null}"#, "school", "absent"),
    (#"{"encounters": null}"#, "encounters", "missing"),
  ])
  func `tells missing facts from absent ones`(text: String, path: String, value: String) {
    #expect(FactReading(json: text).fact(path) == value)
  }

  @Test func `reads keys in any order, with escapes and white space`() {
    let reading = FactReading(
      json: "\u{FEFF}\r\n\t{ \"t\\u0061gs\" : [ \"a\" ,\r\n\"b\" ] , \"id\" : \"S\" } \n")
    #expect(reading.fact("tags") == "['a', 'b']")
    #expect(reading.fact("id") == "'S'")
  }

  @Test(arguments: [
    ("session.id", #""S-1""#), ("session.tutor.approvedSchools[1]", #""b""#),
    ("session.encounters[0].qualifiers.remedial", "true"),
    ("session.group.name", #""Saturday \"school\" \u00e9\ud83d\ude00""#),
    ("session.encounters[1]", nil), ("session.encounters[0].mood", nil), ("session.id.x", nil),
    ("group.id", nil),
  ])
  func `finds the place of a fact by its path`(path: String, written: String?) throws {
    let document = try #require(FactReading(json: SessionTexts.complete).document)
    #expect(document.range(of: AttributePath(parsing: path))?.text == written)
  }

  @Test func `compares objects by their facts`() throws {
    func root(_ text: String) throws -> any CELObject {
      try #require(FactReading(json: text).document).root
    }
    let root1 = try root(#"{"id": "S", "tags": ["a"], "group": {"id": "G"}}"#)
    #expect(root1.isEqual(to: try root(#"{"group": {"id": "\u0047"}, "tags": ["a"], "id": "S"}"#)))
    for other in [
      #"{"id": "S", "tags": ["a"], "group": {"id": "H"}}"#,
      #"{"id": "S", "tags": ["a", "a"], "group": {"id": "G"}}"#,
      #"{"id": "S", "tags": [], "group": {"id": "G"}}"#,
      #"{"id": "S", "tags": ["a"]}"#,
    ] {
      #expect(!root1.isEqual(to: try root(other)))
    }
  }

  @Test func `counts lines from where its text begins in the stream`() {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "all.ndjson", bytes: Array(#"{"id": 1}"#.utf8), firstLine: 712)
    _ = FactDocument.read(json: source, schema: SessionSchema.schema, into: &diagnostics)
    #expect(diagnostics.map { $0.range?.fileAndLine } == ["all.ndjson:712"])
  }
}

extension AttributePath {
  /// The path of a text such as `session.encounters[0].subject`.
  init(parsing text: String) {
    let parts = text.split(whereSeparator: { ".[]".contains($0) })
    self.init(
      root: String(parts[0]),
      steps: parts.dropFirst().map { part in Int(part).map { .index($0) } ?? .field(String(part)) })
  }
}
