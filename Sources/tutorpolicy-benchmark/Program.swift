import Foundation

/// The command line program, which is built beside the benchmark.
struct Program {
  private let url: URL
  private let policies: String

  /// The program; nil when it was not built.
  init?(policies: String) {
    let benchmark = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    url = benchmark.deletingLastPathComponent().appending(path: "tutorpolicy")
    self.policies = policies
    guard FileManager.default.isExecutableFile(atPath: url.path) else { return nil }
  }

  /// Decides the sessions of a file, from the start of a process to its end.
  ///
  /// - Throws: If it can't be started, or does not decide them.
  func check(_ file: URL, command: String = "check") throws {
    try run(command, file) { _ in }
  }

  /// The most memory that the process takes while it decides the sessions of a file, in MB.
  ///
  /// - Throws: If it can't be started, or does not decide them.
  func peakMemory(checking file: URL) throws -> Double {
    var peak = 0.0
    try run("check", file) { process in
      #if os(Linux)
      // While it runs: what the system tells of ended processes counts the memory of those that started
      // them, SwiftPM's compiler among them.
      while process.isRunning { peak = max(peak, Self.peakMemory(of: process.processIdentifier)) }
      #endif
    }
    #if !os(Linux)
    peak = Self.peakMemoryOfEndedProcesses
    #endif
    return peak
  }

  private func run(
    _ command: String, _ file: URL, _ meanwhile: (Process) -> Void
  ) throws {
    let process = Process()
    process.executableURL = url
    process.arguments = [
      command, "--policies", policies, "--today", "2026-11-23", "--format", "ndjson", "--exit-zero",
      file.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    // Waiting by the process itself looks only every fifty milliseconds whether it has ended.
    let end = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in end.signal() }
    try process.run()
    meanwhile(process)
    end.wait()
    guard process.terminationStatus == 0 else {
      throw BenchmarkFailure(description: "\(url.path) ended with \(process.terminationStatus)")
    }
  }

  #if os(Linux)
  /// The most memory that a running process took so far, in MB; 0 where it is not known.
  private static func peakMemory(of process: Int32) -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap {
      Double($0)
    }
    return (kilobytes ?? 0) / 1024
  }
  #else
  /// The most memory that any process took that was run so far, in MB.
  private static var peakMemoryOfEndedProcesses: Double {
    var usage = rusage()
    _ = unsafe getrusage(RUSAGE_CHILDREN, &usage)
    return Double(usage.ru_maxrss) / 1024 / 1024
  }
  #endif
}

/// A file that is removed when it is no longer needed.
final class TemporaryFile {
  let url = FileManager.default.temporaryDirectory
    .appending(path: "benchmark-\(UUID().uuidString).ndjson")
  private let handle: FileHandle

  /// An empty file.
  init() throws {
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
  }

  /// Adds bytes at its end.
  func append(_ bytes: some DataProtocol) throws { try handle.write(contentsOf: bytes) }

  deinit { try? FileManager.default.removeItem(at: url) }
}
