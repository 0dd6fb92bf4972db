import CEL
import PolicyEngine

/// Documents in PostgreSQL as `json`, a row a document: `documents(line, document)`.
///
/// `jsonb` keeps one value of a repeated key, and no form of a number. So each document is held to what `check` takes
/// as `json`, which keeps its text, and read as `jsonb` when it is.
struct PostgresJSON: DocumentSource {
  let table: String
  private let postgres = Postgres()

  init(table: String) { self.table = table }

  var rowColumns: [String] { ["line"] }

  var notes: [String] {
    [
      "It is a setting, so that the statement can be a view: SET tutorpolicy.today = '2026-11-23'. SET jit = off helps.",
      "Reads \(table)(line, document): a JSON document a row, of the type json, or NULL for what is not JSON.",
      "The database is one in UTF8. For a file with a document a line, in psql:",
      "  CREATE FUNCTION json_or_null(content text) RETURNS json LANGUAGE plpgsql IMMUTABLE AS",
      "    'BEGIN RETURN content::json; EXCEPTION WHEN others THEN RETURN NULL; END';",
      "  CREATE TABLE lines (line bigint GENERATED ALWAYS AS IDENTITY, content text);",
      "  \\copy lines (content) FROM 'sessions.ndjson' (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')",
      "  CREATE TABLE \(table) AS SELECT line, json_or_null(content) AS document FROM lines;",
    ]
  }

  func tables(_ documents: DocumentShape) throws -> [CommonTable] {
    try documents.requireFinite()
    let schema = documents.schema
    let document = FactSchema.ValueType.object(schema.documentType)
    let name = postgres.name(SQLColumn.document(schema.documentName))
    let longest = { longestPart(documents, "facts", document, depth: 0, ofTexts: $0) ?? "0" }
    let isSmall = documents.work.condition(longestList: "longest_list", longestText: "longest_text")
    return [
      CommonTable(
        name: "given",
        comment: "the JSON; escaped signs that PostgreSQL can't read, or only in pairs, are left",
        query: """
          SELECT line, CASE WHEN CAST(document AS text) !~ '\\\\u(0000|[dD][89a-fA-F])'
            THEN CAST(document AS json) END AS json
          FROM \(table)
          """),
      CommonTable(
        name: "read",
        comment:
          "the facts, where each key is known and there once, and has a value of its type",
        query: """
          SELECT line, json, CASE WHEN json IS NULL THEN NULL WHEN
            \(fits(documents, "json", document, depth: 0).replacing("\n", with: "\n  "))
            THEN jsonb_strip_nulls(CAST(json AS jsonb)) END AS facts
          FROM given
          """),
      CommonTable(
        name: "judged",
        comment: "why a row is not decided: 'tutorpolicy check' says more, or decides it",
        query: """
          SELECT line, facts, CASE
            WHEN json IS NULL THEN 'not a JSON document'
            WHEN facts IS NULL
              THEN 'a fact that is not known, is there twice, or has a value that is not one of its type'
            WHEN NOT (SELECT \(isSmall)
              FROM (SELECT \(longest(false)) AS longest_list, \(longest(true)) AS longest_text) AS sizes)
              THEN 'too large'
            END AS refused
          FROM read
          """),
      CommonTable(
        name: "documents_read", comment: nil,
        query:
          "SELECT line, refused, CASE WHEN refused IS NULL THEN facts END AS \(name) FROM judged"),
    ]
  }

  // MARK: - Types

