import Diagnostics
import YAML

/// One space behind colons, commas and dashes, none inside of brackets.
struct SpacingStep {
  private(set) var edits: [TextEdit] = []
  private let source: Source
  private var bytes: [UInt8] { source.bytes }

  init(_ text: LaidOutText) {
    source = text.source
    for document in text.documents { visit(document) }
  }

  private mutating func visit(_ node: YAMLNode) {
    guard node.isWrittenHere else { return }
    switch node.content {
    case .scalar: return
    case .sequence(let items):
      if node.isFlow { brackets(of: node, items.map(\.range.bytes)) } else { dashes(before: items) }
      for item in items { visit(item) }
    case .mapping(let entries):
      if node.isFlow {
        brackets(
          of: node,
          entries.map {
            $0.key.range.bytes
              .lowerBound..<max($0.key.range.bytes.upperBound, $0.value.range.bytes.upperBound)
          })
      }
      for entry in entries {
        let gap = entry.key.range.bytes.upperBound..<entry.value.range.bytes.lowerBound
        if gap.lowerBound < gap.upperBound, !entry.value.range.bytes.isEmpty {
          replace(gap, holding: UInt8(ascii: ":"), by: ": ")
        }
        visit(entry.value)
      }
    }
  }

  private mutating func brackets(of node: YAMLNode, _ items: [Range<Int>]) {
    let whole = node.contentRange.bytes
    guard let first = items.first, let last = items.last else {
      return replace(whole.lowerBound + 1..<whole.upperBound - 1, holding: nil, by: "")
    }
    replace(whole.lowerBound + 1..<first.lowerBound, holding: nil, by: "")
    if last.upperBound <= whole.upperBound - 1 {
      replace(last.upperBound..<whole.upperBound - 1, holding: nil, by: "")
    }
    for (left, right) in zip(items, items.dropFirst()) where left.upperBound < right.lowerBound {
      replace(left.upperBound..<right.lowerBound, holding: UInt8(ascii: ","), by: ", ")
    }
  }

  private mutating func dashes(before items: [YAMLNode]) {
    for item in items where !item.range.bytes.isEmpty {
      let start = item.range.bytes.lowerBound
      var gap = start
      while gap > 0, bytes[gap - 1] == 0x20 { gap -= 1 }
      // What stands in a block behind the dash is indented from there, so its other lines would have to move.
      guard gap > 0, bytes[gap - 1] == UInt8(ascii: "-"), item.scalar != nil || item.isFlow else {
        continue
      }
      replace(gap..<start, holding: nil, by: " ")
    }
  }

  /// Replaces blanks, with one mark among them, on one line.
  private mutating func replace(_ gap: Range<Int>, holding mark: UInt8?, by text: String) {
    guard gap.lowerBound <= gap.upperBound else { return }
    let marks = bytes[gap].filter { $0 != 0x20 && $0 != 0x09 }
    guard marks == (mark.map { [$0] } ?? []) else { return }
    edits.append(TextEdit(range: SourceRange(source: source, bytes: gap), text: text))
  }
}
