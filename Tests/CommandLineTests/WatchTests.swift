import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct WatchTests {
  @Test
  func `--watch runs again when a policy, a fixture or a session changes, until it is interrupted`()
    async throws
  {
    try await takingTurn {
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "watch-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for name in ["policies", "Examples"] {
        try FileManager.default.copyItem(
          at: packageRoot.appending(path: name), to: folder.appending(path: name))
      }
      func change(_ file: String, _ old: String, to new: String) throws {
        let url = folder.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        try #require(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: url)
      }
      let program = try WatchedProgram(
        ["test", "--watch", "--filter", "the window of a work order"], in: folder)
      try await program.waitFor("6 of 6 cases pass\n")

      try change("policies/work-orders.yaml", "2015-07-01: 7", to: "2015-07-01: 6")
      try await program.waitFor("changed: policies/work-orders.yaml\n")
      try await program.waitFor("5 of 6 cases pass, 1 failed\n")

      try change(
        "policies/fixtures/work-orders.yaml", "      day 7: [2026-09-22, pass, []]\n", to: "")
      try await program.waitFor("changed: policies/fixtures/work-orders.yaml\n")
      try await program.waitFor("5 of 5 cases pass\n")

      try change("Examples/sessions/eligible.yaml", "date: 2026-09-15", to: "date: 2026-09-14")
      try await program.waitFor("changed: Examples/sessions/eligible.yaml\n")
      try change("policies/work-orders.yaml", "2015-07-01: 6", to: "2015-07-01: six")
      try await program.waitFor("1 error in the policies")

      #expect(try await program.interrupt() == 3)
    }
  }

  @Test(arguments: [["--accept"], ["--format", "tap"]])
  func `2 for what does not go with --watch`(arguments: [String]) async throws {
    let result = try await runCommand(
      builtProduct("tutorpolicy"), ["test", "--watch"] + arguments)
    #expect(result.status == 2)
    #expect(result.standardError.contains("'--watch' goes with neither"))
  }
}

/// A program that runs until it is interrupted, whose output is read as it comes.
private final class WatchedProgram: Sendable {
  private struct State {
    var unread = ""
    var isEnded = false
    var waiter: (words: String, continuation: CheckedContinuation<Bool, Never>)?
  }

  private let process: Process
  private let state = Mutex(State())

  init(_ arguments: [String], in folder: URL) throws {
    process = Process()
    process.executableURL = try builtProduct("tutorpolicy")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil }
      self?.add(data)
    }
    try process.run()
    process.kill(afterSeconds: 1_800)
  }

  deinit { process.kill() }

  /// Reads until some words come; what is before them is passed over.
  func waitFor(_ words: String) async throws {
    let isFound = await reads(words)
    let unread = state.withLock { $0.unread }
    try #require(isFound, "'\(words)' did not come, but\n\(unread)")
  }

  /// Interrupts it as control-C does; gives its status.
  func interrupt() async throws -> Int32 {
    process.interrupt()
    _ = await reads("words that never come, so that its end is waited for")
    process.waitUntilExit()
    try #require(process.terminationReason == .exit)
    return process.terminationStatus
  }

  /// Whether some words come before the output ends.
  private func reads(_ words: String) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        update { $0.waiter = (words, continuation) }
      }
    } onCancel: {
      // What waits for its output then sees that there is no more of it.
      process.kill()
    }
  }

  private func add(_ data: Data) {
    update { state in
      state.unread += String(decoding: data, as: UTF8.self)
      if data.isEmpty { state.isEnded = true }
    }
  }

  private func update(_ change: (inout sending State) -> Void) {
    state.withLock { state in
      change(&state)
      guard let (words, continuation) = state.waiter else { return }
      if let found = state.unread.firstRange(of: words) {
        state.unread.removeSubrange(..<found.upperBound)
        state.waiter = nil
        continuation.resume(returning: true)
      } else if state.isEnded {
        state.waiter = nil
        continuation.resume(returning: false)
      }
    }
  }
}
