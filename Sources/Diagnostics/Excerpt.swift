/// The line that a range starts on, as a terminal shows it, with what to underline.
struct Excerpt {
  /// The line, cut to the surroundings of the range when it is long.
  let text: String
  /// How many columns of the terminal precede the range.
  let columnsBefore: Int
  /// How many columns the range takes on its first line; at least one.
  let columns: Int

  /// How many scalars of a line are shown, and how many of them before the range.
  private static let scalars = 120
  private static let scalarsBefore = 40

  /// The excerpt of the first line of a range.
  ///
  /// Only what is shown is decoded: a line may be a whole file of megabytes.
  init(of range: SourceRange) {
    let source = range.source
    let line = source.byteRange(ofLine: range.start.line)
    let start = min(max(range.bytes.lowerBound, line.lowerBound), line.upperBound)
    func isScalarStart(_ offset: Int) -> Bool { source.bytes[offset] & 0xC0 != 0x80 }

    let count = source.scalarCount(in: line)
    let countBefore = source.scalarCount(in: line.lowerBound..<start)
    let skipped = max(0, min(countBefore - Self.scalarsBefore, count - Self.scalars))
    var first = start
    var kept = countBefore - skipped
    while kept > 0, first > line.lowerBound {
      first -= 1
      if isScalarStart(first) { kept -= 1 }
    }
    if skipped == 0 { first = line.lowerBound }
    var last = first
    var shown = 0
    while last < line.upperBound {
      if isScalarStart(last) {
        if shown == Self.scalars { break }
        shown += 1
      }
      last += 1
    }

    let end = min(max(range.bytes.upperBound, start), max(last, start))
    let before = (first > line.lowerBound ? "…" : "") + source.text(in: first..<start).visible
    let marked = source.text(in: start..<end).visible
    let after = source.text(in: end..<max(last, end)).visible
    text = before + marked + after + (last < line.upperBound ? "…" : "")
    columnsBefore = before.terminalColumns
    columns = max(1, marked.terminalColumns)
  }
}
