#if Server
import ArgumentParser
import Diagnostics
import PolicyEngine
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server check`: whether a server could start.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether the records and the policies can be used, without starting a server.",
    discussion: """
      Every record is read and compared with what the log says of it, which takes a while in a large \
      district.
      """)

  @OptionGroup var options: DataOptions
  @OptionGroup var policyOption: PolicyFolderOption

  func run() async throws {
    try await reportingFailure {
      let keeper = try policyOption.load(clock: .system)
      let store = try await options.open()
      let people = try await store.people().filter { $0.isActive && $0.login != nil }
      let findings = try await store.check()
      try store.close()
      guard findings.isEmpty else { throw Failure(findings.joined(separator: "\n")) }
      if !keeper.current.warnings.isEmpty {
        StandardError.write(DiagnosticRenderer().render(keeper.current.warnings))
      }
      StandardOutput.write(
        """
        policies \(keeper.current.digest): \(keeper.current.policies.rules.count) rules
        records: \(people.count) people may sign in

        """)
    }
  }
}
#endif
