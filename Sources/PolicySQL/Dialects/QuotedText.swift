/// Texts as literals of statements.
enum QuotedText {
  /// The text as a literal in which only the quote has a meaning, with a function that gives a sign by its number.
  static func pieces(_ text: String, function: String) -> String {
    var parts: [String] = []
    var run = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        if !run.isEmpty { parts.append("'\(String(run))'") }
        run = String.UnicodeScalarView()
        parts.append("\(function)(\(scalar.value))")
      } else {
        run.append(scalar)
        if scalar == "'" { run.append(scalar) }
      }
    }
    if !run.isEmpty || parts.isEmpty { parts.append("'\(String(run))'") }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || ")))"
  }

  /// Whether a sign can't be seen, or may change on the way through files and terminals.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace && scalar != " "
      || [.control, .format, .unassigned, .privateUse].contains(scalar.properties.generalCategory)
  }
}
