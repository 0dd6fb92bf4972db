public import Foundation

/// How a command ended, and what it wrote.
public struct CommandResult: Hashable, Sendable {
  /// The exit status, or the number of the signal that killed the command.
  public let status: Int32
  /// Whether the command was killed by a signal: a crash.
  public let wasKilled: Bool
  /// What it wrote to standard output; bytes that are no UTF-8 are replaced.
  public let standardOutput: String
  /// What it wrote to standard error; bytes that are no UTF-8 are replaced.
  public let standardError: String
}

/// Runs a command to its end.
///
/// Its standard streams are files: however much it writes or leaves unread, neither side waits for
/// the other. Commands of other tests run before it, where there are many: see `takingTurn`.
///
/// - Parameters:
///   - executable: The program, such as `try builtProduct("tutorpolicy")`.
///   - arguments: What follows the program's name.
///   - standardInput: What it can read; nothing unless given.
///   - environment: Variables set for it in addition to this process's own.
///   - currentDirectory: The folder it runs in.
///   - secondsAllowed: After how many seconds it is killed.
/// - Returns: How it ended, and what it wrote.
/// - Throws: If the program can't be started.
public func runCommand(
  _ executable: URL, _ arguments: [String], standardInput: Data = Data(),
  environment: [String: String] = [:], currentDirectory: URL = packageRoot,
  secondsAllowed: Int = 1_800
) async throws -> CommandResult {
  let streams = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: streams) }
  let input = streams.appending(path: "stdin")
  let output = streams.appending(path: "stdout")
  let error = streams.appending(path: "stderr")
  try standardInput.write(to: input)
  try Data().write(to: output)
  try Data().write(to: error)

  let (status, reason): (Int32, Process.TerminationReason) = try await takingTurn {
    // Opened only now: Foundation's way of starting a process fails where a thousand files are open.
    let files = try [
      FileHandle(forReadingFrom: input), FileHandle(forWritingTo: output),
      FileHandle(forWritingTo: error),
    ]
    defer { for file in files { try? file.close() } }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = currentDirectory
    process.standardInput = files[0]
    process.standardOutput = files[1]
    process.standardError = files[2]
    return try await withCheckedThrowingContinuation { ended in
      process.terminationHandler = {
        ended.resume(returning: ($0.terminationStatus, $0.terminationReason))
      }
      do {
        try process.run()
        process.kill(afterSeconds: secondsAllowed)
      } catch {
        ended.resume(throwing: error)
      }
    }
  }
  return CommandResult(
    status: status, wasKilled: reason == .uncaughtSignal,
    standardOutput: String(decoding: try Data(contentsOf: output), as: UTF8.self),
    standardError: String(decoding: try Data(contentsOf: error), as: UTF8.self))
}
