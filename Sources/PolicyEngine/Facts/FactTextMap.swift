import Diagnostics

/// Where the JSON text that facts were decoded from stands in what a person wrote.
enum FactTextMap: Sendable {
  /// A key or value that was written as something else than JSON.
  struct Entry: Sendable {
    /// The offset of its first byte in the JSON text.
    let offset: Int
    /// Where it was written.
    let range: SourceRange
    /// What was written; nil for mappings and lists.
    let text: String?
  }

  /// The text is the source itself.
  case source(Source)
  /// The text was made of something else; the entries ascend by offset.
  case entries([Entry], document: SourceRange)

  /// Where a key or value of the JSON text was written.
  func sourceRange(of range: Range<Int>) -> SourceRange {
    switch self {
    case .source(let source): SourceRange(source: source, bytes: range)
    case .entries(_, let document): entry(at: range.lowerBound)?.range ?? document
    }
  }

  /// What was written for a scalar of the JSON text, where that isn't the JSON text itself.
  func written(at offset: Int) -> String? { entry(at: offset)?.text }

  private func entry(at offset: Int) -> Entry? {
    guard case .entries(let entries, _) = self else { return nil }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].offset == offset ? entries[low] : nil
  }
}
