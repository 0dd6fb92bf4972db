public import Diagnostics

/// Coverage as the policy files with it beside their lines.
///
/// In front of a line stands how much of what begins on it is seen, of how much there is to see; below it,
/// what is missing and what no session could show.
public struct CoverageAnnotation: Sendable {
  private let style: TextStyle

  /// A listing in the given style.
  public init(style: TextStyle) { self.style = style }

  /// The files in which there is something to see, ending in a line break.
  public func render(_ coverage: Coverage) -> String {
    guard coverage.caseCount > 0 else { return style("nothing is covered", .bad) + "\n" }
    var sources: [Source] = []
    var points: [Source: [Int: [Coverage.Point]]] = [:]
    for point in coverage.points {
      let source = point.range.source
      if points[source] == nil { sources.append(source) }
      points[source, default: [:]][point.range.start.line, default: []].append(point)
    }
    return sources.sorted { $0.name < $1.name }.map { source in
      render(source, points[source] ?? [:])
    }.joined(separator: "\n")
  }

  private func render(_ source: Source, _ points: [Int: [Coverage.Point]]) -> String {
    var lines = String(decoding: source.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    let digits = String(lines.count).count
    var text = style(source.name.printable, .strong) + "\n"
    for (index, line) in lines.enumerated() {
      let own = points[index + 1] ?? []
      let possible = own.filter { if case .impossible = $0.state { false } else { true } }
      let seen = possible.count { $0.isSeen }
      let share = possible.isEmpty ? "" : "\(seen)/\(possible.count)"
      let number = String(index + 1)
      let gutter = String(repeating: " ", count: max(0, Self.column - share.count)) + share
      text += possible.isEmpty ? gutter : style(gutter, seen < possible.count ? .bad : .good)
      text += style(
        "  " + String(repeating: " ", count: digits - number.count) + number + " |", .faint)
      text += line.isEmpty ? "\n" : " \(String(line).printable)\n"
      let indent = String(repeating: " ", count: Self.column + digits + 2)
      for point in own {
        switch point.state {
        case .seen: continue
        case .unseen: text += indent + style(" ✗ \(point.sentence.printable)", .bad) + "\n"
        case .impossible(let why):
          text += indent + style(" – \(point.sentence.printable): \(why)", .faint) + "\n"
        }
      }
    }
    return text
  }

  /// How wide the shares are, in columns.
  private static let column = 6
}
