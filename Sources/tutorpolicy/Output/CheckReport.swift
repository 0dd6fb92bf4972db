import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies

/// What is printed or counted of the sessions that one thread decides.
struct CheckReport: ~Copyable {
  // Not the options themselves: reading one costs as much as deciding a small session.
  private let format: ReportOptions.Format
  private let selection: ReportOptions.Selection?
  private let lines: VerdictLineWriter
  private let cells: VerdictCSVWriter
  private let text: VerdictTextRenderer
  private let fixes: FixFinder?
  private var buffer = ByteBuffer()
  /// The counts, for that form of output.
  private(set) var summary: DecisionSummary
  /// Whether every session passed every decision.
  private(set) var allPass = true

  /// A report about what a decider decides.
  init(
    _ options: ReportOptions, _ decider: borrowing DocumentDecider, text: VerdictTextRenderer,
    fixes: FixFinder?
  ) {
    format = options.format
    selection = options.only
    self.text = text
    self.fixes = fixes
    lines = VerdictLineWriter(decider)
    cells = VerdictCSVWriter(decider)
    summary = DecisionSummary(decider)
  }

  /// Takes the decider's last document into the report.
  ///
  /// `document` reads it once more, where what would mend it is asked for.
  mutating func add(
    _ decider: borrowing DocumentDecider, document: (FixFinder) -> FactDocument?
  ) {
    if !decider.passes { allPass = false }
    if let selection, !selection.includes(decider) { return }
    switch format {
    case .ndjson:
      if let fixes {
        let lines = decider.passes ? [] : document(fixes).map { fixes.lines(for: $0) } ?? []
        self.lines.write(decider, adding: ("fixes", .object(lines)), to: &buffer)
      } else {
        lines.write(decider, to: &buffer)
      }
    case .csv: cells.write(decider, to: &buffer)
    case .summary: summary.add(decider)
    case .text: buffer.append("\n" + text.render(decider.verdict))
    case .json: buffer.append(",\n" + decider.verdict.prettyJSON)
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

/// Tells the best way out of each decision that does not pass, in a line.
struct FixFinder: Sendable {
  let knowledge: PolicyKnowledge
  let schema: FactSchema
  let today: CivilDate
  let decisions: [Int]

  /// The document in a line that was decided before; nil where it is none.
  func document(in line: [UInt8]) -> FactDocument? {
    var diagnostics: [Diagnostic] = []
    return FactDocument.read(
      json: Source(name: "", bytes: line), schema: schema,
      into: &diagnostics)
  }

  /// The lines, each with its decision.
  func lines(for document: FactDocument) -> [(key: String, value: JSONValue)] {
    knowledge.remedies(for: document, today: today, decisions: decisions).lines.map {
      ($0.decision, .string($0.line))
    }
  }
}
