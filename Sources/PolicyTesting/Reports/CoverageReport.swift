public import Diagnostics

/// Coverage for people: a table of rules, terms and parameters, then what is missing at its places.
public struct CoverageReport: Sendable {
  private let style: TextStyle

  /// A report in the given style.
  public init(style: TextStyle) { self.style = style }

  /// The report, ending in a line break.
  public func render(_ coverage: Coverage) -> String {
    var text = DiagnosticRenderer(style: style).render(coverage.diagnostics)
    if !coverage.missing.isEmpty { text += "\n" }
    return text + table(of: coverage) + "\n" + summary(of: coverage) + "\n"
  }

  // MARK: The table

  private static let outcomes: [(title: String, aspect: Coverage.Aspect)] = [
    ("applies", .applies), ("not", .doesNotApply), ("satisfied", .satisfied),
    ("violated", .violated), ("undetermined", .undetermined),
  ]

  private static let counted: [(title: String, aspects: Set<Coverage.Aspect>)] = [
    ("parts", [.isTrue, .isFalse]), ("edges", [.firstDay, .dayBefore, .lastDay, .dayAfter]),
    ("texts", [.reason, .fix, .deadline]),
  ]

  private func table(of coverage: Coverage) -> String {
    var owners: [Coverage.Owner] = []
    var points: [Coverage.Owner: [Coverage.Point]] = [:]
    for point in coverage.points {
      if points[point.owner] == nil { owners.append(point.owner) }
      points[point.owner, default: []].append(point)
    }
    let column = owners.map(\.name.terminalColumns).max() ?? 0
    let titles = Self.outcomes.map(\.title) + Self.counted.map(\.title)
    let widths = titles.map { max($0.count, 5) }
    var text = String(repeating: " ", count: column)
    for (title, width) in zip(titles, widths) { text += "  " + title.padded(to: width) }
    text = style(text.trimmingEnd, .faint) + "\n"
    for owner in owners {
      let own = points[owner] ?? []
      let marks = Self.outcomes.map { mark(own, $0.aspect) }
      let counts = Self.counted.map {
        count(own.filter { [a = $0.aspects] in a.contains($0.aspect) })
      }
      var line = owner.name.padded(to: column)
      for ((cell, role), width) in zip(marks + counts, widths) {
        let padded = cell.padded(to: width)
        line += "  " + (role.map { style(padded, $0) } ?? padded)
      }
      text += line.trimmingEnd + "\n"
    }
    return text
  }

  private func mark(
    _ points: [Coverage.Point], _ aspect: Coverage.Aspect
  ) -> (String, TextStyle.Role?) {
    switch points.first(where: { $0.aspect == aspect })?.state {
    case nil: ("", nil)
    case .seen: ("✓", .good)
    case .unseen: ("✗", .bad)
    case .impossible: ("–", .faint)
    }
  }

  private func count(_ points: [Coverage.Point]) -> (String, TextStyle.Role?) {
    let possible = points.filter { if case .impossible = $0.state { false } else { true } }
    guard !possible.isEmpty else { return ("", nil) }
    let seen = possible.count { $0.isSeen }
    return ("\(seen)/\(possible.count)", seen < possible.count ? .bad : nil)
  }

  private func summary(of coverage: Coverage) -> String {
    guard coverage.caseCount > 0 else { return style("nothing is covered", .bad) }
    let seen = coverage.seen.count
    let possible = coverage.points.count - coverage.impossible.count
    var text = "\(coverage.caseCount) \(coverage.caseCount == 1 ? "case shows" : "cases show")"
    text += " \(seen) of \(possible) things to be seen (\(coverage.percent.oneDecimal) %)"
    if !coverage.missing.isEmpty { text += ", " + style("\(coverage.missing.count) missing", .bad) }
    if !coverage.impossible.isEmpty {
      text += "; \(coverage.impossible.count) more (–) can't be"
    }
    return text
  }
}

extension Coverage {
  /// Coverage as one JSON object: the counts, the share in percent, and every point with its place.
  public var json: String {
    JSONValue.object([
      ("cases", .int(caseCount)), ("percent", .number(percent)), ("seen", .int(seen.count)),
      ("missing", .int(missing.count)), ("impossible", .int(impossible.count)),
      ("points", .array(points.map(\.json))),
    ]).pretty
  }
}

extension Coverage.Point {
  fileprivate var json: JSONValue {
    let kind =
      switch owner {
      case .rule: "rule"
      case .term: "term"
      case .parameter: "parameter"
      }
    let members: [(String, JSONValue?)] =
      switch state {
      case .seen(let count): [("state", .string("seen")), ("cases", .int(count))]
      case .unseen: [("state", .string("missing")), ("message", .string(sentence))]
      case .impossible(let why): [("state", .string("impossible")), ("why", .string(why))]
      }
    return .object(
      omittingNil: [(kind, .string(owner.name)), ("aspect", .string(aspect.rawValue))] + members
        + Diagnostic.place(range))
  }
}

extension Double {
  /// The number with one decimal, cut rather than rounded: 100 is only what is whole.
  var oneDecimal: String {
    let tenths = Int(self * 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - terminalColumns))
  }

  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
