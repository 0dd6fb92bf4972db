import ArgumentParser
import Foundation
import PolicyEngine

/// The command line: parses options, calls the library, prints, exits.
@main
struct TutorPolicy: ParsableCommand {
  static let _errorPrefix = "error: "

  static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Decides tutoring sessions by YAML policy files, and explains every decision.",
    discussion: """
      Policies are YAML files in a folder (./policies unless --policies names another). Sessions are \
      YAML or JSON files, or NDJSON streams with a session a line.

      EXAMPLES
        tutorpolicy explain session.yaml --decision export
        tutorpolicy check sessions.ndjson --format ndjson --today 2026-11-23
        tutorpolicy validate --policies policies
        tutorpolicy test

      EXIT STATUS
          0  every decision asked for passes; the policy set has no mistake
          1  some decision fails or is undetermined; a fixture fails; with 'validate --strict', a warning
          2  wrong usage
          3  the policy set has errors; nothing was decided
          4  a session or fixture file can't be read, or isn't one (the others are still decided)
          5  the output can't be written
        130  interrupted; what was decided is written, up to a whole line
        141  whoever reads the output has gone away, as 'head' does; the rest was not decided
      """,
    version: ProgramVersion.words,
    subcommands: [
      Check.self, CoverageCommand.self, Explain.self, Fix.self, FormatCommand.self, Import.self,
      Init.self, LanguageServerCommand.self, Mutate.self, PlanCommand.self, RenameCommand.self,
      Schema.self, SQLCommand.self, Test.self, Validate.self,
    ])

  static func main() {
    StandardDescriptors.holdOpen()
    WritingSignals.ignore()
    let status = run(Array(CommandLine.arguments.dropFirst()))
    let isWritten = !StandardError.isIncomplete
    Foundation.exit(isWritten ? status : max(status, ExitStatus.unwritableOutput.rawValue))
  }

  /// Runs the command that arguments ask for; gives its status.
  private static func run(_ arguments: [String]) -> Int32 {
    do {
      if let message = Usage.repetition(in: arguments) {
        StandardError.write(message)
        throw ExitStatus.usage
      }
      var command = try parseCommand(DayOptions.joiningRanges(arguments))
      guard StandardDescriptors.areEnough else {
        StandardError.write("error: the system lets too few files be open at a time (ulimit -n)\n")
        throw ExitStatus.unreadableDocument
      }
      try command.run()
      return ExitStatus.passes.rawValue
    } catch let status as ExitStatus {
      return status.rawValue
    } catch {
      return report(error, of: arguments)
    }
  }

  /// Writes the help or the version asked for, or what is wrong with the arguments; gives the status.
  private static func report(_ error: any Error, of arguments: [String]) -> Int32 {
    let code = exitCode(for: error)
    let text = fullMessage(for: error) + "\n"
    guard code != .success else {
      var output = StandardOutput()
      output.write(text)
      output.flush()
      return code.rawValue
    }
    let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
    StandardError.write(
      Usage.unknownCommand(in: arguments, among: commands) ?? Usage.message(text))
    // ArgumentParser's own status for wrong usage is 64; ours is documented as 2.
    return code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue
  }

  /// The command that arguments ask for.
  ///
  /// One that is named first parses its own options: on the way down from here they would be looked at
  /// three times over, a seventh of the time to a first decision. Help and mistakes are left to that way,
  /// which knows the whole name of the command.
  private static func parseCommand(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first
    }
    if let named, let command = try? named.parseAsRoot(Array(arguments.dropFirst())),
      type(of: command) == named
    {
      return command
    }
    return try parseAsRoot(arguments)
  }
}

extension ProgramVersion {
  /// What `--version` prints.
  fileprivate static var words: String {
    """
    \(Program.name) \(number)
    commit: \(commit ?? "not given to the build")
    time zone data: \(timeZoneData)
    """
  }
}
