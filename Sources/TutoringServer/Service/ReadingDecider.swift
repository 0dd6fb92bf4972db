#if Server
import CEL
import PolicyEngine

/// Decides documents by a compiled plan, and reads by another what is asked of those that pass.
struct ReadingDecider: ~Copyable {
  private var lines: LineDecider
  private var reader: SubjectReader

  /// A decider by one decision of a policy set, with what asks.
  init(
    _ policies: PolicySet, _ today: CivilDate, _ decision: Int, _ reader: consuming SubjectReader
  ) {
    lines = LineDecider(DocumentDecider(policies, today: today, decisions: [decision]))
    self.reader = reader
  }

  /// Decides the documents of a text line by line; `bytes` has padding behind the `count` of the text.
  ///
  /// `given` makes the whole numbers that come with a document. The reader has answers where the document passes.
  mutating func decide(
    _ bytes: [UInt8], count: Int, given: (CivilDate?) -> [Int64],
    _ decided: (borrowing DocumentDecider, borrowing SubjectReader) -> Void
  ) {
    lines.decide(bytes, count: count, reading: &reader, given: given, decided)
  }
}
#endif
