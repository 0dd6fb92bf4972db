import CEL
import PolicyEngine

/// Documents in Spark as a table or view with a column a fact, objects being structs and lists arrays.
struct SparkTable: DocumentSource {
  let table: String
  private let spark = Spark()

  init(table: String) { self.table = table }

  var rowColumns: [String] { [] }

  var notes: [String] {
    [
      "Reads \(table), which has a column for each fact of the document: texts are STRING, whole numbers BIGINT,",
      "times TIMESTAMP, durations STRING, objects STRUCT, lists ARRAY. From Python, with spark being the session:",
      "  spark.read.parquet('sessions.parquet').createOrReplaceTempView('\(table)')",
      "  spark.sql(open('decide.sql').read(), args={'today': '2026-11-23'})",
    ]
  }

  func tables(_ documents: DocumentShape) throws -> [CommonTable] {
    try documents.requireFinite()
    let schema = documents.schema
    let document = FactSchema.ValueType.object(schema.documentType)
    let name = spark.name(SQLColumn.document(schema.documentName))
    let columns = documents.facts(of: schema.documentType).map {
      "\(spark.quoted($0.name)), \(spark.name($0.name))"
    }
    func longest(ofTexts: Bool) -> String {
      longestPart(documents, "facts", document, depth: 0, ofTexts: ofTexts) ?? "0"
    }
    let isSmall = documents.work.condition(longestList: "longest_list", longestText: "longest_text")
    return [
      CommonTable(
        name: "given", comment: nil,
        query: "SELECT named_struct(\(columns.joined(separator: ", "))) AS facts FROM \(table)"),
      CommonTable(
        name: "measured", comment: "whether each value is one of its fact, and how large they are",
        query: """
          SELECT facts, \(fits(documents, "facts", document, depth: 0)) AS fit,
            \(longest(ofTexts: false)) AS longest_list, \(longest(ofTexts: true)) AS longest_text
          FROM given
          """),
      CommonTable(
        name: "judged", comment: "why a row is not decided",
        query: """
          SELECT facts, CASE
            WHEN fit IS NOT TRUE THEN 'a list with a null, a column of another type, or a value that is not one of its fact'
            WHEN NOT (\(isSmall)) THEN 'too large' END AS refused
          FROM measured
          """),
      CommonTable(
        name: "documents_read", comment: nil,
        query: "SELECT refused, CASE WHEN refused IS NULL THEN facts END AS \(name) FROM judged"),
    ]
  }

  /// Whether what is there is what the vocabulary takes, and no list has a null.
  ///
  /// Types are asked for, since Spark makes an instant of a time without a zone by the zone of the session, and dates of
  /// texts. They are known before a row is read.
  private func fits(
    _ documents: DocumentShape, _ path: String, _ type: FactSchema.ValueType, depth: Int
  ) -> String {
    func leaf(_ types: String, _ test: String = "TRUE") -> String {
      "(\(path) IS NULL OR CASE WHEN typeof(\(path)) IN (\(types)) THEN \(test) ELSE FALSE END)"
    }
    switch type {
    // Vocabularies with such facts are refused before.
    case .decimal, .money: return "FALSE"
    case .bool: return leaf("'boolean'")
    case .int: return leaf("'bigint', 'int', 'smallint', 'tinyint'")
    case .string: return leaf("'string'")
    case .double: return leaf("'double'", "abs(\(path)) < CAST('Infinity' AS DOUBLE)")
    case .duration:
      return leaf("'string'", "\(path) RLIKE \(spark.quoted("^\(DurationText.form)\\z"))")
    case .date: return leaf("'date'", "\(path) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'")
    case .timestamp:
      let range = CalendarRange.instants
      return leaf(
        "'timestamp'",
        "unix_micros(\(path)) BETWEEN \(range.lowerBound) AND \(range.upperBound)")
    case .enumeration(let index):
      let cases = documents.schema.enumerations[index].cases.map(spark.quoted)
      return leaf("'string'", "\(path) IN (\(cases.joined(separator: ", ")))")
    case .object(let index):
      let parts = documents.facts(of: index).map { fact in
        fits(documents, "\(path).\(spark.name(fact.name))", fact.type, depth: depth)
      }
      return parts.isEmpty ? "TRUE" : "(\(parts.joined(separator: "\n    AND ")))"
    case .list(let element):
      let item = "x\(depth)"
      let inner = fits(documents, item, element, depth: depth + 1)
      return "coalesce(forall(\(path), \(item) -> \(item) IS NOT NULL AND \(inner)), TRUE)"
    }
  }

  /// The length of the longest list, or of the longest text in bytes, however deep; nil where there can be none.
  private func longestPart(
    _ documents: DocumentShape, _ path: String, _ type: FactSchema.ValueType, depth: Int,
    ofTexts: Bool
  ) -> String? {
    switch type {
    case .string, .enumeration: return ofTexts ? "octet_length(\(path))" : nil
    case .object(let index):
      let parts = documents.facts(of: index).compactMap { fact in
        longestPart(
          documents, "\(path).\(spark.name(fact.name))", fact.type, depth: depth, ofTexts: ofTexts)
      }
      return parts.isEmpty ? nil : "greatest(0, 0, \(parts.joined(separator: ", ")))"
    case .list(let element):
      let item = "x\(depth)"
      let inner = longestPart(documents, item, element, depth: depth + 1, ofTexts: ofTexts).map {
        "array_max(transform(\(path), \(item) -> \($0)))"
      }
      guard !ofTexts else { return inner }
      return inner.map { "greatest(array_size(\(path)), \($0))" } ?? "array_size(\(path))"
    default: return nil
    }
  }
}
