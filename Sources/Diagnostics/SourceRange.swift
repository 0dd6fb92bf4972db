/// A half-open range of bytes of one source: where something stands that a message speaks of.
public struct SourceRange: Hashable, Sendable {
  /// The text that the range is in.
  public let source: Source
  /// The byte offsets, in the source's bytes.
  public let bytes: Range<Int>

  /// The given bytes of a source.
  public init(source: Source, bytes: Range<Int>) {
    self.source = source
    self.bytes = bytes
  }

  /// The position of the first byte.
  public var start: SourcePosition { source.position(of: bytes.lowerBound) }
  /// The position after the last byte.
  public var end: SourcePosition { source.position(of: bytes.upperBound) }
  /// The text of the range.
  public var text: String { source.text(in: bytes) }
  /// The place of the first byte, as `file:line`.
  public var fileAndLine: String { "\(source.name):\(source.line(of: bytes.lowerBound))" }

  /// The smallest range that covers both; the other must be in the same source to count.
  public func union(_ other: SourceRange) -> SourceRange {
    guard other.source == source else { return self }
    let low = min(bytes.lowerBound, other.bytes.lowerBound)
    let high = max(bytes.upperBound, other.bytes.upperBound)
    return SourceRange(source: source, bytes: low..<high)
  }
}
