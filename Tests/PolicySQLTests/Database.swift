import Foundation
import PolicySQL
import TestSupport
import Testing

/// A database that statements are tried in, by way of a Python that has its module.
struct Database: Sendable {
  let dialect: SQLDatabase

  /// The Python that is asked: `TUTORPOLICY_SQL_PYTHON`, or the `python3` of the search path.
  static let python: URL? = {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["TUTORPOLICY_SQL_PYTHON"] { return URL(filePath: path) }
    return (environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: "python3") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// The program that starts databases and asks them.
  private static let program = packageRoot.appending(path: "Tests/Peers/sql/databases.py").path

  /// Whether the database can be asked here.
  var isThere: Bool {
    guard let python = Self.python else { return false }
    let process = Process()
    process.executableURL = python
    process.arguments = [Self.program, dialect.rawValue]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// What a statement says of each of some documents, a text each.
  ///
  /// With a structure, as DuckDB has it, they are a table with a column a fact.
  func answers(
    of statement: SQLStatement, to documents: [String], today: String, structure: String?
  ) async throws -> [Answer] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sql-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let query = folder.appending(path: "statement.sql")
    let sessions = folder.appending(path: "sessions.ndjson")
    try Data(statement.text.utf8).write(to: query)
    try Data(documents.map { $0 + "\n" }.joined().utf8).write(to: sessions)
    var arguments = [Self.program, dialect.rawValue, query.path, sessions.path, today]
    if let structure { arguments.append(structure) }
    let result = try await runCommand(try #require(Self.python), arguments)
    #expect(result.status == 0, "\(result.standardError.suffix(2_000))")
    return try result.standardOutput.split(separator: "\n").map { line in
      try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    }
  }
}

/// What is decided of one document, by a statement or by `check`.
struct Answer: Decodable, Hashable {
  struct Finding: Decodable, Hashable, CustomStringConvertible {
    let rule: String
    let at: String
    var description: String { at.isEmpty ? rule : "\(rule) at \(at)" }
  }

  var decisions: [String: String]?
  var violated: [Finding]?
  var undetermined: [Finding]?
  var warnings: [Finding]?
  /// Why a row was not decided; nil of what `check` says.
  var refused: String?

  /// The answer without some rules, and the decisions that are left to the engine.
  func without(_ rules: Set<String>, decisions left: [String]) -> Answer {
    func kept(_ findings: [Finding]?) -> [Finding]? {
      findings?.filter { !rules.contains($0.rule) }
    }
    return Answer(
      decisions: decisions?.filter { !left.contains($0.key) }, violated: kept(violated),
      undetermined: kept(undetermined), warnings: kept(warnings), refused: refused)
  }
}
