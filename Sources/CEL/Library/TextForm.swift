/// How values look as text, where the language makes text of them.
enum TextForm {
  /// A double in the shortest digits that mean it; whole numbers without a point.
  static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Writes any value as `%s` of a format shows it; an error when that gets too long.
  static func write(_ value: CELValue, to text: inout String) throws {
    guard text.utf8.count <= resultSizeLimit else { throw EvaluationError.tooLarge }
    switch value {
    case .null: text += "null"
    case .bool(let bool): text += "\(bool)"
    case .int(let number): text += "\(number)"
    case .uint(let number): text += "\(number)"
    case .double(let number): text += Self.text(of: number)
    case .string(let string): text += string
    case .bytes(let bytes): text += String(decoding: bytes, as: UTF8.self)
    case .timestamp(let timestamp): text += timestamp.description
    case .duration(let duration): text += duration.description
    case .date(let date): text += date.description
    case .decimal(let number): text += number.description
    case .money(let money): text += money.description
    case .type(let type): text += type.runtimeName
    case .list(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        try write(element, to: &text)
      }
      text += "]"
    case .map(let map): try write(map, to: &text)
    case .optional, .object, .opaque:
      throw EvaluationError("%s of a format takes no optional values and no objects")
    }
  }

  /// Entries in the order of their keys' texts.
  private static func write(_ map: CELMap, to text: inout String) throws {
    let entries = try map.entries.map { entry in
      var key = ""
      try write(entry.key, to: &key)
      return (key: key, value: entry.value)
    }
    text += "{"
    let sorted = entries.sorted { $0.key.precedesByScalars($1.key) }
    for (index, entry) in sorted.enumerated() {
      text += (index > 0 ? ", " : "") + entry.key + ": "
      try write(entry.value, to: &text)
    }
    text += "}"
  }

  /// The text as a string literal in double quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
