#if Server
import ArgumentParser
import Foundation
import PolicyExports
import TutoringServer
import TutoringStore

/// `tutoring-server report`: the report of a year, as a file.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes the report of a year to the state, and says what was not counted.",
    discussion: """
      Which sessions count, the policies decide; what is counted and how, a file in their folder 'reports' \
      says.
      """)

  @OptionGroup var options: DataOptions
  @OptionGroup var policyOption: PolicyFolderOption
  @Option(
    name: .long, help: ArgumentHelp("The report; the first one unless given.", valueName: "name"))
  var report: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The year, by the calendar year in which it ends; this one unless given.", valueName: "year"))
  var year: Int?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who asks, by the login: somebody of the office, or an auditor.", valueName: "login"))
  var by: String
  @Option(
    name: .long,
    help: ArgumentHelp("The file to write; standard output unless given.", valueName: "file"))
  var output: String?

  func run() async throws {
    try await reportingFailure {
      let keeper = try policyOption.load(clock: .system)
      let store = try await options.open()
      let service = DistrictService(store: store, keeper: keeper, clock: .system)
      do {
        let found = try await service.report(
          ReportQuestion(report: report, year: year), for: try await Actor(login: by, in: store))
        if let output {
          do { try OutputFile.write(found.report.file, to: output) } catch {
            throw Failure("'\(output)' can't be written")
          }
        } else {
          StandardOutput.write(found.report.file)
        }
        StandardError.write(
          """
          \(found.format.title), \(found.days.lowerBound) to \(found.days.upperBound)
          counted: \(found.counted.count) sessions, \(found.report.minutes) minutes, \
          \(found.report.rowCount) rows
          not counted: \(found.refusedSessions) sessions
          can't be decided: \(found.undeterminedSessions) sessions

          """)
      } catch let error as ServiceError {
        throw Failure(error.sentences)
      }
      try store.close()
    }
  }
}
#endif
