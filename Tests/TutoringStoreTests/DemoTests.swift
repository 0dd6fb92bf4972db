#if Store
import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@Suite struct DemoTests {
  private static let now = OffsetDateTime(
    timestamp: CELTimestamp(seconds: 20_776 * 86_400 + 22 * 3_600), offsetMinutes: -360)

  private static func policies() throws -> PolicySet {
    let result = PolicySet.load(directory: packageRoot.appending(path: "policies").path)
    return try #require(result.policies)
  }

  private static func make(seed: UInt64 = 1) async throws -> (TemporaryFolder, TutoringStore) {
    let folder = try TemporaryFolder()
    let store = try await TutoringStore.open(folder: folder.path)
    let version = PolicyVersion(digest: "d1", firstSeen: now, files: [:])
    try await DemoDistrict(vocabulary: policies().vocabulary, now: now, seed: seed)
      .fill(store, policies: version) { candidate, _ in
        Freezing(
          today: SmallDistrict.day, document: #"{"id":"\#(candidate.session.id)"}"#,
          explanation: "{}")
      }
    return (folder, store)
  }

  @Test func `the invented district is whole`() async throws {
    let (folder, store) = try await Self.make()
    #expect(try await store.check() == [])
    #expect(try await store.schools().count == 6)
    let people = try await store.people()
    #expect(people.filter { $0.roles.contains(.tutor) }.count == 12)
    #expect(people.contains { $0.approvedSchools.count > 1 })
    for role in Role.allCases { #expect(people.contains { $0.roles.contains(role) }) }
    let counts = try await store.sessionCounts(SessionFilter())
    #expect(counts[.active] == 1)
    #expect(try await store.exports().map(\.sessions) == [counts[.exported]])
    for stage in SessionRecord.Stage.allCases { #expect(counts[stage, default: 0] > 0) }
    let active = try await store.sessions(SessionFilter(stages: [.active]), limit: 2).sessions
    #expect(active.first?.tutor == DemoDistrict.activeTutor)
    #expect(try #require(active.first).start.timestamp < Self.now.timestamp)
    let kinds = Set(try await store.workOrders().map(\.kind))
    let declared = try Self.policies().vocabulary.enumeration(named: "WorkOrderKind")
    #expect(kinds == Set(try #require(declared).cases.map(\.value)))
    withExtendedLifetime(folder) {}
  }

  @Test func `lines of documents say what the documents say`() async throws {
    let (folder, store) = try await Self.make()
    let schema = try Self.policies().vocabulary.schema
    // Of one school more is known than its name.
    var school = try #require(try await store.schools().first)
    school.facts = ["dayStart": .text("26400s"), "dayEnd": .text("51900s")]
    _ = try await store.save(school, request: "school", by: nil, at: Self.now)
    let texts = SessionTexts(try await store.allSurroundings(), schema: schema)
    let (first, last) = (CivilDate("2026-01-01"), CivilDate("2026-12-31"))
    let days = try #require(first)...#require(last)
    let numbers = try #require(try await store.sessionNumbers(in: days))
    let lines = try await store.sessionLines(numbers, in: days, by: texts)
    let sessions = try await store.sessions(
      SessionFilter(stages: [.finished, .exported]), limit: 1_000
    ).sessions
    #expect(Set(lines.ids) == Set(sessions.map(\.id)))
    // The tutor whose session runs has the sessions that can't be told from their texts alone.
    let others = Set(lines.ids.indices).subtracting(lines.lines).map { lines.ids[$0] }
    let running = sessions.filter { $0.tutor == DemoDistrict.activeTutor }.map(\.id)
    #expect(Set(others) == Set(running))
    let surroundings = try await store.surroundings(of: sessions)
    let documents = lines.text.dropLast(PaddedBytes.padding).split(separator: UInt8(ascii: "\n"))
    #expect(String(decoding: lines.text, as: UTF8.self).contains("\"dayStart\":\"26400s\""))
    #expect(documents.count == lines.lines.count)
    for (position, text) in zip(lines.lines, documents) {
      let session = try #require(sessions.first { $0.id == lines.ids[position] })
      var mistakes: [Diagnostic] = []
      let known = SessionDocument(of: session, in: surroundings).read(by: schema, into: &mistakes)
      let line = FactDocument.read(
        json: Source(name: "line", bytes: Array(text)), schema: schema, into: &mistakes)
      #expect(mistakes.isEmpty)
      let (said, expected) = (try #require(line).draft, try #require(known).draft)
      #expect(said.isEqual(to: expected), "\(session.id)")
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `its sessions lie on both sides of every rule`() async throws {
    let (folder, store) = try await Self.make()
    let policies = try Self.policies()
    let sessions = try await store.sessions(SessionFilter(), limit: 1_000).sessions
    let surroundings = try await store.surroundings(of: sessions)
    let today = try #require(CivilDate("2026-11-19"))
    var violated: Set<String> = []
    var passing = 0
    for session in sessions {
      var diagnostics: [Diagnostic] = []
      let document = SessionDocument(of: session, in: surroundings)
        .read(by: policies.vocabulary.schema, into: &diagnostics)
      let verdict = policies.decide(
        try #require(document, "\(diagnostics)"), today: today,
        decisions: Array(policies.decisions.indices))
      violated.formUnion((verdict.violated + verdict.warnings).map(\.rule))
      let export = policies.decide(
        try #require(document), today: today,
        decisions: policies.decisions.indices.filter { policies.decisions[$0].name == "export" })
      passing += export.passes ? 1 : 0
      // A session of an older week is not held up by the one that runs.
      if session.stage == .exported { #expect(export.passes, "\(verdict.prettyJSON)") }
    }
    // Starting beside a session that runs is refused, so that no kept session can show it.
    let rules = Set(policies.rules.map(\.id)).subtracting(["no-other-active-session"])
    #expect(rules.subtracting(violated) == [])
    #expect(passing * 2 > sessions.count, "\(passing) of \(sessions.count)")
    withExtendedLifetime(folder) {}
  }

  @Test func `without policies, what it exported is not frozen`() async throws {
    let folder = try TemporaryFolder()
    let store = try await TutoringStore.open(folder: folder.path)
    try await DemoDistrict(vocabulary: Self.policies().vocabulary, now: Self.now).fill(store)
    #expect(try await store.exports().isEmpty)
    #expect(try await store.sessionCounts(SessionFilter())[.exported, default: 0] > 0)
    #expect(try await store.check() == [])
  }

  @Test func `the same seed gives the same district, another seed another`() async throws {
    let (folder, store) = try await Self.make()
    let (otherFolder, other) = try await Self.make()
    let (thirdFolder, third) = try await Self.make(seed: 2)
    let sessions = try await store.sessions(SessionFilter(), limit: 1_000)
    #expect(try await other.sessions(SessionFilter(), limit: 1_000) == sessions)
    #expect(try await third.sessions(SessionFilter(), limit: 1_000) != sessions)
    withExtendedLifetime((folder, otherFolder, thirdFolder)) {}
  }
}
#endif
