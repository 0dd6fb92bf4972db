package import CEL
package import Diagnostics

/// Renders counts over many documents as tables, the largest first.
package struct SummaryRenderer {
  private let policies: PolicySet
  private let style: TextStyle
  private let today: CivilDate
  /// The fact that the documents are grouped by; nil when they aren't.
  private let grouping: String?
  /// Which documents are counted, such as `failing`; nil for all.
  private let selection: String?
  /// Whether there were more.
  private let isCutShort: Bool

  /// How many lines a table of what was found has at most.
  private let tableLength = 20
  private let comboLength = 10

  /// A renderer of what was decided by a policy set for a date.
  ///
  /// Where only some documents are counted, `selection` is the word for them.
  package init(
    policies: PolicySet, style: TextStyle, today: CivilDate, grouping: String?,
    selection: String? = nil, isCutShort: Bool = false
  ) {
    self.selection = selection
    self.isCutShort = isCutShort
    self.policies = policies
    self.style = style
    self.today = today
    self.grouping = grouping
  }

  /// What several documents are called: the vocabulary's name for one with an s, as most English nouns have
  /// it.
  private var documents: String { policies.vocabulary.documentName + "s" }

  /// The summary, ending in a line break.
  package func render(_ summary: DecisionSummary) -> String {
    let count = summary.all.documents
    let name = count == 1 ? policies.vocabulary.documentName : documents
    let which = selection.map { "\($0) \(name) of those" } ?? name
    let end = isCutShort ? ", until interrupted" : ""
    var text = "\(count.grouped) \(which) decided for \(today)\(end)\n\n"
    text += table(
      ["decision", "pass", "fail", "undetermined"],
      zip(summary.decisions, summary.all.outcomes).map { decision, outcomes in
        [policies.decisions[decision].name] + cells(outcomes)
      })
    text += findings("rules violated", summary.violated)
    text += combinations(summary.together)
    text += findings("rules undetermined", summary.undetermined)
    text += counts(
      "missing facts", ["fact", documents, "alone"],
      summary.missing.map { ($0.key, $0.value) })
    text += findings("warnings", summary.warnings)
    text += findings("rules observed", summary.observed)
    text += findings("waivers used", summary.waived)
    if let grouping { text += groups(summary, by: grouping) }
    return text
  }

  private func cells(_ outcomes: DecisionSummary.Outcomes) -> [String] {
    [outcomes.pass, outcomes.fail, outcomes.undetermined].map(\.grouped)
  }

  private func findings(_ title: String, _ rules: [Int: DecisionSummary.Count]) -> String {
    counts(
      title, ["rule", documents, "alone"], rules.map { (policies.rules[$0.key].id, $0.value) })
  }

  /// A table of what was found in how many documents; nothing when nothing was.
  private func counts(
    _ title: String, _ header: [String], _ counts: [(name: String, count: DecisionSummary.Count)]
  ) -> String {
    guard !counts.isEmpty else { return "" }
    let sorted = counts.sorted { ($1.count.documents, $0.name) < ($0.count.documents, $1.name) }
    let rows = sorted.prefix(tableLength).map { entry in
      [entry.name, entry.count.documents.grouped, entry.count.alone.grouped]
    }
    return "\n" + style(title, .strong) + more(sorted.count - rows.count) + "\n"
      + table(header, rows)
  }

  private func combinations(_ together: [[Int]: Int]?) -> String {
    guard let together else {
      return "\n" + style("violated together", .strong) + " (too many different ones to count)\n"
    }
    guard !together.isEmpty else { return "" }
    let sorted = together.sorted { left, right in
      if (left.value, left.key.count) != (right.value, right.key.count) {
        return (right.value, left.key.count) < (left.value, right.key.count)
      }
      return left.key.lexicographicallyPrecedes(right.key)
    }
    let rows = sorted.prefix(comboLength).map { rules, count in
      [rules.map { policies.rules[$0].id }.joined(separator: " + "), count.grouped]
    }
    return "\n" + style("violated together", .strong) + more(sorted.count - rows.count) + "\n"
      + table(["rules", documents], rows)
  }

  private func groups(_ summary: DecisionSummary, by path: String) -> String {
    guard let groups = summary.groups else {
      return "\n" + style("by \(path): how many pass", .strong)
        + " (too many different ones to count)\n"
    }
    let names = summary.decisions.map { policies.decisions[$0].name }
    let rows = groups.map { value, group in
      (value.map { String(decoding: $0, as: UTF8.self).printable } ?? "(none)", group)
    }
    let sorted = rows.sorted { ($1.1.documents, $0.0) < ($0.1.documents, $1.0) }
    return "\n" + style("by \(path): how many pass", .strong) + "\n"
      + table(
        [path, documents] + names,
        sorted.map { name, group in
          [name, group.documents.grouped] + group.outcomes.map { $0.pass.grouped }
        })
  }

  private func more(_ count: Int) -> String { count > 0 ? " (and \(count.grouped) more)" : "" }

  /// Rows under their headings: the first column to the left, numbers to the right.
  private func table(_ header: [String], _ rows: [[String]]) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].terminalColumns }.max() ?? 0
    }
    return ([header] + rows).map { row in
      let cells = row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].terminalColumns)
        return column == 0 ? row[column] + gap : gap + row[column]
      }
      return "  " + cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
