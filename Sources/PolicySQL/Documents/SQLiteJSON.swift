import CEL
import PolicyEngine

/// Documents in SQLite as JSON texts, a row a document: `documents(line, document)`.
///
/// Each document is gone through value by value: every key must be that of a fact, be there once, and have a value of
/// its type. The types are a table, since SQLite's parser can't take deep expressions.
struct SQLiteJSON: DocumentSource {
  let table: String
  let dialect: SQLite

  var rowColumns: [String] { ["line"] }

  var notes: [String] {
    [
      "Reads \(table)(line, document): the text of a JSON document a row, each line once. The columns decisions,",
      "violated, undetermined and warnings of the result are JSON. Needs SQLite 3.38 or later.",
    ]
  }

  func tables(_ documents: DocumentShape) throws -> [CommonTable] {
    try documents.requireFinite()
    let name = dialect.name(SQLColumn.document(documents.schema.documentName))
    let isSmall = documents.work.condition(longestList: "longest_list", longestText: "longest_text")
    return [
      CommonTable(
        name: ZoneTable.name,
        comment: "microseconds since 1970, and the offset in seconds from then on",
        query: ZoneTable.query(of: dialect.timeZone)),
      CommonTable(
        name: "shapes",
        comment: "what stands in each object, by its key, and in each list, whose key is ''",
        query: """
          SELECT column1 AS parent, column2 AS key, column3 AS shape, column4 AS kind, column5 AS optional FROM (VALUES
            \(shapes(documents).joined(separator: ",\n  ")))
          """),
      CommonTable(
        name: "cases", comment: "the values of closed lists",
        query: "SELECT column1 AS kind, column2 AS value FROM (VALUES \(cases(documents)))"),
      CommonTable(
        name: "given",
        comment:
          "the JSON; escaped signs that SQLite reads otherwise in keys, in pairs, or as an end, are left",
        query: """
          SELECT line, CASE WHEN json_valid(document) AND NOT document GLOB '*\\u00[3-7]*'
            AND NOT document GLOB '*\\u0000*' AND NOT document GLOB '*\\u[dD][89a-fA-F]*' THEN document END AS json
          FROM \(table)
          """),
    ] + Self.wrongParts + [
      CommonTable(
        name: "judged",
        comment: "why a row is not decided: 'tutorpolicy check' says more, or decides it",
        query: """
          SELECT g.line, json, CASE
            WHEN json IS NULL THEN 'not a JSON document'
            WHEN g.line IN (SELECT line FROM wrong)
              THEN 'a fact that is not known, is there twice, or has a value that is not one of its type'
            WHEN NOT (\(isSmall)) THEN 'too large'
            END AS refused
          FROM given AS g LEFT JOIN sizes AS s ON s.line = g.line
          """),
      CommonTable(
        name: "documents_read", comment: nil,
        query:
          "SELECT line, refused, CASE WHEN refused IS NULL THEN json END AS \(name) FROM judged"),
    ]
  }

  /// The tables that go through all values of the documents, and find those that are not what they should be.
  private static var wrongParts: [CommonTable] {
    [
      CommonTable(
        name: "parts",
        comment: "every value of every document with what it should be; a kind of NULL is of none",
        query: """
          SELECT line, 0 AS shape, 'object' AS kind, FALSE AS optional, json_type(json) AS type, json AS value, NULL AS atom
          FROM given WHERE json IS NOT NULL
          UNION ALL
          SELECT p.line, s.shape, s.kind, s.optional, e.type, e.value, e.atom
          FROM parts AS p JOIN json_each(p.value) AS e
            LEFT JOIN shapes AS s ON s.parent = p.shape AND s.key = CASE p.kind WHEN 'list' THEN '' ELSE e.key END
          WHERE p.kind IN ('object', 'list') AND p.type IN ('object', 'array')
          """),
      CommonTable(
        name: "wrong",
        comment:
          "the documents with a value that is not what it should be, or a key that is there twice",
        query: """
          SELECT DISTINCT line FROM parts AS p WHERE NOT coalesce(CASE
            WHEN type = 'null' THEN optional
            WHEN kind = 'object' THEN type = 'object'
              AND (SELECT count(*) = count(DISTINCT key) FROM json_each(p.value))
            WHEN kind = 'list' THEN type = 'array'
            WHEN kind = 'bool' THEN type IN ('true', 'false')
            WHEN kind = 'int' THEN type = 'integer' AND typeof(atom) = 'integer'
            WHEN kind = 'double' THEN type IN ('integer', 'real') AND abs(atom) <= 1.7976931348623157e308
            WHEN type <> 'text' THEN FALSE
            WHEN kind = 'string' THEN TRUE
            WHEN kind = 'date' THEN \(InstantText.isDate("atom"))
            WHEN kind = 'timestamp' THEN \(InstantText.isInstant("atom"))
            WHEN kind = 'duration' THEN length(atom) <= 7 AND (atom GLOB '[0-9]*[hms]' OR atom GLOB '-[0-9]*[hms]')
              AND NOT substr(atom, 2, length(atom) - 2) GLOB '*[^0-9]*'
            ELSE EXISTS (SELECT 1 FROM cases AS c WHERE c.kind = p.kind AND c.value = atom) END, FALSE)
          """),
      CommonTable(
        name: "sizes", comment: nil,
        query: """
          SELECT line, max(CASE type WHEN 'array' THEN json_array_length(value) ELSE 0 END) AS longest_list,
            max(CASE type WHEN 'text' THEN length(CAST(atom AS BLOB)) ELSE 0 END) AS longest_text
          FROM parts GROUP BY line
          """),
    ]
  }

  /// The rows of `shapes`: object types have their index as the number of their shape, the document's having 0;
  /// other shapes follow.
  private func shapes(_ documents: DocumentShape) -> [String] {
    let schema = documents.schema
    var numbers = [schema.documentType: 0]
    for type in schema.objectTypes.indices where type != schema.documentType {
      numbers[type] = numbers.count
    }
    var next = schema.objectTypes.count
    var rows: [String] = []
    func add(_ type: FactSchema.ValueType, parent: Int, key: String, optional: Bool) {
      var shape = next
      if case .object(let index) = type { shape = numbers[index] ?? next } else { next += 1 }
      rows.append(
        "(\(parent), '\(key)', \(shape), '\(Self.kind(type))', \(optional ? "TRUE" : "FALSE"))")
      if case .list(let element) = type { add(element, parent: shape, key: "", optional: false) }
    }
    for (index, type) in schema.objectTypes.enumerated() {
      for fact in type.facts {
        // Null and absent mean the same: a fact that must be there is missing then.
        add(fact.type, parent: numbers[index] ?? 0, key: fact.name, optional: true)
      }
    }
    return rows
  }

  private func cases(_ documents: DocumentShape) -> String {
    let rows = documents.schema.enumerations.enumerated().flatMap { index, enumeration in
      enumeration.cases.map { "('\(Self.kind(.enumeration(index)))', \(dialect.quoted($0)))" }
    }
    return rows.isEmpty ? "('', '')" : rows.joined(separator: ", ")
  }

  private static func kind(_ type: FactSchema.ValueType) -> String {
    switch type {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .decimal, .money: "decimal"
    case .string: "string"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .enumeration(let index): "one of list \(index)"
    case .object: "object"
    case .list: "list"
    }
  }
}
