import CEL
import Diagnostics
import Foundation
import PolicyExports
import TestSupport
import Testing

@testable import PolicyEngine

/// Rows and entries that a reader makes by its plan must be those of the general evaluator.
struct AgreementTests {
  private static let today = CivilDate(year: 2026, month: 11, day: 23)

  /// The example sessions that are JSON, each changed many times: facts are missing, or others.
  private static func changedSessions(_ policies: PolicySet, seed: Int) throws -> [FactDocument] {
    let folder = packageRoot.appending(path: "Examples/sessions")
    let lines = try ["homebound.json", "several-rules-together.json", "week-42.ndjson"].flatMap {
      let text = try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
      return $0.hasSuffix("ndjson") ? text.split(separator: "\n").map(String.init) : [text]
    }
    var mutator = SessionMutator(seed: UInt64(seed))
    var sessions: [FactDocument] = []
    for line in lines {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      for _ in 0..<max(1, 240 / lines.count) {
        let changed = try JSONSerialization.data(
          withJSONObject: mutator.mutated(value), options: .sortedKeys)
        var mistakes: [Diagnostic] = []
        if let session = FactDocument.read(
          json: Source(name: "changed", bytes: Array(changed)),
          schema: policies.vocabulary.schema, into: &mistakes)
        {
          sessions.append(session)
        }
      }
    }
    try #require(sessions.count > 100)
    return sessions
  }

  /// Calls a body with the reader after each of some sessions, whether it passes or not.
  private static func read(
    _ sessions: [FactDocument], _ policies: PolicySet, _ reader: inout SubjectReader,
    given: (CivilDate?) -> [Int64], _ body: (FactDocument, borrowing SubjectReader) throws -> Void
  ) throws {
    let schema = policies.vocabulary.schema
    var decoder = FactDecoder(schema, layout: FactLayout(schema))
    var arena = FactArena()
    for session in sessions {
      PaddedBytes.with(session.paddedText) { text in
        arena.removeAll()
        guard let row = decoder.decode(text, into: &arena).row else { return }
        reader.read(row: row, in: arena, text: text, length: text.count, given: given)
      }
      try body(session, reader)
    }
  }

  @Test(arguments: 1...3)
  func `rows by the plan are those of the general evaluator`(seed: Int) throws {
    let policies = try shippedPolicies()
    let today = try #require(Self.today)
    let sessions = try Self.changedSessions(policies, seed: seed)
    var mistakes: [Diagnostic] = []
    let formats = ExportFormat.all(inPolicies: shippedFolder, of: policies, into: &mistakes)
    try #require(formats.count == 2)
    for format in formats {
      let maker = RowMaker(format, policies: policies)
      let occasion = RowMaker.Occasion(batch: 7, version: 3, entry: .first)
      var reader = maker.reader(today: today)
      var (rows, failures) = (0, 0)
      try Self.read(sessions, policies, &reader, given: { _ in maker.given(occasion) }) {
        session, reader in
        let planned = Self.outcome { () throws(Unwritable) in try maker.rows(by: reader) }
        let general = Self.outcome { () throws(Unwritable) in
          try maker.rows(of: session, today: today, occasion)
        }
        #expect(planned == general, "\(String(decoding: session.text, as: UTF8.self))")
        if case .success(let made) = planned { rows += made.count } else { failures += 1 }
      }
      #expect(rows > 50, "\(format.id)")
      #expect(failures > 10, "\(format.id)")
      // The evaluator is asked for what fails, to say why, and for nothing else.
      #expect(reader.generalAnswers <= failures, "\(format.id)")
    }
  }

  @Test(arguments: 1...3)
  func `entries by the plan are those of the general evaluator`(seed: Int) throws {
    let policies = try shippedPolicies()
    let today = try #require(Self.today)
    let sessions = try Self.changedSessions(policies, seed: seed)
    var mistakes: [Diagnostic] = []
    let format = try #require(
      ReportFormat.all(inPolicies: shippedFolder, of: policies, into: &mistakes).first)
    let maker = ReportMaker(format, policies: policies)
    var reader = maker.reader(today: today)
    var (entries, failures, lost) = (0, 0, 0)
    try Self.read(sessions, policies, &reader, given: maker.given) { session, reader in
      let planned = Self.outcome { () throws(Unwritable) in try maker.entries(by: reader) }
      let general = Self.outcome { () throws(Unwritable) in
        try maker.entries(of: session, today: today)
      }
      #expect(planned == general, "\(String(decoding: session.text, as: UTF8.self))")
      if case .success(let made) = planned { entries += made.count } else { failures += 1 }
      lost += reader.readings.count
    }
    #expect(entries > 100)
    #expect(failures > 10)
    #expect(reader.generalAnswers <= lost - entries)
  }

  private static func outcome<Value>(
    _ body: () throws(Unwritable) -> Value
  ) -> Result<Value, Unwritable> {
    do throws(Unwritable) { return .success(try body()) } catch { return .failure(error) }
  }
}
