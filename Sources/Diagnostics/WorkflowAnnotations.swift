/// Renders diagnostics as GitHub Actions workflow commands, which a pull request shows at their lines.
///
/// The form is the one of "Workflow commands for GitHub Actions": `::error file=F,line=L,col=C::text`,
/// with `%`, line breaks, and in properties `:` and `,`, percent-encoded. Control characters and marks that turn
/// the direction of writing, which the log would pass on to a terminal, are written as `\u{…}`.
public enum WorkflowAnnotations {
  /// One line for each diagnostic, each ending in a line break.
  public static func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      var properties: [String] = []
      if let range = diagnostic.range {
        let (start, end) = (range.start, range.end)
        properties = [
          "file=\(escapedProperty(range.source.name))", "line=\(start.line)",
          "endLine=\(end.line)", "col=\(start.column)",
        ]
        if end.line == start.line { properties.append("endColumn=\(end.column)") }
      }
      properties.append("title=\(escapedProperty(diagnostic.code.rawValue))")
      var text = diagnostic.message
      for note in diagnostic.notes {
        text += "\n" + note.message + (note.range.map { " (\($0.fileAndLine))" } ?? "")
      }
      if let help = diagnostic.help { text += "\nhelp: " + help }
      return
        "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))::\(escaped(text))\n"
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable.replacing("%", with: "%25") }.joined(separator: "%0A")
  }

  private static func escapedProperty(_ text: String) -> String {
    var result = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
