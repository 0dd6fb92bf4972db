/// Another text for a range of a source.
public struct TextEdit: Hashable, Sendable {
  /// What is replaced; empty where something is only put in.
  public let range: SourceRange
  /// What stands there afterwards.
  public let text: String

  /// A text in place of a range.
  public init(range: SourceRange, text: String) {
    self.range = range
    self.text = text
  }
}

extension Source {
  /// The bytes with edits made; of two that overlap the first counts.
  public func bytes(applying edits: [TextEdit]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits.sorted(by: { $0.range.bytes.lowerBound < $1.range.bytes.lowerBound }) {
      guard edit.range.bytes.lowerBound >= offset else { continue }
      result += bytes[offset..<edit.range.bytes.lowerBound]
      result += edit.text.utf8
      offset = edit.range.bytes.upperBound
    }
    return result + bytes[offset...]
  }
}
