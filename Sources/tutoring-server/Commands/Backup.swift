#if Server
import ArgumentParser
import TutoringStore

/// `tutoring-server backup`: a copy of the records.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies the records to a file, as of one moment, while the server runs.")

  @OptionGroup var options: DataOptions
  @Argument(help: "The file, which must not be there yet.") var file: String

  func run() async throws {
    try await reportingFailure {
      let store = try await options.open()
      try await store.backup(to: file)
      try store.close()
      StandardOutput.write("\(file)\n")
    }
  }
}
#endif
