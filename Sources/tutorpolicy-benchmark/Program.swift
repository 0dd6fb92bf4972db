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
    end.wait()
    guard process.terminationStatus == 0 else {
      throw BenchmarkFailure(description: "\(url.path) ended with \(process.terminationStatus)")
    }
  }

  /// The most memory that any process took that was run so far, in MB; at least what this one has, from
  /// which they were started.
  static var peakMemory: Double {
    var usage = rusage()
    // RUSAGE_CHILDREN, which Linux imports with a type that its own function does not take.
    let endedProcesses: Int32 = -1
    _ = unsafe getrusage(endedProcesses, &usage)
    #if os(Linux)
    let kilobyte = 1.0
    #else
    let kilobyte = 1024.0
    #endif
    return Double(usage.ru_maxrss) / kilobyte / 1024
  }
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
