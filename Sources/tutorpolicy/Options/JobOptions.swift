import ArgumentParser
import Foundation

/// On how many cores sessions are decided.
struct JobOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many lines of NDJSON to decide at a time; as many as there are cores unless given.",
      valueName: "n"))
  var jobs: Int?

  /// How many threads decide.
  var count: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    guard (1...1024).contains(count) else {
      throw ValidationError("--jobs takes a number from 1 to 1024")
    }
  }
}
