#if Store
import Foundation
import GRDB
import Testing
import TutoringSessions
@testable import TutoringStore

@Suite struct ExportTests {
  private static let day = SmallDistrict.day

  /// A district with three ended sessions, one of them deleted, and one that runs.
  private static func make() async throws -> SmallDistrict {
    let district = try await SmallDistrict()
    for minute in 0..<4 {
      let session = try await district.start(minute: minute)
      if minute < 3 { try await district.perform(.end(at: afternoon(1)), on: session) }
      if minute == 2 { try await district.perform(.delete, on: session) }
    }
    try await district.store.addPolicyVersion(
      PolicyVersion(digest: "d1", firstSeen: afternoon(0), files: [:]))
    return district
  }

  @discardableResult
  private static func export(
    _ district: SmallDistrict, request: String = "r",
    deciding: @escaping TutoringStore.DecidingExport = { candidate, _ in
      Freezing(
        today: day, document: #"{"id":"\#(candidate.session.id)"}"#, explanation: "{}")
    }
  ) async throws -> ExportRecord {
    try await district.store.export(
      ["S-1", "S-2", "S-3", "S-4", "S-9"], for: day...day, policies: "d1", request: request,
      by: "T-2", at: afternoon(2), deciding: deciding)
  }

  @Test func `finished sessions are exported and frozen, once`() async throws {
    let district = try await Self.make()
    let export = try await Self.export(district)
    #expect(export.sessions == 2)
    #expect(try await Self.export(district) == export)
    #expect(try await district.store.exports() == [export])
    let session = try #require(try await district.store.session("S-1"))
    #expect(session.stage == .exported)
    #expect(
      try await district.store.frozenDecisions(of: "S-1") == [
        FrozenDecision(
          version: session.version, policies: "d1", today: Self.day, document: #"{"id":"S-1"}"#,
          explanation: "{}", export: export.id)
      ])
    #expect(try await Self.export(district, request: "r2").sessions == 0)
    #expect(try await district.store.check() == [])
    for sql in ["UPDATE frozen_decisions SET document = '{}'", "DELETE FROM frozen_decisions"] {
      await #expect(throws: StoreError.self) {
        try await district.store.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test func `a session that is refused is left out, and an error undoes all`() async throws {
    struct Failed: Error {}
    let district = try await Self.make()
    await #expect(throws: Failed.self) {
      try await Self.export(district) { candidate, _ in
        if candidate.session.id == "S-2" { throw Failed() }
        return Freezing(today: Self.day, document: "{}", explanation: "{}")
      }
    }
    #expect(try await district.store.exports().isEmpty)
    #expect(try await district.store.session("S-1")?.stage == .finished)
    let export = try await Self.export(district) { candidate, _ in
      candidate.session.id == "S-2"
        ? Freezing(today: Self.day, document: "{}", explanation: "{}") : nil
    }
    #expect(export.sessions == 1)
    #expect(try await district.store.session("S-2")?.stage == .exported)
  }

  @Test func `what was decided before is used only as long as no record has changed`() async throws
  {
    let district = try await Self.make()
    let freezing = Freezing(today: Self.day, document: "{}", explanation: #"{"decided":"before"}"#)
    func export(_ request: String, _ candidates: ExportCandidates) async throws -> ExportRecord {
      try await district.store.export(
        candidates.sessions.map(\.session.id),
        prepared: PreparedExport(candidates, candidates.sessions.map { _ in freezing }),
        for: Self.day...Self.day, policies: "d1", request: request, by: "T-2", at: afternoon(2)
      ) { candidate, _ in
        Freezing(
          today: Self.day, document: "{}",
          explanation: #"{"decided":"of version \#(candidate.session.version)"}"#)
      }
    }
    let before = try await district.store.exportCandidates(for: Self.day...Self.day)
    #expect(before.sessions.map(\.session.id) == ["S-1", "S-2"])
    #expect(before.export == 1)
    let session = try #require(try await district.store.session("S-1"))
    try await district.perform(.tag(.init("a")), on: session)
    #expect(try await export("r1", before).sessions == 2)
    #expect(
      try await district.store.frozenDecisions(of: "S-1").map(\.explanation)
        == [#"{"decided":"of version \#(session.version + 1)"}"#])
    let exported = try #require(try await district.store.session("S-2"))
    try await district.perform(.correct(reason: "wrong tag", [.tag(.init("b"))]), on: exported)
    let after = try await district.store.exportCandidates(for: Self.day...Self.day)
    #expect(try await export("r2", after).sessions == 1)
    #expect(
      try await district.store.frozenDecisions(of: "S-2").last?.explanation
        == #"{"decided":"before"}"#)
    #expect(try await district.store.check() == [])
  }

  @Test func `a correction is kept with its reason and the version it corrects`() async throws {
    let district = try await Self.make()
    try await Self.export(district)
    let exported = try #require(try await district.store.session("S-1"))
    let corrected = try await district.perform(
      .correct(reason: "wrong tag", [.tag(.init("a"))]), on: exported)
    #expect(corrected.version == exported.version + 1)
    let event = try #require(try await district.store.events(of: .session, "S-1").last)
    #expect(event.action == "correct")
    #expect(
      try await district.store.corrections(of: "S-1") == [
        CorrectionRecord(
          version: corrected.version, corrects: exported.version, reason: "wrong tag",
          event: event.sequence)
      ])
    #expect(
      try await district.store.frozenDecisions(of: "S-1").map(\.version) == [exported.version])
    #expect(try await district.store.check() == [])
  }
}
#endif
