#if Server
import ArgumentParser
import Diagnostics
import Foundation
import PolicyEngine
import SchoolData
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server import`: rosters, from files.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes over schools, people, students, groups and work orders from CSV files.",
    discussion: """
      The files are OneRoster's (1.1 or 1.2: orgs, users, roles, classes, enrollments), in a folder or in a zip \
      as they come, and plain tables of \
      what these lack: students, people, approvals, work-orders, groups, group-members, schools, and one \
      for each list of facts that the vocabulary has of a student, such as grades. Columns are found by \
      their names; passwords are never read.

      Rows that are wrong are listed with file, line and column, and the others go in, all at once. What \
      somebody has changed by hand stays as it is, and is listed. The same files a second time change \
      nothing.

      EXIT STATUS
        0  all rows are right
        1  some are wrong; the others went in, unless --strict
      """)

  @OptionGroup var options: DataOptions
  @OptionGroup var policyOption: PolicyFolderOption
  @Option(
    name: .long,
    help: ArgumentHelp("Who imports, by the login: somebody of the office.", valueName: "login"))
  var by: String
  @Flag(name: .long, help: "Only say what would be done.") var preview = false
  @Flag(name: .long, help: "Take nothing over where something is wrong.") var strict = false
  @Argument(help: "Folders, zips and CSV files.") var paths: [String]

  func run() async throws {
    try await reportingFailure {
      let sources = try Self.sources(at: paths)
      let keeper = try policyOption.load(clock: .system)
      let store = try await options.open()
      let service = DistrictService(store: store, keeper: keeper, clock: .system)
      let actor = try await Actor(login: by, in: store)
      do {
        if preview {
          try tell(await service.rosterPreview(sources, for: actor), record: nil)
        } else {
          let (plan, record) = try await service.importRosters(
            sources, request: UUID().uuidString, isStrict: strict, by: actor)
          try tell(plan, record: record)
        }
      } catch let error as ServiceError {
        throw Failure(error.sentences)
      }
      try store.close()
    }
  }

  /// How many bytes a file may have.
  private static let limit = 256 << 20

  /// A CSV file or a zip.
  private static func source(at path: String) throws -> Source {
    let source: Source
    do {
      if path.lowercased().hasSuffix(".zip") {
        let file = try FileHandle(forReadingFrom: URL(filePath: path.literalPath))
        defer { try? file.close() }
        source = Source(name: path, bytes: Array(try file.read(upToCount: limit + 1) ?? Data()))
      } else {
        source = try Source(contentsOf: path, limit: limit)
      }
    } catch {
      let problem = Diagnostic.unreadable(path, why: error)
      throw Failure(([problem.message] + [problem.help].compactMap(\.self)).joined(separator: "; "))
    }
    // What is cut off would be rows that are gone.
    guard source.bytes.count <= limit else {
      throw Failure("'\(path)' has more than \(limit >> 20) MB; nothing was read")
    }
    return source
  }

  /// The CSV files and zips that paths name.
  private static func sources(at paths: [String]) throws -> [Source] {
    try paths.flatMap { path -> [Source] in
      var files = [path]
      if PathKind(at: path) == .folder {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        files = (names ?? []).sorted().filter { $0.lowercased().hasSuffix(".csv") }
          .map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
        if files.isEmpty {
          throw Failure("'\(path)' has no files that end in .csv; a zip is named itself")
        }
      }
      return try files.map(source)
    }
  }

  private func tell(_ plan: RosterPlan, record: ImportRecord?) throws {
    StandardError.write(DiagnosticRenderer().render(plan.diagnostics))
    let isOnlyTold = record == nil
    var lines: [String] = []
    for (what, entries) in [("add", plan.added), ("change", plan.changed), ("let go", plan.gone)] {
      lines.append("\(what): \(entries.count)")
      guard isOnlyTold else { continue }
      for entry in entries.prefix(50) {
        let fields = entry.changes.map { $0.path.joined(separator: ".") }.joined(separator: ", ")
        lines.append("  \(entry.key.kind.words) \(entry.key.id): \(fields)")
      }
      if entries.count > 50 { lines.append("  and \(entries.count - 50) more") }
    }
    for entry in plan.kept {
      let fields = entry.kept.map { $0.path.joined(separator: ".") }.joined(separator: ", ")
      lines.append("kept as changed by hand: \(entry.key.kind.words) \(entry.key.id): \(fields)")
    }
    lines.append("unchanged: \(plan.unchanged)")
    lines.append(
      record.map { "import \($0.id)" }
        ?? (preview || strict ? "nothing was taken over" : "nothing to do"))
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
    let mistakes = plan.diagnostics.count { $0.severity == .error }
    if mistakes > 0 { throw Failure("\(mistakes) mistakes in the files") }
  }
}
#endif
