#if Store
import CEL
import Foundation
import SchoolData
import Subprocess
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

/// Where the process that is killed keeps its records; set for that process alone.
private let folderVariable = "TUTORING_STORE_KILLED_OFFICE"
/// What it does: `export` or `import`.
private let workVariable = "TUTORING_STORE_KILLED_WORK"

/// An export or an import that a process is killed in the middle of has happened whole, or not at all.
@Suite struct KilledOfficeTests {
  private static let sessions = 60
  /// So many that they don't fit into SQLite's memory: they are written while the transaction is still open.
  private static let students = 6_000

  /// The process that is killed: this test binary, run again with nothing but this test.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment[folderVariable] != nil, "runs within another"))
  func `office work that is killed`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let store = try await TutoringStore.open(folder: try #require(environment[folderVariable]))
    if environment[workVariable] == "export" {
      let ids = (1...Self.sessions).map { "S-\($0)" }
      _ = try await store.export(
        ids, for: SmallDistrict.day...SmallDistrict.day, policies: "d1", file: Self.file,
        request: "killed-request", by: "T-2", at: afternoon(2)
      ) { candidate, _ in
        acknowledge(candidate.session.id)
        return Self.freezing(of: candidate)
      }
    } else {
      acknowledge("begins")
      let log = store.folder.appending(path: "district.sqlite-wal").path
      let watch = Task.detached {
        while !Task.isCancelled {
          let size = try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
          if size ?? 0 > 1 << 20 { return acknowledge("in the middle") }
          await Task.yield()
        }
      }
      _ = try await store.importRecords(
        Self.records, digest: "d", summary: [:], request: "killed-request", by: "T-2",
        at: afternoon(2))
      // Whoever counts what was said finds it there, however late the watch looked.
      try await watch.value
    }
    acknowledge("done")
    try await Task.sleep(for: .seconds(600))
  }

  private static let file = ExportFile(
    format: "f", name: "test", file: "test.yaml", text: "", header: "a", program: "1",
    folder: "policies")

  private static func freezing(of candidate: ExportCandidate) -> Freezing {
    Freezing(
      today: SmallDistrict.day, document: "{}", explanation: "{}",
      rows: [
        ExportedRow(
          entry: "first", subject: "", line: "", minutes: 60, totals: [],
          text: candidate.session.id)
      ])
  }

  private static var records: DistrictRecords {
    var records = DistrictRecords()
    for number in 0..<students {
      let id = "N-\(number)"
      records.students[id] = StudentRecord(
        id: id, firstName: "New", lastName: "Pupil \(number)", school: "truman-high")
    }
    return records
  }

  private static func district() async throws -> SmallDistrict {
    let district = try await SmallDistrict()
    for minute in 0..<sessions {
      let session = try await district.start(minute: minute % 50)
      try await district.perform(.end(at: afternoon(1)), on: session)
    }
    try await district.store.addPolicyVersion(
      PolicyVersion(digest: "d1", firstSeen: afternoon(0), files: [:]))
    return district
  }

  @Test(.timeLimit(.minutes(10)), arguments: [1, 30, 60, 61])
  func `an export is whole or not there`(count: Int) async throws {
    let district = try await Self.district()
    try district.store.close()
    try await Self.run("export", in: district.folder.path, until: count)
    let store = try await TutoringStore.open(folder: district.folder.path)
    let exports = try await store.exports()
    let exported = try await store.sessionCounts(SessionFilter())[.exported, default: 0]
    #expect(try await store.check() == [])
    // What was said to be done is; what was only begun may be, or not.
    if count > Self.sessions { #expect(exports.count == 1) }
    #expect(exported == (exports.isEmpty ? 0 : Self.sessions))
    #expect(exports.first?.file?.rows ?? 0 == exported)
    if exports.isEmpty {
      let again = try await store.export(
        ["S-1"], for: SmallDistrict.day...SmallDistrict.day, policies: "d1", file: Self.file,
        request: "killed-request", by: "T-2", at: afternoon(2)
      ) { candidate, _ in Self.freezing(of: candidate) }
      #expect(again.sessions == 1)
    }
    try store.close()
  }

  @Test(.timeLimit(.minutes(10)), arguments: [1, 60, 61])
  func `an export of corrections is whole or not there`(count: Int) async throws {
    let district = try await Self.district()
    let ids = (1...Self.sessions).map { "S-\($0)" }
    _ = try await district.store.export(
      ids, for: SmallDistrict.day...SmallDistrict.day, policies: "d1", file: Self.file,
      request: "first-request", by: "T-2", at: afternoon(2)
    ) { candidate, _ in Self.freezing(of: candidate) }
    for id in ids {
      let session = try #require(try await district.store.session(id))
      try await district.perform(.correct(reason: "a tag", [.tag(.init("late"))]), on: session)
    }
    try district.store.close()
    try await Self.run("export", in: district.folder.path, until: count)
    let store = try await TutoringStore.open(folder: district.folder.path)
    let exports = try await store.exports()
    #expect(try await store.check() == [])
    if count > Self.sessions { #expect(exports.count == 2) }
    #expect(exports.last?.file?.rows == Self.sessions)
    if exports.count == 2 { #expect(exports.first?.file?.rows == Self.sessions) }
    // What was not exported is still to be, and what was is not.
    let open = try await store.exportCandidates(for: SmallDistrict.day...SmallDistrict.day)
    #expect(open.sessions.count == (exports.count == 2 ? 0 : Self.sessions))
    try store.close()
  }

  @Test(.timeLimit(.minutes(10)), arguments: [1, 2, 3])
  func `an import is whole or not there`(count: Int) async throws {
    let district = try await SmallDistrict()
    try district.store.close()
    try await Self.run("import", in: district.folder.path, until: count)
    let store = try await TutoringStore.open(folder: district.folder.path)
    let imports = try await store.imports()
    let found = try await store.students(ids: Array(Self.records.students.keys)).count
    #expect(try await store.check() == [])
    if count == 3 { #expect(imports.count == 1) }
    #expect(found == (imports.isEmpty ? 0 : Self.students))
    try store.close()
  }

  /// Runs the work in a process of its own, and kills it once it has said something so many times.
  private static func run(_ work: String, in folder: String, until count: Int) async throws {
    let binary = try #require(CommandLine.arguments.first)
    let result = try await Subprocess.run(
      .name("env"),
      arguments: [
        "\(folderVariable)=\(folder)", "\(workVariable)=\(work)", "SWIFT_BACKTRACE=enable=no",
        binary,
        "--testing-library", "swift-testing", "--filter", "office work that is killed",
      ],
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      var said = 0
      for try await line in execution.standardOutput.strings() where line.hasPrefix("said ") {
        said += 1
        if said == count { try execution.send(signal: .kill) }
      }
      return said
    }
    #expect(result.closureResult >= count)
    #expect(!result.terminationStatus.isSuccess)
  }
}

/// Says to the process outside how far the work is.
private func acknowledge(_ what: String) {
  FileHandle.standardOutput.write(Data("said \(what)\n".utf8))
}
#endif
