public import Diagnostics
public import PolicyEngine

/// A statement that decides documents as a policy set does.
public struct SQLStatement: Sendable {
  /// The text, without a semicolon at its end.
  public let text: String
  /// What can't be said in the dialect exactly, as diagnostics with the places in the policy files.
  ///
  /// Without `leavingToEngine` the decisions concerned have no answer; with it they are marked.
  public let refusals: [Diagnostic]
  /// The names of the decisions that are left to the engine.
  public let leftDecisions: [String]
}

/// A database that statements can be written for.
public enum SQLDatabase: String, Sendable, CaseIterable {
  case duckdb, sqlite
}

/// How documents lie in a database.
public enum SQLLayout: String, Sendable, CaseIterable {
  /// A column of JSON texts, a document a row.
  case json
  /// A column for each fact of the document, objects and lists being those of the database.
  case table
}

extension PolicySet {
  /// The statement that decides documents in a database.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. `table` names what is read.
  public func sqlStatement(
    for database: SQLDatabase, layout: SQLLayout = .json, table: String = "documents",
    decisions: [Int]? = nil
  ) -> SQLStatement {
    let source: any DocumentSource
    let dialect: any StatementDialect
    switch (database, layout) {
    case (.sqlite, _):
      let sqlite = SQLite(timeZone: vocabulary.timeZone)
      (dialect, source) = (sqlite, SQLiteJSON(table: table, dialect: sqlite))
    case (.duckdb, .json): (dialect, source) = (DuckDB(), DuckDBJSON(table: table))
    case (.duckdb, .table): (dialect, source) = (DuckDB(), DuckDBTable(table: table))
    }
    let writer = StatementWriter(
      policies: self, dialect: dialect, source: source, asked: decisions ?? defaultDecisions)
    return writer.statement()
  }
}
