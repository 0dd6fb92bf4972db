#if Server
import ArgumentParser
import CEL
import Foundation
import PolicyExports
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server export`: sessions for payroll, as a file.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Exports the sessions of a period, or says what an export would be.",
    discussion: """
      Which sessions go out, the policies decide; what the file looks like, a file in their folder \
      'exports' says. What goes out is frozen with its facts, its explanation and the digest of the \
      policies, and never goes out twice. Without --file, an export that was made before can be \
      written again by its number, byte for byte.
      """)

  @OptionGroup var options: DataOptions
  @OptionGroup var policyOption: PolicyFolderOption
  @Option(
    name: .long, help: ArgumentHelp("The format; the first one unless given.", valueName: "name"))
  var format: String?
  @Option(name: .long, help: ArgumentHelp("The first day of the sessions.", valueName: "day"))
  var from: DayArgument?
  @Option(name: .long, help: ArgumentHelp("The last day of the sessions.", valueName: "day"))
  var through: DayArgument?
  @Option(
    name: .long,
    help: ArgumentHelp("Who exports, by the login: somebody of the office.", valueName: "login"))
  var by: String
  @Flag(name: .long, help: "Only say what an export would be.") var preview = false
  @Option(
    name: .long,
    help: ArgumentHelp("Write an export that was made before, and make none.", valueName: "number"))
  var again: Int?
  @Option(
    name: .long,
    help: ArgumentHelp("The file to write; standard output unless given.", valueName: "file"))
  var output: String?

  func validate() throws {
    if (from == nil) != (through == nil) {
      throw ValidationError("give both --from and --through, or neither")
    }
    if let from, let through, from.day > through.day {
      throw ValidationError("--from is a later day than --through")
    }
    if again != nil, preview || format != nil || from != nil {
      throw ValidationError("--again writes what was made before: it takes no other choice")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let keeper = try policyOption.load(clock: .system)
      let store = try await options.open()
      let service = DistrictService(store: store, keeper: keeper, clock: .system)
      do {
        try await run(service, try await Actor(login: by, in: store))
      } catch let error as ServiceError {
        throw Failure(error.sentences)
      }
      try store.close()
    }
  }

  private func run(_ service: DistrictService, _ actor: Actor) async throws {
    var question = PayrollQuestion(format: format)
    if let from, let through { question.period = from.day...through.day }
    if preview {
      let preview = try await service.payrollPreview(question, for: actor)
      StandardOutput.write(Self.summary(of: preview))
      return
    }
    var number = again
    if number == nil {
      let record = try await service.exportPayroll(
        question, expecting: nil, request: UUID().uuidString, by: actor)
      number = record.id
    }
    let details: ExportDetails
    do { details = try await service.export(number ?? 0, for: actor) } catch ServiceError.notFound {
      throw Failure("there is no export \(number ?? 0)")
    }
    guard let text = details.file else { throw Failure("export \(details.record.id) has no file") }
    if let output {
      do { try OutputFile.write(text, to: output) } catch {
        throw Failure(
          "'\(output)' can't be written; export \(details.record.id) was made, and can be written with --again"
        )
      }
    } else {
      StandardOutput.write(text)
    }
    StandardError.write(
      "export \(details.record.id): \(details.record.sessions) sessions, \(details.rows.count) rows\n"
    )
  }

  /// What an export would be, in lines.
  private static func summary(of preview: PayrollPreview) -> String {
    var lines = [
      "\(preview.format.title), \(preview.period.lowerBound) to \(preview.period.upperBound)",
      "goes out: \(preview.sessions) sessions, \(preview.rows.count) rows, \(preview.totals.all.minutes) minutes",
    ]
    for (column, sum) in zip(preview.format.columns, preview.totals.all.columns) {
      if let sum { lines.append("  \(column.header): \(sum.text)") }
    }
    lines.append("left out: \(preview.leftOut.count) sessions")
    for blocker in preview.blockers {
      lines.append(
        "  \(blocker.id): \(blocker.sessions) sessions, \(blocker.alone) by this alone, \(blocker.minutes) minutes"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// `tutoring-server verify`: whether an export still comes out the same.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides what an export has frozen once more, and says whether the same comes out.",
    discussion: """
      The facts are decided by the policies that decided them then, which are kept with the records: \
      neither the policies' folder nor a server is needed. The rows of the file are written once more too.

      EXIT STATUS
        0  everything comes out the same
        1  something does not
      """)

  @OptionGroup var options: DataOptions
  @Argument(help: ArgumentHelp("The number of the export.", valueName: "export")) var export: Int

  func run() async throws {
    try await reportingFailure {
      let store = try await options.open()
      guard let report = try await ExportVerifier.report(on: export, in: store) else {
        throw Failure("there is no export \(export)")
      }
      try store.close()
      let record = report.record
      StandardOutput.write(
        """
        export \(record.id), made \(record.at), \(record.from) to \(record.through)
        policies \(record.policies)
        decided by version \(record.file?.program ?? "not kept")
        \(report.sessions) sessions decided once more, \(report.rows) rows written once more

        """)
      guard report.differences.isEmpty else {
        throw Failure(
          report.differences.map { ($0.session.map { "\($0): " } ?? "") + $0.sentence }
            .joined(separator: "\n"))
      }
      StandardOutput.write("the same comes out\n")
    }
  }
}
#endif
