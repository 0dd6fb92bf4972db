#if Server
import ArgumentParser
import PolicyEngine
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server sessions`: what is recorded, as session documents.
struct Sessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the recorded sessions as documents, one a line, while the server runs.",
    discussion: """
      The documents are what the policies decide, with all of their facts, confidential ones too; deleted \
      sessions are left out. 'tutorpolicy' reads them from a file or a pipe, as here to see what a change \
      of the policies would do to them:

        tutoring-server sessions --data district | tutorpolicy plan HEAD --sessions -
      """)

  @OptionGroup var options: DataOptions
  @OptionGroup var policyOption: PolicyFolderOption
  @Option(name: .long, help: ArgumentHelp("The first day of the sessions.", valueName: "day"))
  var from: DayArgument?
  @Option(name: .long, help: ArgumentHelp("The last day of the sessions.", valueName: "day"))
  var through: DayArgument?

  func validate() throws {
    if let from, let through, from.day > through.day {
      throw ValidationError("--from is a later day than --through")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let keeper = try policyOption.load(clock: .system)
      let schema = keeper.current.policies.vocabulary.schema
      let store = try await options.open()
      try await store.eachSession(
        SessionFilter(
          stages: [.active, .finished, .exported], from: from?.day, through: through?.day)
      ) { sessions, surroundings in
        let lines = sessions.map {
          SessionDocument(of: $0, in: surroundings).json(declaredBy: schema) + "\n"
        }
        StandardOutput.write(lines.joined())
        return true
      }
      try store.close()
    }
  }
}
#endif
