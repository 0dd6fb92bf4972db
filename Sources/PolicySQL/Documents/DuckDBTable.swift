import PolicyEngine

/// Documents in DuckDB as a table or Parquet file with a column a fact, objects being structs and lists lists.
struct DuckDBTable: DocumentSource {
  let table: String

  var rowColumns: [String] { [] }

  var notes: [String] { ["Reads \(table), which has a column for each fact of the document."] }

  func tables(_ documents: DocumentShape) throws -> [CommonTable] {
    try documents.requireFinite()
    let duckDB = DuckDB()
    let shape = DuckDBShape(documents)
    let name = duckDB.name(SQLColumn.document(documents.schema.documentName))
    let columns = documents.facts(of: documents.schema.documentType).map {
      "\(duckDB.name($0.name)) := \(duckDB.name($0.name))"
    }
    return [
      CommonTable(
        name: "given", comment: nil,
        query: "SELECT struct_pack(\(columns.joined(separator: ", "))) AS facts FROM \(table)"),
      CommonTable(
        name: "judged", comment: "why a row is not decided",
        query: """
          SELECT facts, CASE
            WHEN NOT \(shape.valuesFit("facts"))
              THEN 'a list with a null, or a value that is not one of its list'
            WHEN NOT \(shape.durationsFit("facts")) THEN 'a duration that is not one, or is not kept exactly'
            WHEN NOT \(shape.isSmall("facts")) THEN 'too large'
            END AS refused
          FROM given
          """),
      CommonTable(
        name: "documents_read", comment: nil,
        query: "SELECT refused, CASE WHEN refused IS NULL THEN facts END AS \(name) FROM judged"),
    ]
  }
}
