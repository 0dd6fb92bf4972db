import CEL

/// Values as expressions of policies write them.
enum CELLiteral {
  /// The text of a value; nil for null and for objects, which are no values of policies.
  static func text(of value: ForeignValue) -> String? {
    switch value {
    case .null, .object: nil
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): quoted(text)
    case .date(let date): "date('\(date)')"
    case .instant(let instant): "timestamp('\(instant)')"
    case .duration(let duration): "duration('\(duration)')"
    case .list(let elements): list(elements)
    }
  }

  private static func list(_ elements: [ForeignValue]) -> String? {
    let texts = elements.map { text(of: $0) }
    guard !texts.contains(where: { $0 == nil }) else { return nil }
    return "[\(texts.compactMap(\.self).joined(separator: ", "))]"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": quoted += "\\'"
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{00}"..<" ", "\u{7F}"..<"\u{A0}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "'"
  }
}
