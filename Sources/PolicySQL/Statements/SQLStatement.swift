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
  case duckdb, postgres, spark, sqlite
}

/// How documents lie in a database.
public enum SQLLayout: String, Sendable, CaseIterable {
  /// A column of JSON texts, a document a row.
  case json
  /// A column for each fact of the document, objects and lists being those of the database.
  case table
}

extension SQLDatabase {
  /// The layouts that statements can read there, the usual one first.
  public var layouts: [SQLLayout] {
    switch self {
    case .duckdb: [.json, .table]
    case .sqlite, .postgres: [.json]
    case .spark: [.table]
    }
  }
}

extension PolicySet {
  /// The statement that decides documents in a database.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. `table` names what is read.
  /// `layout` is one of the database's; nil stands for the usual one.
  public func sqlStatement(
    for database: SQLDatabase, layout: SQLLayout? = nil, table: String = "documents",
    decisions: [Int]? = nil
  ) -> SQLStatement {
    let source: any DocumentSource
    let dialect: any StatementDialect
    switch (database, layout ?? database.layouts[0]) {
    case (.spark, _): (dialect, source) = (Spark(), SparkTable(table: table))
    case (.sqlite, _):
      let sqlite = SQLite(timeZone: vocabulary.timeZone)
      (dialect, source) = (sqlite, SQLiteJSON(table: table, dialect: sqlite))
    case (.postgres, _): (dialect, source) = (Postgres(), PostgresJSON(table: table))
    case (.duckdb, .json): (dialect, source) = (DuckDB(), DuckDBJSON(table: table))
    case (.duckdb, .table): (dialect, source) = (DuckDB(), DuckDBTable(table: table))
    }
    let writer = StatementWriter(
      policies: self, dialect: dialect, source: source, asked: decisions ?? defaultDecisions)
    return writer.statement()
  }
}
