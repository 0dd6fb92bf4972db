/// Writes what a decider found as a row for a spreadsheet (RFC 4180, with line feeds).
package struct VerdictCSVWriter {
  private let decisions: [Int]
  private let names: [String]
  private let rules: [String]

  /// A writer of what a decider finds.
  package init(_ decider: borrowing DocumentDecider) {
    let policies = decider.policies
    decisions = decider.asked
    names = decisions.map { policies.decisions[$0].name }
    rules = policies.rules.map(\.id)
  }

  /// The names of the columns, as a row.
  package var header: String {
    (["id"] + names + ["violated", "undetermined", "missing", "warnings"])
      .map(Self.cell).joined(separator: ",") + "\n"
  }

  /// Appends the row about the decider's last document.
  package func write(_ decider: borrowing DocumentDecider, to buffer: inout ByteBuffer) {
    var cells = [decider.identity ?? ""]
    for decision in decisions { cells.append(decider.outcome(of: decision).rawValue) }
    let verdict = decider.verdict
    var missing: [String] = []
    for path in verdict.undetermined.flatMap(\.missing) where !missing.contains(path) {
      missing.append(path)
    }
    cells += [
      Self.list(verdict.violated), Self.list(verdict.undetermined),
      missing.joined(separator: "; "), Self.list(verdict.warnings),
    ]
    buffer.append(cells.map(Self.cell).joined(separator: ",") + "\n")
  }

  /// Findings in one cell: `detention-only-not-remedial at encounters[3]; session-finished`.
  private static func list(_ findings: [Verdict.Finding]) -> String {
    findings.map { $0.at.isEmpty ? $0.rule : "\($0.rule) at \($0.at)" }.joined(separator: "; ")
  }

  /// A text as a cell: quoted where it holds what would end it.
  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D })
    else { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + doubled.joined(separator: "\"\"") + "\""
  }
}
