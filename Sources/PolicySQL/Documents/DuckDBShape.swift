import CEL
import PolicyEngine

/// The types of documents in DuckDB, and what must be true of what was read by them.
struct DuckDBShape {
  let documents: DocumentShape
  private let duckDB = DuckDB()

  init(_ documents: DocumentShape) { self.documents = documents }

  // MARK: - Structures

  /// The structure that `from_json` reads facts by.
  var structure: String { structure(.object(documents.schema.documentType), Self.columnType) }

  /// The same with a text for each value.
  var textStructure: String {
    structure(.object(documents.schema.documentType)) { _ in "VARCHAR" }
  }

  static func columnType(_ type: FactSchema.ValueType) -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .double: "DOUBLE"
    case .date: "DATE"
    case .timestamp: "TIMESTAMP WITH TIME ZONE"
    case .string, .enumeration, .duration, .decimal, .money, .object, .list: "VARCHAR"
    }
  }

  private func structure(
    _ type: FactSchema.ValueType, _ leaf: (FactSchema.ValueType) -> String
  ) -> String {
    switch type {
    case .object(let index):
      let members = documents.facts(of: index).map { fact in
        "\"\(fact.name)\":\(structure(fact.type, leaf))"
      }
      return "{\(members.joined(separator: ","))}"
    case .list(let element): return "[\(structure(element, leaf))]"
    default: return "\"\(leaf(type))\""
    }
  }

  // MARK: - Counts

  /// How many facts are there, however deep.
  func keyCount(_ path: String) -> String {
    count(path, .object(documents.schema.documentType), depth: 0, ofFacts: true) ?? "0"
  }

  /// How many objects are there, however deep, the document being one.
  func objectCount(_ path: String) -> String {
    "(\(count(path, .object(documents.schema.documentType), depth: 0, ofFacts: false) ?? "0"))"
  }

  private func count(
    _ path: String, _ type: FactSchema.ValueType, depth: Int, ofFacts: Bool
  ) -> String? {
    switch type {
    case .object(let index):
      var parts = ofFacts ? [] : [isThere(path)]
      for fact in documents.facts(of: index) {
        let inner = "\(path).\(duckDB.name(fact.name))"
        if ofFacts { parts.append(isThere(inner)) }
        if let count = count(inner, fact.type, depth: depth, ofFacts: ofFacts) {
          parts.append(count)
        }
      }
      return "(\(parts.joined(separator: " + ")))"
    case .list(let element):
      let variable = "x\(depth)"
      return count(variable, element, depth: depth + 1, ofFacts: ofFacts).map {
        "coalesce(list_sum(list_transform(\(path), lambda \(variable): \($0))), 0)"
      }
    default: return nil
    }
  }

  private func isThere(_ path: String) -> String { "CAST(\(path) IS NOT NULL AS INTEGER)" }

  // MARK: - Conditions

  /// Whether each JSON value is of the kind that its fact needs.
  func kindsFit(_ path: String) -> String {
    fit(path) { path, type in
      switch type {
      case .bool: "\(path) = 'BOOLEAN'"
      case .int: "\(path) IN ('BIGINT', 'UBIGINT')"
      case .double: "\(path) IN ('BIGINT', 'UBIGINT', 'DOUBLE')"
      default: "\(path) = 'VARCHAR'"
      }
    }
  }

  /// Whether each text of a date or time has its form, in which DuckDB reads it exactly; `[]` stands for null.
  func textsFit(_ path: String) -> String {
    fit(path) { path, type in
      switch type {
      case .date: "(regexp_full_match(\(path), '[0-9]{4}-[0-9]{2}-[0-9]{2}') OR \(path) = '[]')"
      case .timestamp: "(regexp_full_match(\(path), '\(Self.timestampForm)') OR \(path) = '[]')"
      case .duration: "(regexp_full_match(\(path), '\(DurationText.form)') OR \(path) = '[]')"
      default: nil
      }
    }
  }

  /// Whether each text of a duration has the form that is taken, in columns of a table.
  func durationsFit(_ path: String) -> String {
    fit(path) { path, type in
      type == .duration ? "regexp_full_match(\(path), '\(DurationText.form)')" : nil
    }
  }

  /// A timestamp with at most six digits of a second, further zeros apart.
  private static let timestampForm =
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6}0{0,3})?"
    + "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"

  /// Whether each value is one that the vocabulary has, and no list has a null.
  func valuesFit(_ path: String) -> String {
    fit(path, lists: { "list_count(\($0)) = len(\($0))" }) { path, type in
      switch type {
      case .enumeration(let index):
        let cases = documents.schema.enumerations[index].cases.map(duckDB.quoted)
        return "\(path) IN (\(cases.joined(separator: ", ")))"
      case .double: return "isfinite(\(path))"
      case .date:
        return "\(path) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
      case .timestamp:
        let range = CalendarRange.instants
        return "epoch_us(\(path)) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
      default: return nil
      }
    }
  }

  /// The length of the longest list, or of the longest text in bytes, however deep.
  func longest(_ path: String, ofTexts: Bool) -> String {
    longest(path, .object(documents.schema.documentType), depth: 0, ofTexts) ?? "0"
  }

  /// Whether the document is within what the engine goes through for certain.
  func isSmall(_ path: String) -> String {
    // Through a list of the two, so that each is worked out once.
    let both =
      "[{'list': \(longest(path, ofTexts: false)), 'text': \(longest(path, ofTexts: true))}]"
    let condition = documents.work.condition(longestList: "s.list", longestText: "s.text")
    return "list_transform(\(both), lambda s: \(condition))[1]"
  }

  private func longest(
    _ path: String, _ type: FactSchema.ValueType, depth: Int, _ ofTexts: Bool
  ) -> String? {
    switch type {
    case .string: return ofTexts ? "strlen(\(path))" : nil
    case .object(let index):
      let parts = documents.facts(of: index).compactMap { fact in
        longest("\(path).\(duckDB.name(fact.name))", fact.type, depth: depth, ofTexts)
      }
      return parts.isEmpty ? nil : "greatest(\((["0"] + parts).joined(separator: ", ")))"
    case .list(let element):
      let variable = "x\(depth)"
      var parts = ofTexts ? [] : ["len(\(path))"]
      if let inner = longest(variable, element, depth: depth + 1, ofTexts) {
        parts.append("list_max(list_transform(\(path), lambda \(variable): \(inner)))")
      }
      return parts.isEmpty ? nil : "greatest(\((["0"] + parts).joined(separator: ", ")))"
    default: return nil
    }
  }

  private func fit(
    _ path: String, lists: ((String) -> String)? = nil,
    _ leaf: (String, FactSchema.ValueType) -> String?
  ) -> String {
    let type = FactSchema.ValueType.object(documents.schema.documentType)
    return fit(path, type, depth: 0, lists, leaf) ?? "TRUE"
  }

  /// What must be so of a path, where what is not there fits; nil where nothing is asked of it.
  private func fit(
    _ path: String, _ type: FactSchema.ValueType, depth: Int, _ lists: ((String) -> String)?,
    _ leaf: (String, FactSchema.ValueType) -> String?
  ) -> String? {
    switch type {
    case .object(let index):
      let parts = documents.facts(of: index).compactMap { fact in
        fit("\(path).\(duckDB.name(fact.name))", fact.type, depth: depth, lists, leaf)
      }
      return parts.isEmpty ? nil : "(\(parts.joined(separator: "\n        AND ")))"
    case .list(let element):
      let variable = "x\(depth)"
      var parts = lists.map { ["coalesce(\($0(path)), TRUE)"] } ?? []
      if let inner = fit(variable, element, depth: depth + 1, lists, leaf) {
        parts.append(
          "coalesce(list_bool_and(list_transform(\(path), lambda \(variable): \(inner))), TRUE)")
      }
      return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    default: return leaf(path, type).map { "coalesce(\($0), TRUE)" }
    }
  }
}
