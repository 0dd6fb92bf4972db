import CEL
import Diagnostics

/// Writes what a decider found as a row for a spreadsheet (RFC 4180, with line feeds).
///
/// A spreadsheet takes a cell that begins with certain signs for a formula, and calculates it: such a cell has
/// a `'` in front. Control characters and what turns the direction of writing are written as `\u{…}`.
package struct VerdictCSVWriter {
  private let decisions: [Int]
  private let names: [String]
  /// The names of the decisions that give values.
  private let giving: [String]
  private let counts: (observed: Bool, waived: Bool)

  /// A writer of what a decider finds.
  package init(_ decider: borrowing DocumentDecider) {
    let policies = decider.policies
    decisions = decider.asked
    names = decisions.map { policies.decisions[$0].name }
    giving = decisions.filter { policies.decisions[$0].givenType != nil }
      .map { policies.decisions[$0].name }
    counts = policies.countsOnly
  }

  /// The names of the columns, as a row.
  package var header: String {
    (["id"] + names + ["violated", "undetermined", "missing", "warnings"]
      + giving.map { "\($0) value" } + (counts.observed ? ["observed"] : [])
      + (counts.waived ? ["waived"] : []))
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
    for name in giving {
      let own = (verdict.values ?? []).filter { $0.decision == name }
      cells.append(own.map(Self.text).joined(separator: "; "))
    }
    if counts.observed { cells.append(Self.list(verdict.observed ?? [])) }
    if counts.waived { cells.append(Self.list(verdict.waived ?? [])) }
    buffer.append(cells.map(Self.cell).joined(separator: ",") + "\n")
  }

  /// Findings in one cell: `detention-only-not-remedial at encounters[3]; session-finished`.
  private static func list(_ findings: [Verdict.Finding]) -> String {
    findings.map { finding in
      (finding.at.isEmpty ? finding.rule : "\(finding.rule) at \(finding.at)")
        + (finding.waiver.map { " by \($0)" } ?? "")
    }.joined(separator: "; ")
  }

  /// A value as it is, behind its place where it is one of several.
  private static func text(_ value: DecidedValue) -> String {
    let text: String
    switch value.value {
    case .string(let given): text = given
    default: text = ValueLiteral.text(of: value.value)
    }
    return value.at.isEmpty ? text : "\(value.at): \(text)"
  }

  /// A text as a cell: as a text, and quoted where it holds what would end it.
  private static func cell(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { formulaSigns.contains($0) } ?? false
    // A tab would be shown as a space, as in a terminal's line.
    let shown = (isFormula ? "'" : "") + text.replacing("\t", with: "\\u{9}").printable
    guard shown.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C }) else { return shown }
    return "\"" + shown.replacing("\"", with: "\"\"") + "\""
  }

  /// What a cell begins with that is calculated, in the widths that spreadsheets know.
  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
