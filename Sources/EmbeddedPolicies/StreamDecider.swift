public import CEL
public import PolicyEngine

/// Decides the documents of NDJSON, a document a line, as they come: from a file, a pipe or a connection.
///
///     var stream = try StreamDecider(policies, today: today)
///     while let bytes = try file.read(upToCount: 1 << 18) {
///       stream.decide(bytes) { decided in if !decided.passes { failing += 1 } }
///     }
///     stream.finish { decided in if !decided.passes { failing += 1 } }
///
/// It takes what `tutorpolicy check` takes for a document, and holds no more than what it was given last and one
/// line. Each thread has its own.
public struct StreamDecider: ~Copyable {
  /// A line that is not a document; it is decided nothing about.
  public struct BadLine: Sendable, Hashable {
    /// Its number, from 1.
    public let number: Int
    /// Its bytes, without the line break.
    public let bytes: [UInt8]
  }

  private var lines: LineDecider
  /// What has come of a line whose end has not.
  private var rest: [UInt8] = []
  private var linesBefore = 0
  /// How many documents were decided.
  public private(set) var documentCount = 0
  /// The lines that are not documents, since they were last taken away.
  public var badLines: [BadLine] = []

  /// A decider of a policy set for a date.
  ///
  /// - Parameters:
  ///   - policies: The policies.
  ///   - today: The date decided for.
  ///   - decisions: The names of decisions; nil stands for all that are not on request.
  /// - Throws: `UnknownDecision` when a name is not one of a decision.
  public init(
    _ policies: Policies, today: CivilDate, decisions: [String]? = nil
  ) throws(UnknownDecision) {
    lines = LineDecider(
      DocumentDecider(policies.policySet, today: today, decisions: try policies.indexes(decisions)))
  }

  /// Takes the next bytes of the stream, and decides the lines that end with them.
  ///
  /// - Parameters:
  ///   - bytes: Any number of bytes; they may begin and end within a line.
  ///   - decided: Called after each document, with what it was decided to be.
  public mutating func decide(
    _ bytes: some Collection<UInt8>, _ decided: (borrowing DocumentDecider) -> Void
  ) {
    let scanned = rest.count
    rest.append(contentsOf: bytes)
    guard let lineFeed = rest[scanned...].lastIndex(of: UInt8(ascii: "\n")) else { return }
    let next = Array(rest[(lineFeed + 1)...])
    decideLines(lineFeed + 1, decided)
    rest.removeAll(keepingCapacity: true)
    rest.append(contentsOf: next)
  }

  /// Decides the last line, where the stream ended without a line break.
  public mutating func finish(_ decided: (borrowing DocumentDecider) -> Void) {
    guard !rest.isEmpty else { return }
    decideLines(rest.count, decided)
    rest.removeAll()
  }

  /// Decides the first bytes of `rest`, which are whole lines.
  private mutating func decideLines(
    _ count: Int, _ decided: (borrowing DocumentDecider) -> Void
  ) {
    rest.removeSubrange(count...)
    rest.append(contentsOf: repeatElement(0, count: PaddedBytes.padding))
    let result = lines.decide(rest, count: count, decided)
    badLines += result.badLines.map {
      BadLine(number: linesBefore + $0.number + 1, bytes: $0.bytes)
    }
    linesBefore += result.lineCount
    documentCount += result.documentCount
  }

  /// What writes lines about this decider's documents.
  public var verdictLines: VerdictLines { VerdictLines(lines.decider) }
}
