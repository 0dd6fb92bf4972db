import CEL
import Diagnostics
import YAML

/// A text that says the same as the one it was made from, after some steps of laying it out.
struct LaidOutText {
  let source: Source
  let documents: [YAMLNode]
  /// The comments in their order.
  let comments: [String]
  /// The bytes in scalars, with their quotes, without the headers of blocks, in order.
  let scalars: [Range<Int>]

  /// The text of a file; nil, with diagnostics, where it is not YAML.
  init?(_ source: Source, into diagnostics: inout [Diagnostic]) {
    var mistakes: [Diagnostic] = []
    documents = YAMLReader.read(source, into: &mistakes)
    diagnostics += mistakes
    guard !mistakes.hasErrors else { return nil }
    self.source = source
    scalars = documents.flatMap { $0.writtenScalars }.sorted { $0.lowerBound < $1.lowerBound }
    comments = Self.comments(in: source.bytes, scalars)
  }

  /// The text with edits, unless it would say something else then.
  func taking(_ edits: [TextEdit]) -> LaidOutText {
    let wanted = edits.filter { source.text(in: $0.range.bytes) != $0.text }
    guard !wanted.isEmpty else { return self }
    var mistakes: [Diagnostic] = []
    let edited = Source(name: source.name, bytes: source.bytes(applying: wanted))
    guard let text = LaidOutText(edited, into: &mistakes), mistakes.isEmpty,
      text.comments == comments, text.saysTheSame(as: self)
    else { return self }
    return text
  }

  /// Whether an offset lies within a scalar.
  func isInScalar(_ offset: Int) -> Bool {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if scalars[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < scalars.count && scalars[low].lowerBound < offset
      && offset < scalars[low].upperBound
  }

  // MARK: Comparing

  private func saysTheSame(as other: LaidOutText) -> Bool {
    let own = ExpressionPlaces(in: documents).starts
    let others = ExpressionPlaces(in: other.documents).starts
    func isSame(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
      guard left.tag == right.tag else { return false }
      switch (left.content, right.content) {
      case (.scalar(let a), .scalar(let b)):
        if a.text == b.text { return a.value == b.value }
        let starts = (left.range.bytes.lowerBound, right.range.bytes.lowerBound)
        let tokens: (YAMLNode) -> [String]?
        if own.expressions.contains(starts.0), others.expressions.contains(starts.1) {
          tokens = Self.tokens
        } else if own.texts.contains(starts.0), others.texts.contains(starts.1) {
          tokens = { $0.mappedText().flatMap { TextPiece.tokens(of: $0) } }
        } else {
          return false
        }
        return tokens(left).map { $0 == tokens(right) } ?? false
      case (.sequence(let a), .sequence(let b)):
        return a.count == b.count && zip(a, b).allSatisfy(isSame)
      case (.mapping(let a), .mapping(let b)):
        return a.count == b.count
          && zip(a, b).allSatisfy { isSame($0.key, $1.key) && isSame($0.value, $1.value) }
      default: return false
      }
    }
    return documents.count == other.documents.count
      && zip(documents, other.documents).allSatisfy(isSame)
  }

  private static func tokens(of node: YAMLNode) -> [String]? {
    guard let text = node.mappedText() else { return nil }
    return ExpressionPiece.pieces(of: text)?.map {
      String(decoding: text.bytes[$0.range], as: UTF8.self)
    }
  }

  // MARK: Comments

  private static func comments(in bytes: [UInt8], _ scalars: [Range<Int>]) -> [String] {
    var comments: [String] = []
    var rest = scalars[...]
    var offset = 0
    while offset < bytes.count {
      while let first = rest.first, first.upperBound <= offset { rest.removeFirst() }
      if let first = rest.first, first.contains(offset) {
        offset = first.upperBound
        continue
      }
      let isComment =
        bytes[offset] == UInt8(ascii: "#") && (offset == 0 || bytes[offset - 1].isBlankOrBreak)
      guard isComment else {
        offset += 1
        continue
      }
      let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var text = bytes[offset..<end]
      while let last = text.last, last.isBlankOrBreak { text.removeLast() }
      comments.append(String(decoding: text, as: UTF8.self))
      offset = end
    }
    return comments
  }
}

extension ExpressionPlaces {
  /// Where the expressions and the texts start.
  fileprivate var starts: (expressions: Set<Int>, texts: Set<Int>) {
    (
      Set(places.map { $0.node.range.bytes.lowerBound }),
      Set(texts.map { $0.range.bytes.lowerBound })
    )
  }
}

extension UInt8 {
  /// Whether the byte is a space, a tab or part of a line break.
  var isBlankOrBreak: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension YAMLNode {
  /// Where the scalars in the node are written, with their quotes, without the headers of blocks.
  fileprivate var writtenScalars: [Range<Int>] {
    switch content {
    case .sequence(let items): return items.flatMap(\.writtenScalars)
    case .mapping(let entries):
      return entries.flatMap { $0.key.writtenScalars + $0.value.writtenScalars }
    case .scalar(let scalar):
      var range = contentRange.bytes
      if scalar.style == .literal || scalar.style == .folded {
        let bytes = self.range.source.bytes
        let header = bytes[range].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
        range = header..<range.upperBound
      }
      return range.isEmpty ? [] : [range]
    }
  }
}
