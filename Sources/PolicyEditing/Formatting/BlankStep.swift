import Diagnostics

/// No blanks at the ends of lines, no two blank lines in a row, one line break at the end.
struct BlankStep {
  private(set) var edits: [TextEdit] = []

  init(_ text: LaidOutText) {
    let source = text.source
    let bytes = source.bytes
    func replace(_ range: Range<Int>, by new: String) {
      edits.append(TextEdit(range: SourceRange(source: source, bytes: range), text: new))
    }
    var blankLines = 0
    var end = 0
    for number in 1...source.lineCount {
      let line = source.byteRange(ofLine: number)
      var last = line.upperBound
      while last > line.lowerBound, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
      let isFree = !text.isInScalar(line.upperBound) && !text.isInScalar(last)
      if isFree, last < line.upperBound { replace(last..<line.upperBound, by: "") }
      guard last == line.lowerBound, !text.isInScalar(line.lowerBound) else {
        blankLines = 0
        end = line.upperBound
        continue
      }
      blankLines += 1
      let next = number < source.lineCount ? source.byteRange(ofLine: number + 1).lowerBound : nil
      if let next, blankLines > 1 || end == 0, last == line.upperBound {
        replace(line.lowerBound..<next, by: "")
      }
    }
    guard end > 0 else { return }
    // What stands behind the last line that says something.
    edits.removeAll { $0.range.bytes.lowerBound >= end }
    let rest = bytes[end...]
    if !rest.elementsEqual("\n".utf8), !rest.elementsEqual("\r\n".utf8) {
      replace(end..<bytes.count, by: "\n")
    }
  }
}
