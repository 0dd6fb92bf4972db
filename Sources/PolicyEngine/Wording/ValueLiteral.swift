package import CEL
import Diagnostics

/// Values as one would write them in a document or an expression.
package enum ValueLiteral {
  /// The value: texts in quotes, lists in brackets, dates and instants in ISO 8601.
  package static func text(of value: CELValue) -> String {
    switch value {
    case .string(let text): JSONValue.string(text).compact
    case .list(let elements): "[" + elements.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .map(let map):
      "{" + map.entries.map { "\(key(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", ")
        + "}"
    case .object(let object): Self.text(of: object)
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .uint(let number): "\(number)u"
    case .double(let number): number.description
    case .decimal(let number): number.description
    case .money(let money): money.description
    case .date(let date): date.description
    case .timestamp(let instant): instant.description
    case .duration(let duration): duration.description
    case .bytes(let bytes): "(\(bytes.count) bytes)"
    case .type(let type): type.description
    case .opaque(let value): value.text
    case .optional(let wrapped): wrapped.map { text(of: $0) } ?? "(nothing)"
    }
  }

  /// A record with its facts; of an object of a document only its type.
  private static func text(of object: any CELObject) -> String {
    guard let record = object as? RecordValue else { return "(\(object.typeName))" }
    let facts = zip(record.names, record.values).map { "\($0): \(text(of: $1))" }
    return "{\(facts.joined(separator: ", "))}"
  }

  /// The value on little room: of a list or table with many items, the first, the last and how many.
  package static func shortText(of value: CELValue) -> String {
    switch value {
    case .list(let elements) where elements.count > 4:
      guard let first = elements.first, let last = elements.last else { return "[]" }
      return "[\(text(of: first)) … \(text(of: last))] (\(elements.count) items)"
    case .list(let elements):
      let objects = elements.count { if case .object = $0 { true } else { false } }
      return objects > 0 ? "(\(objects) in the list)" : text(of: value)
    case .map(let map) where map.entries.count > 3: return "(a table of \(map.entries.count) rows)"
    case .duration(let duration): return ValueWords.text(of: duration)
    case .opaque(let value):
      guard let calendar = value as? DayCalendar else { return text(of: .opaque(value)) }
      return "(a calendar of \(calendar.years.map(\.name).joined(separator: ", ")))"
    default: return text(of: value)
    }
  }

  /// A map's key as the key of a JSON object.
  package static func key(of value: CELValue) -> String {
    if case .string(let text) = value { text } else { text(of: value) }
  }
}
