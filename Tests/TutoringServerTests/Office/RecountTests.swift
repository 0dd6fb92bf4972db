#if Server
import CEL
import Foundation
import PolicyEngine
import PolicyExports
import Subprocess
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// Whether there is what a recount runs on.
private let pythonIsThere =
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/python3")
  }

/// What the office exports and reports, beside a recount that knows nothing but the tables.
@Suite(
  .enabled(if: pythonIsThere, "python3 is not installed"), .timeLimit(.minutes(30)))
struct RecountTests {
  private static func district(
    seed: UInt64
  ) async throws -> (folder: URL, service: DistrictService, keeper: PolicyKeeper) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "recount-\(UUID().uuidString)")
    let start = try #require(OffsetDateTime("2026-11-23T15:00:00-06:00"))
    let date = Date(timeIntervalSince1970: Double(start.timestamp.seconds))
    let clock = DistrictClock { date }
    let keeper = try PolicyKeeper(
      folder: packageRoot.appending(path: "policies").path, clock: clock)
    let store = try await TutoringStore.open(folder: folder.path)
    let export = keeper.demoExport(at: start)
    try await DemoDistrict(
      vocabulary: keeper.current.policies.vocabulary, now: start, seed: seed
    ).fill(store, policies: export.policies, file: export.file, deciding: export.deciding)
    return (folder, DistrictService(store: store, keeper: keeper, clock: clock), keeper)
  }

  @Test(arguments: [1, 2, 3])
  func `a recount from the tables finds every number of every file`(seed: UInt64) async throws {
    let (folder, service, _) = try await Self.district(seed: seed)
    defer { try? FileManager.default.removeItem(at: folder) }
    let office = Actor(person: "O-1", name: "Office", roles: [.office])
    let person = try #require(
      try await service.store.people().first { $0.roles.contains(.office) })
    let actor = Actor(person: person.id, name: person.name, roles: [.office])
    let days = try #require(
      CivilDate("2026-10-01").flatMap { from in CivilDate("2026-11-23").map { from...$0 } })
    let record = try await service.exportPayroll(
      PayrollQuestion(period: days), expecting: nil, request: UUID().uuidString, by: actor)
    #expect(record.sessions > 10)
    let session = try #require(try await service.store.rows(ofExport: record.id).first?.session)
    let exported = try #require(try await service.store.session(session))
    _ = try await service.perform(
      .correct(reason: "counted once more", []), on: session, expecting: exported.version,
      request: UUID().uuidString, by: actor)
    let second = try await service.exportPayroll(
      PayrollQuestion(period: days), expecting: nil, request: UUID().uuidString, by: actor)
    #expect(second.file?.rows == 2)
    let report = try await service.report(ReportQuestion(), for: office)
    let file = folder.appending(path: "report.csv")
    try report.report.file.write(to: file, atomically: true, encoding: .utf8)
    let script = packageRoot.appending(path: "Tests/Peers/recount/recount.py").path
    let result = try await Subprocess.run(
      .name("python3"),
      arguments: [
        script, folder.path, "--report", file.path, "--year", String(report.year),
      ],
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    #expect(result.standardOutput.contains(" 0 differ"))
    for number in 1...second.id {
      let verified = try #require(
        try await ExportVerifier.report(on: number, in: service.store))
      #expect(verified.differences == [])
    }
  }
}
#endif
