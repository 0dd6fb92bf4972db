#if Store
import Foundation
import Subprocess
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

/// Where the writing process keeps its records; set for that process alone.
private let folderVariable = "TUTORING_STORE_KILLED_FOLDER"

@Suite struct KilledProcessTests {
  /// How often the process is killed: a few times in every run of the tests, as often as wanted where the environment
  /// has a number.
  private static let kills =
    ProcessInfo.processInfo.environment["TUTORPOLICY_KILLS"].flatMap { Int($0) } ?? 10

  /// The process that is killed: this test binary, run again with nothing but this test.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment[folderVariable] != nil, "runs within another"))
  func `writer that is killed`() async throws {
    let folder = try #require(ProcessInfo.processInfo.environment[folderVariable])
    let store = try await TutoringStore.open(folder: folder)
    try await withThrowingTaskGroup { group in
      // So many that some of them share a transaction.
      for writer in 0..<6 {
        let tutor = writer.isMultiple(of: 2) ? "T-1" : "T-2"
        group.addTask {
          while true {
            let started = try await store.start(
              SessionDraft(tutor: tutor, date: SmallDistrict.day, start: afternoon(0)),
              request: UUID().uuidString, by: tutor, at: afternoon(0)
            ).session
            acknowledge(started)
            for student in ["ST-1", "ST-2", "ST-3"] {
              let session = try await store.perform(
                .timeIn(student: student, at: afternoon(0, 5), facts: [:]), on: started.id,
                expecting: nil, request: UUID().uuidString, by: tutor, at: afternoon(0, 5)
              ).session
              acknowledge(session)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(.timeLimit(.minutes(max(10, KilledProcessTests.kills))))
  func `whatever was acknowledged before a process was killed is there`() async throws {
    let district = try await SmallDistrict()
    try district.store.close()
    var versions: [String: Int] = [:]
    for round in 0..<Self.kills {
      try await run(in: district.folder.path, until: 5 + round * 23 % 230) { id, version in
        versions[id] = max(versions[id] ?? 0, version)
      }
      let store = try await TutoringStore.open(folder: district.folder.path)
      #expect(try await store.check() == [])
      let sessions = try await store.sessions(ids: Array(versions.keys))
      #expect(sessions.count == versions.count)
      for session in sessions {
        #expect(session.version >= versions[session.id] ?? 0)
        #expect(session.encounters.count == session.version - 1)
      }
      try store.close()
    }
    #expect(versions.count > 10 * Self.kills)
  }

  /// Runs the writer, and kills it once it has acknowledged so many changes.
  private func run(
    in folder: String, until count: Int, note: (String, Int) -> Void
  ) async throws {
    let binary = try #require(CommandLine.arguments.first)
    let result = try await Subprocess.run(
      .name("env"),
      arguments: [
        "\(folderVariable)=\(folder)", "SWIFT_BACKTRACE=enable=no", binary, "--testing-library",
        "swift-testing", "--filter", "writer that is killed",
      ],
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      var acknowledged = 0
      // Lines that are there after the kill were acknowledged before it.
      for try await line in execution.standardOutput.strings() {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == "kept", let version = Int(words[2]) else { continue }
        note(String(words[1]), version)
        acknowledged += 1
        if acknowledged == count { try execution.send(signal: .kill) }
      }
      return acknowledged
    }
    #expect(result.closureResult >= count)
    #expect(!result.terminationStatus.isSuccess)
  }
}

/// Tells the process outside that a change was kept, before anything else is done.
private func acknowledge(_ session: SessionRecord) {
  FileHandle.standardOutput.write(Data("kept \(session.id) \(session.version)\n".utf8))
}
#endif
