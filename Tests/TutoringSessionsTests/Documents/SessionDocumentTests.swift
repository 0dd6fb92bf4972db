import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import TestSupport
import Testing
import TutoringSessions
import TutoringTestSupport
import YAML

@Suite struct SessionDocumentTests {
  /// The sessions of the examples that are whole documents, each by its file.
  private static let examples: [String] = {
    let folder = packageRoot.appending(path: "Examples/sessions").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
  }()

  @Test(arguments: examples)
  func `a record is decided as the example that it equals`(name: String) throws {
    let policies = try ShippedPolicies.load()
    let example = try Example(name, schema: policies.vocabulary.schema)
    let kept = KeptSession(try #require(FactValue(json: example.json)?.members))
    let document = SessionDocument(of: kept.record, in: kept.surroundings)
    var diagnostics: [Diagnostic] = []
    let read = try #require(
      document.read(by: policies.vocabulary.schema, into: &diagnostics), "\(diagnostics)")
    let names = policies.decisions.indices.map { $0 }
    let today = try #require(CivilDate("2026-11-02"))
    let verdict = policies.decide(read, today: today, decisions: names)
    #expect(
      verdict.prettyJSON
        == policies.decide(example.document, today: today, decisions: names).prettyJSON)
  }

  @Test func `only what the vocabulary declares is in the document, at every depth`() throws {
    let policies = try ShippedPolicies.load()
    var record = SessionRecord.running
    record.facts = ["room": .text("12")]
    record = try record.after(
      .timeIn(
        student: "ST-1", at: afternoon(0, 5),
        facts: ["qualifiers": .object(["remedial": .bool(true), "gone": .bool(true)])]))
    var surroundings = Surroundings()
    surroundings.students["ST-1"] = StudentRecord(
      id: "ST-1", firstName: "Zoë", lastName: "Muñoz", school: "truman-high",
      facts: ["grades": .list([.object(["subject": .text("math"), "mark": .int(1)])])])
    let json = SessionDocument(of: record, in: surroundings)
      .json(declaredBy: policies.vocabulary.schema)
    #expect(
      json == """
        {"id":"S-1","date":"2026-10-14","tutor":{"id":"T-1"},"start":"2026-10-14T12:00:00-05:00",\
        "tags":[],"encounters":[{"student":{"id":"ST-1","name":"Zoë Muñoz","school":"truman-high",\
        "grades":[{"subject":"math"}]},"arrived":"2026-10-14T12:05:00-05:00",\
        "qualifiers":{"remedial":true}}]}
        """)
  }

  @Test func `the schools it may be held at are in it, where more is known than a name`() throws {
    var record = SessionRecord.running
    record.school = "van-horn-high"
    var surroundings = Surroundings()
    surroundings.people["T-1"] = PersonRecord(
      id: "T-1", name: "R. Alvarez", roles: [.tutor],
      approvedSchools: ["truman-high", "van-horn-high", "nowlin-middle"])
    for (id, facts) in [
      ("truman-high", [:]), ("van-horn-high", ["dayStart": FactValue.text("26400s")]),
      ("nowlin-middle", ["dayEnd": .text("51900s")]),
      ("bingham-middle", ["dayEnd": .text("51900s")]),
    ] {
      surroundings.schools[id] = SchoolRecord(id: id, name: id, facts: facts)
    }
    let json = SessionDocument(of: record, in: surroundings)
      .json(declaredBy: try ShippedPolicies.load().vocabulary.schema)
    #expect(
      json.contains(
        #""schools":[{"id":"van-horn-high","dayStart":"26400s"},{"id":"nowlin-middle","dayEnd":"51900s"}]"#
      ), "\(json)")
  }

  @Test func `a removed encounter is left out`() throws {
    let record = try SessionRecord.running.after(
      .timeIn("ST-1", afternoon(0, 5)), .removeEncounter(1))
    let document = SessionDocument(of: record, in: Surroundings())
    #expect(document.facts["encounters"] == .list([]))
  }

  @Test func `a fact of another type than declared is a mistake, not a fact`() throws {
    let policies = try ShippedPolicies.load()
    var record = SessionRecord.running
    record.facts = ["id": .int(1), "tutor": .text("x")]
    record.encounters = [
      EncounterRecord(
        id: 1, student: "ST-1", arrived: afternoon(0), facts: ["qualifiers": .text("remedial")])
    ]
    var diagnostics: [Diagnostic] = []
    let document = SessionDocument(of: record, in: Surroundings())
    #expect(document.read(by: policies.vocabulary.schema, into: &diagnostics) == nil)
    #expect(diagnostics.count == 1)
  }

  @Test func `another session that runs counts for one that runs, and for later ones`() throws {
    var surroundings = Surroundings()
    surroundings.runningSessions["T-1"] = [.init(id: "S-9", start: afternoon(1))]
    let running = SessionRecord.running
    #expect(surroundings.otherRunningSession(than: running)?.id == "S-9")
    let earlier = try running.after(.end(at: afternoon(0, 30)))
    #expect(surroundings.otherRunningSession(than: earlier) == nil)
    var later = running
    later.start = afternoon(2)
    later = try later.after(.end(at: afternoon(3)))
    #expect(surroundings.otherRunningSession(than: later)?.id == "S-9")
    surroundings.runningSessions["T-1"] = [.init(id: "S-1", start: afternoon(0))]
    #expect(surroundings.otherRunningSession(than: running) == nil)
  }

  @Test func `what changes a document changes the revision of its surroundings`() throws {
    let record = try SessionRecord.running.after(.timeIn("ST-1", afternoon(0, 5)))
    var surroundings = Surroundings()
    surroundings.people["T-1"] = PersonRecord(
      id: "T-1", name: "R. Alvarez", roles: [.tutor], revision: 1)
    surroundings.students["ST-1"] = StudentRecord(
      id: "ST-1", firstName: "Zoë", lastName: "Muñoz", school: "truman-high", revision: 1)
    var revisions = [surroundings.revision(for: record)]
    surroundings.students["ST-1"]?.revision += 1
    revisions.append(surroundings.revision(for: record))
    surroundings.people["T-1"]?.revision += 1
    revisions.append(surroundings.revision(for: record))
    surroundings.homeboundStudents["T-1"] = ["ST-1"]
    revisions.append(surroundings.revision(for: record))
    surroundings.runningSessions["T-1"] = [.init(id: "S-9", start: afternoon(0))]
    revisions.append(surroundings.revision(for: record))
    surroundings.people["T-1"]?.approvedSchools = ["truman-high"]
    surroundings.schools["truman-high"] = SchoolRecord(
      id: "truman-high", name: "Truman High", facts: ["dayStart": .text("26400s")], revision: 2)
    revisions.append(surroundings.revision(for: record))
    #expect(Set(revisions).count == revisions.count)
    surroundings.students["ST-2"] = StudentRecord(
      id: "ST-2", firstName: "", lastName: "Ann", school: "truman-high", revision: 1)
    #expect(surroundings.revision(for: record) == revisions.last)
  }
}

/// An example file, as the policies read it and as JSON.
private struct Example {
  let document: FactDocument
  let json: String

  init(_ name: String, schema: FactSchema) throws {
    let url = packageRoot.appending(path: "Examples/sessions/\(name)")
    let source = Source(name: name, bytes: Array(try Data(contentsOf: url)))
    var diagnostics: [Diagnostic] = []
    let read: FactDocument?
    if name.hasSuffix(".json") {
      read = FactDocument.read(json: source, schema: schema, into: &diagnostics)
    } else {
      let node = try #require(YAMLReader.read(source, into: &diagnostics).first)
      read = FactDocument.read(yaml: node, schema: schema, into: &diagnostics)
    }
    document = try #require(read, "\(diagnostics)")
    json = String(decoding: document.text, as: UTF8.self)
  }
}