  /// Whether a value of JSON is one of a type; never NULL.
  private func fits(
    _ documents: DocumentShape, _ value: String, _ type: FactSchema.ValueType, depth: Int
  ) -> String {
    let (kind, test): (String, String)
    let text = "(\(value) #>> '{}')"
    switch type {
    case .object(let index):
      let object = "o\(depth)"
      let cases = documents.facts(of: index).map { fact in
        let fits = fits(documents, "\(object).value", fact.type, depth: depth + 1)
          .replacing("\n", with: "\n  ")
        return "\n  WHEN \(postgres.quoted(fact.name)) "
          + "THEN json_typeof(\(object).value) = 'null' OR \(fits)"
      }
      kind = "object"
      test =
        cases.isEmpty
        ? "NOT EXISTS (SELECT 1 FROM json_each(\(value)))"
        : "(SELECT count(*) = count(DISTINCT \(object).key) AND coalesce(bool_and(CASE \(object).key"
          + cases.joined() + " ELSE FALSE END), TRUE) FROM json_each(\(value)) AS \(object))"
    case .list(let element):
      let item = "e\(depth)"
      let fits = fits(documents, "\(item).value", element, depth: depth + 1)
      kind = "array"
      test =
        "(SELECT coalesce(bool_and(\(fits)), TRUE) "
        + "FROM json_array_elements(\(value)) AS \(item)(value))"
    // Vocabularies with such facts are refused before.
    case .decimal, .money: return "FALSE"
    case .bool: return "json_typeof(\(value)) = 'boolean'"
    case .string: return "json_typeof(\(value)) = 'string'"
    case .int: (kind, test) = ("number", Self.isInt(text))
    case .double: (kind, test) = ("number", Self.isDouble(text))
    case .date: (kind, test) = ("string", "\(text) ~ '^\(DateText.form)$'")
    case .duration: (kind, test) = ("string", "\(text) ~ '^\(DurationText.form)$'")
    case .timestamp: (kind, test) = ("string", Self.isInstant(text))
    case .enumeration(let index):
      let cases = documents.schema.enumerations[index].cases.map(postgres.quoted)
      (kind, test) = ("string", "\(text) IN (\(cases.joined(separator: ", ")))")
    }
    return "CASE json_typeof(\(value)) WHEN '\(kind)' THEN \(test) ELSE FALSE END"
  }

  private static func isInt(_ text: String) -> String {
    "CASE WHEN \(text) ~ '^-?[0-9]{1,19}$' THEN CAST(\(text) AS numeric) "
      + "BETWEEN -9223372036854775808 AND 9223372036854775807 ELSE FALSE END"
  }

  /// A cast stops the statement on what is too large for a double, and on what is too small.
  private static func isDouble(_ text: String) -> String {
    "CASE WHEN \(text) ~ '^-?[0-9]{1,200}(\\.[0-9]{1,200})?([eE][+-]?[0-9]{1,3})?$' "
      + "THEN CAST(\(text) AS numeric) = 0 OR abs(CAST(\(text) AS numeric)) "
      + "BETWEEN 1e-307 AND 1.7976931348623157e308 ELSE FALSE END"
  }

  /// Offsets of 16 hours and more stop the statement.
  private static func isInstant(_ text: String) -> String {
    "CASE WHEN \(text) ~ '^\(DateText.form)\(DateText.time(offsetHours: "0[0-9]|1[0-5]"))$' "
      + "THEN CAST(\(text) AS timestamptz) BETWEEN TIMESTAMPTZ '0001-01-01T00:00:00Z' "
      + "AND TIMESTAMPTZ '9999-12-31T23:59:59.999999Z' ELSE FALSE END"
  }

  // MARK: - Sizes

  /// The length of the longest list, or of the longest text in bytes, however deep; nil where there can be none.
  private func longestPart(
    _ documents: DocumentShape, _ path: String, _ type: FactSchema.ValueType, depth: Int,
    ofTexts: Bool
  ) -> String? {
    switch type {
    case .object(let index):
      let parts = documents.facts(of: index).compactMap { fact in
        longestPart(
          documents, "(\(path) -> \(postgres.quoted(fact.name)))", fact.type, depth: depth,
          ofTexts: ofTexts)
      }
      return parts.isEmpty ? nil : "greatest(0, \(parts.joined(separator: ", ")))"
    case .list(let element):
      let item = "e\(depth)"
      let inner = longestPart(
        documents, "\(item).value", element, depth: depth + 1, ofTexts: ofTexts
      ).map { "(SELECT max(\($0)) FROM jsonb_array_elements(\(path)) AS \(item)(value))" }
      guard !ofTexts else { return inner }
      let length = "jsonb_array_length(\(path))"
      return inner.map { "greatest(\(length), \($0))" } ?? length
    case .string, .enumeration: return ofTexts ? "octet_length(\(path) #>> '{}')" : nil
    default: return nil
    }
  }
}
