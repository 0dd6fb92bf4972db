/// Renders diagnostics as a person reads them: place and message, the line, an underline, what to do.
///
///     policies/career-ladder.yaml:12:19: error: 'workOrdr' is not a fact of Session [unknown-fact]
///        12 |     when: session.workOrdr.kind == 'career-ladder'
///           |                   ^~~~~~~~
///       help: did you mean 'workOrder'?
public struct DiagnosticRenderer: Sendable {
  /// How what matters is marked.
  public let style: TextStyle

  /// A renderer in the given style.
  public init(style: TextStyle = .plain) { self.style = style }

  /// All the diagnostics, one after the other, each ending in a line break.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) }.joined()
  }

  /// One diagnostic with its notes and help, ending in a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    let role: TextStyle.Role = diagnostic.severity == .error ? .bad : .doubtful
    var text = headline(
      diagnostic.severity.rawValue, role, diagnostic.message, diagnostic.range,
      code: diagnostic.code)
    if let range = diagnostic.range { text += excerpt(of: range, role: role) }
    for note in diagnostic.notes {
      text += headline("note", .faint, note.message, note.range)
      if let range = note.range { text += excerpt(of: range, role: .faint) }
    }
    if let help = diagnostic.help {
      text += "  " + style("help:", .good) + " \(help.printable)\n"
    }
    return text
  }

  private func headline(
    _ label: String, _ role: TextStyle.Role, _ message: String, _ range: SourceRange?,
    code: DiagnosticCode? = nil
  ) -> String {
    let place = range.map { style(Self.place($0), .strong) + " " } ?? ""
    let kind = code.map { " " + style("[\($0.rawValue)]", .faint) } ?? ""
    return place + style(label + ":", role) + " \(message.printable)\(kind)\n"
  }

  /// The place of a range as `file:line:column:`.
  private static func place(_ range: SourceRange) -> String {
    let start = range.start
    return "\(range.source.name.visible):\(start.line):\(start.column):"
  }

  private func excerpt(of range: SourceRange, role: TextStyle.Role) -> String {
    let excerpt = Excerpt(of: range)
    let number = String(range.start.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count))
    let blank = String(repeating: " ", count: gutter.count + number.count)
    let padding = String(repeating: " ", count: excerpt.columnsBefore)
    let underline = "^" + String(repeating: "~", count: excerpt.columns - 1)
    return style(gutter + number + " |", .faint) + " \(excerpt.text)\n"
      + style(blank + " |", .faint) + " \(padding)" + style(underline, role) + "\n"
  }
}
