import PolicyEngine

/// Documents in DuckDB as JSON texts, a row a document: `documents(line, document)`.
///
/// DuckDB reads JSON leniently: it passes unknown keys over, takes numbers for texts and texts for numbers, and
/// of a repeated key one value. So each row is held to what `check` takes: by the kinds of its values as DuckDB
/// sees them, by the number of its keys, with those that are null and without, and by the form of its texts. A row
/// that differs in any of them is refused.
struct DuckDBJSON: DocumentSource {
  let table: String

  var rowColumns: [String] { ["line"] }

  var notes: [String] {
    [
      "Reads \(table)(line, document): the text of a JSON document a row. For a file with a document a line:",
      "  CREATE VIEW \(table) AS SELECT row_number() OVER () AS line, content AS document",
      "  FROM read_csv('sessions.ndjson', columns = {content: 'VARCHAR'}, header = false, auto_detect = false,",
      "    delim = '\\x01', quote = '', escape = '', max_line_size = 67108864) WHERE trim(content) <> '';",
    ]
  }

  func tables(_ documents: DocumentShape) throws -> [CommonTable] {
    try documents.requireFinite()
    let duckDB = DuckDB()
    let shape = DuckDBShape(documents)
    let name = duckDB.name(SQLColumn.document(documents.schema.documentName))
    return [
      CommonTable(
        name: "given",
        comment: "the JSON; a comma before a bracket is none, though DuckDB takes it",
        query: """
          SELECT line, CASE WHEN json_valid(document)
              AND NOT regexp_matches(document, ',[ \\t\\r\\n]*[\\]}]') THEN CAST(document AS JSON) END AS json
          FROM \(table)
          """),
      CommonTable(
        name: "read",
        comment:
          "the facts, all of them as texts with something in place of null, and the kinds of the values",
        query: """
          SELECT line, json,
            json(json) AS compact,
            from_json(json, \(duckDB.quoted(shape.structure))) AS facts,
            from_json(CAST(replace(CAST(json(json) AS VARCHAR), '":null', '":[]') AS JSON),
              \(duckDB.quoted(shape.textStructure))) AS texts,
            replace(replace(CAST(json_structure(json) AS VARCHAR), ':"NULL"', ':null'), '["NULL"', '[null') AS kinds
          FROM given
          """),
      CommonTable(
        name: "kinds_read", comment: nil,
        query: """
          SELECT *, from_json(CAST(kinds AS JSON), \(duckDB.quoted(shape.textStructure))) AS kind
          FROM read
          """),
      judged(shape),
      CommonTable(
        name: "documents_read", comment: nil,
        query:
          "SELECT line, refused, CASE WHEN refused IS NULL THEN facts END AS \(name) FROM judged"),
    ]
  }

  /// The table that says of each row why it is not decided.
  private func judged(_ shape: DuckDBShape) -> CommonTable {
    CommonTable(
      name: "judged",
      comment: "why a row is not decided: 'tutorpolicy check' says more, or decides it",
      query: """
        SELECT line, facts, CASE
          WHEN json IS NULL THEN 'not a JSON document'
          WHEN NOT coalesce(
            -- each key is known, has no sign that needs a backslash, and has a value of its type
            NOT contains(kinds, '\\') AND
            \(Self.keyCount("kinds", withNulls: false)) = \(shape.keyCount("kind"))
            AND strlen(kinds) - strlen(replace(kinds, '{', '')) = \(shape.objectCount("kind"))
            AND \(shape.kindsFit("kind")), FALSE) THEN 'a fact that is not known or of another type'
          WHEN NOT coalesce(
            -- no key is there twice, and no value was lost
            \(Self.keyCount("compact", withNulls: false)) = \(shape.keyCount("facts"))
            AND \(Self.keyCount("compact", withNulls: true)) = \(shape.keyCount("texts")), FALSE)
            THEN 'a fact that is there twice, or is out of range'
          WHEN NOT coalesce(\(shape.textsFit("texts")), FALSE)
            THEN 'a date or time that is not one, or is not kept exactly'
          WHEN NOT coalesce(\(shape.valuesFit("facts")), FALSE)
            THEN 'a list with a null, or a value that is not one of its list'
          WHEN NOT \(shape.isSmall("facts")) THEN 'too large'
          END AS refused
        FROM kinds_read
        """)
  }

  /// How many keys a JSON text has: a quote before a colon ends a key, unless it stands in a text, behind a backslash.
  private static func keyCount(_ text: String, withNulls: Bool) -> String {
    func count(_ part: String) -> String {
      "(strlen(\(text)) - strlen(replace(\(text), '\(part)', ''))) // \(part.utf8.count)"
    }
    func count(behind sign: String) -> String {
      let keys = count(sign + "\":")
      return withNulls ? keys : keys + " - " + count(sign + "\":null")
    }
    return "(\(count(behind: "")) - CASE WHEN contains(\(text), '\\\":') "
      + "THEN \(count(behind: "\\")) ELSE 0 END)"
  }
}
