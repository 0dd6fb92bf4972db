import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies

/// What is printed or counted of the sessions that one thread decides.
struct CheckReport: ~Copyable {
  private let options: ReportOptions
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
    self.options = options
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
    _ decider: borrowing DocumentDecider, document: () -> FactDocument? = { nil }
  ) {
    if !decider.passes { allPass = false }
    if let selection = options.only, !selection.includes(decider) { return }
    switch options.format {
    case .ndjson:
      if let fixes {
        let lines = decider.passes ? [] : document().map { fixes.lines(for: $0) } ?? []
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
  let today: CivilDate
  let decisions: [Int]

  /// The lines, each with its decision.
  func lines(for document: FactDocument) -> [(key: String, value: JSONValue)] {
    knowledge.remedies(for: document, today: today, decisions: decisions).lines.map {
      ($0.decision, .string($0.line))
    }
  }
}
