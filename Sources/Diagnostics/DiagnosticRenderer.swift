/// Renders diagnostics as a person reads them: place and message, the line, an underline, what to do.
///
///     policies/career-ladder.yaml:12:19: error: 'workOrdr' is no fact of Session
///        12 |     when: session.workOrdr.kind == 'career-ladder'
///           |                   ^~~~~~~~
///       help: did you mean 'workOrder'?
public struct DiagnosticRenderer: Sendable {
  /// How what matters is marked.
  public let style: TextStyle
  /// How many Unicode scalars of a line are shown; longer lines are cut around the underline.
  private let excerptWidth = 120

  /// A renderer in the given style.
  public init(style: TextStyle = .plain) { self.style = style }

  /// All the diagnostics, one after the other, each ending in a line break.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) }.joined()
  }

  /// One diagnostic with its notes and help, ending in a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    let role: TextStyle.Role = diagnostic.severity == .error ? .bad : .doubtful
    var text = headline(diagnostic.severity.rawValue, role, diagnostic.message, diagnostic.range)
    if let range = diagnostic.range { text += excerpt(of: range, role: role) }
    for note in diagnostic.notes {
      text += headline("note", .faint, note.message, note.range)
      if let range = note.range { text += excerpt(of: range, role: .faint) }
    }
    if let help = diagnostic.help {
      text += "  " + style("help:", .good) + " \(Self.printable(help))\n"
    }
    return text
  }

  private func headline(
    _ label: String, _ role: TextStyle.Role, _ message: String, _ range: SourceRange?
  ) -> String {
    let place = range.map { style(Self.place($0), .strong) + " " } ?? ""
    return place + style(label + ":", role) + " \(Self.printable(message))\n"
  }

  /// The place of a range as `file:line:column:`.
  private static func place(_ range: SourceRange) -> String {
    let start = range.start
    return "\(printable(range.source.name)):\(start.line):\(start.column):"
  }

  private func excerpt(of range: SourceRange, role: TextStyle.Role) -> String {
    let start = range.start
    let line = range.source.byteRange(ofLine: start.line)
    var scalars = Array(range.source.text(in: line).unicodeScalars)
    var from = min(start.column - 1, scalars.count)
    let underlined = range.source.text(in: range.bytes.clamped(to: line)).unicodeScalars.count
    var ellipsis = false
    if scalars.count > excerptWidth {
      let cut = max(0, min(from - 40, scalars.count - excerptWidth))
      ellipsis = cut > 0
      scalars = Array(scalars[cut..<min(scalars.count, cut + excerptWidth)])
      from -= cut
    }
    let shown = scalars.map { Self.printable($0) }
    let lead = ellipsis ? "…" : ""
    let text = lead + shown.joined()
    let padding = String(
      repeating: " ", count: (lead + shown.prefix(from).joined()).unicodeScalars.count)
    let length = min(max(1, underlined), max(1, scalars.count - from))
    let marks = shown.dropFirst(from).prefix(length).joined().unicodeScalars.count
    let underline = "^" + String(repeating: "~", count: max(0, max(1, marks) - 1))
    let number = String(start.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count))
    let blank = String(repeating: " ", count: gutter.count + number.count)
    return style(gutter + number + " |", .faint) + " \(text)\n"
      + style(blank + " |", .faint) + " \(padding)" + style(underline, role) + "\n"
  }

  /// A text of a message, which may quote what someone wrote.
  private static func printable(_ text: String) -> String {
    text.unicodeScalars.map { printable($0) }.joined()
  }

  /// A scalar as an excerpt shows it: tabs as a space, other control characters as `\u{…}`, so that
  /// a hostile file can't write to the terminal.
  private static func printable(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control: scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
    case .lineSeparator, .paragraphSeparator, .surrogate: "\\u{\(String(scalar.value, radix: 16))}"
    case .format
    where (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value):
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
}
