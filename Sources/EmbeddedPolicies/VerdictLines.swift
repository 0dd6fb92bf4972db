public import PolicyEngine

/// Lines of NDJSON about decided documents, the very bytes that `tutorpolicy check --format ndjson` writes.
public struct VerdictLines: ~Copyable {
  private let writer: VerdictLineWriter
  private var buffer = ByteBuffer()

  init(_ decider: borrowing DocumentDecider) { writer = VerdictLineWriter(decider) }

  /// Adds the line about a document that has just been decided.
  public mutating func append(_ decided: borrowing DocumentDecider) {
    writer.write(decided, to: &buffer)
  }

  /// The number of bytes that wait to be taken.
  public var count: Int { buffer.count }

  /// The lines so far, which are then forgotten.
  public mutating func take() -> [UInt8] {
    defer { buffer.removeAll() }
    return buffer.copy()
  }
}
