import Diagnostics
import PolicyEngine
import PolicyRendering

/// What is printed or counted of the sessions that one thread decides.
struct CheckReport: ~Copyable {
  // Not the options themselves: reading one costs as much as deciding a small session.
  private let format: ReportOptions.Format
  private let selection: SelectionOptions.Selection?
  private let lines: VerdictLineWriter
  private let cells: VerdictCSVWriter
  private let text: VerdictTextRenderer
  private let looker: SessionLooker?
  private let looksAt: Looks
  private var buffer = ByteBuffer()
  /// The counts, for that form of output.
  private(set) var summary: DecisionSummary
  /// Whether every session passed every decision.
  private(set) var allPass = true

  /// Which documents are looked at beside deciding them.
  private enum Looks {
    case atNone
    /// Those for which ways out are asked for: the others have an empty object of them.
    case atFailing
    case atAll
  }

  /// A report about what a decider decides.
  init(
    _ options: ReportOptions, only selection: SelectionOptions.Selection?,
    _ decider: borrowing DocumentDecider, text: VerdictTextRenderer, looker: SessionLooker?
  ) {
    format = options.format
    self.selection = selection
    self.text = text
    self.looker = looker
    looksAt = looker.map { $0.view.isPlain ? .atFailing : .atAll } ?? .atNone
    lines = VerdictLineWriter(decider)
    cells = VerdictCSVWriter(decider)
    summary = DecisionSummary(decider)
  }

  /// Takes the decider's last document into the report.
  ///
  /// `document` reads it once more, where more is asked for than deciding it as it is; `digest` is that of
  /// its text.
  ///
  /// - Returns: Whether it could be taken: not everything can be supposed of every document.
  mutating func add(
    _ decider: borrowing DocumentDecider, digest: () -> String,
    document: (SessionLooker) -> FactDocument?
  ) -> Bool {
    guard looksAt == .atAll || (looksAt == .atFailing && !decider.passes) else {
      addPlain(decider, digest: digest)
      return true
    }
    let decided = decider.verdict
    guard
      let seen = looker.flatMap({ looker in
        document(looker).flatMap { looker.look(at: $0, decided: decided) }
      })
    else { return false }
    add(seen) {
      let document = seen.verdict.isWithholding ? nil : digest()
      return Provenance(policies: decider.policies, document: document)
    }
    return true
  }

  private mutating func addPlain(_ decider: borrowing DocumentDecider, digest: () -> String) {
    if !decider.passes { allPass = false }
    if let selection, !selection.includes(decider) { return }
    switch format {
    case .ndjson:
      if looksAt == .atFailing {
        lines.write(decider, adding: ("fixes", .object([])), to: &buffer)
      } else {
        lines.write(decider, to: &buffer)
      }
    case .csv: cells.write(decider, to: &buffer)
    case .summary: summary.add(decider)
    case .text: buffer.append("\n" + text.render(decider.verdict))
    case .json:
      let provenance = Provenance(policies: decider.policies, document: digest())
      buffer.append(",\n" + decider.verdict.prettyJSON(whatIf: nil, provenance: provenance))
    }
  }

  private mutating func add(_ seen: SessionLooker.Seen, _ provenance: () -> Provenance) {
    let verdict = seen.verdict
    if !verdict.passes { allPass = false }
    if let selection, !selection.includes(verdict) { return }
    switch format {
    case .text: buffer.append("\n" + text.render(verdict, whatIf: seen.whatIf))
    case .json:
      buffer.append(",\n" + verdict.prettyJSON(whatIf: seen.whatIf, provenance: provenance()))
    case .ndjson:
      let fixes = seen.fixes.map { [("fixes", JSONValue.object($0))] } ?? []
      buffer.append(verdict.ndjsonLine(whatIf: seen.whatIf, adding: fixes) + "\n")
    case .csv, .summary: preconditionFailure("these forms show neither what is supposed nor fixes")
    }
  }

  /// The output so far, which is then forgotten.
  mutating func takeOutput() -> [UInt8] {
    defer { buffer.removeAll() }
    return buffer.copy()
  }

  /// Whether reports in a format begin with a separator.
  static func hasSeparators(_ format: ReportOptions.Format) -> Bool {
    format == .text || format == .json
  }
}
