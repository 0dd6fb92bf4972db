/// A text taken out of a source by decoding (a YAML scalar, say) that knows where each byte came from.
///
/// An expression inside a quoted or folded YAML scalar is parsed from the decoded text; its mistakes
/// must point into the file. The map is a list of segments, each saying that from one offset of the
/// text on, bytes correspond one to one to the source from another offset on, or all of them to one
/// escape there.
public struct MappedText: Sendable, Hashable {
  /// From `text` on, byte for byte, the text stands at `origin` in the source.
  public struct Segment: Sendable, Hashable {
    /// An offset into the decoded text.
    public let text: Int
    /// The offset into the source that it corresponds to.
    public let origin: Int
    /// How many bytes of the source an escape has, for which together the segment's text stands; nil
    /// when the text stands in the source byte for byte.
    public let escapeLength: Int?

    /// A correspondence of two offsets.
    public init(text: Int, origin: Int, escapeLength: Int? = nil) {
      self.text = text
      self.origin = origin
      self.escapeLength = escapeLength
    }
  }

  /// The decoded text, in UTF-8.
  public let bytes: [UInt8]
  /// The source that the text was taken from.
  public let source: Source
  /// Where the text ends in the source.
  private let originEnd: Int
  /// The correspondence, ascending in both offsets.
  private let segments: [Segment]

  /// A decoded text with its map; without segments, all of it maps to `originEnd`.
  public init(bytes: [UInt8], source: Source, segments: [Segment], originEnd: Int) {
    self.bytes = bytes
    self.source = source
    self.segments = segments
    self.originEnd = originEnd
  }

  /// A whole source as it stands.
  public init(_ source: Source) {
    self.init(
      bytes: source.bytes, source: source, segments: [Segment(text: 0, origin: 0)],
      originEnd: source.bytes.count)
  }

  /// The decoded text as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Where a range of the decoded text stands in the source.
  ///
  /// The end is the end of the range's last byte, or of the escape that it was written as, so that an
  /// underline never runs into the line break or the indentation behind it.
  public func range(of text: Range<Int>) -> SourceRange {
    let start = origin(of: text.lowerBound)
    let end = text.isEmpty ? start : max(start, end(of: text.upperBound - 1))
    return SourceRange(source: source, bytes: start..<end)
  }

  /// The part of the text in a byte range, with its map.
  public subscript(range: Range<Int>) -> MappedText {
    var cut: [Segment] = []
    if let first = segment(at: range.lowerBound) {
      cut.append(
        Segment(
          text: 0, origin: origin(of: range.lowerBound), escapeLength: first.escapeLength))
    }
    for segment in segments where range.contains(segment.text) && segment.text > range.lowerBound {
      cut.append(
        Segment(
          text: segment.text - range.lowerBound, origin: segment.origin,
          escapeLength: segment.escapeLength))
    }
    return MappedText(
      bytes: Array(bytes[range]), source: source, segments: cut,
      originEnd: max(origin(of: range.upperBound), self.range(of: range).bytes.upperBound))
  }

  private func origin(of offset: Int) -> Int {
    guard let segment = segment(at: offset) else { return originEnd }
    guard segment.escapeLength == nil else { return min(segment.origin, originEnd) }
    return min(segment.origin + offset - segment.text, originEnd)
  }

  private func end(of offset: Int) -> Int {
    min(origin(of: offset) + (segment(at: offset)?.escapeLength ?? 1), originEnd)
  }

  /// The segment that a byte of the text is in; before the first, the first; nil past the text.
  private func segment(at offset: Int) -> Segment? {
    guard offset < bytes.count else { return nil }
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? segments[low - 1] : segments.first
  }
}
