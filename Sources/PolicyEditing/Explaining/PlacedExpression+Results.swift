package import CEL
package import Diagnostics
package import PolicyEngine

extension PlacedExpression {
  /// The result of the expression for each value of a document that it is about, by the paths of these.
  package func results(
    in document: FactDocument, by policies: PolicySet, today: CivilDate, decision: Int?
  ) -> [(path: AttributePath, result: PartResult)] {
    policies.traces(
      of: reading.expression, about: subject, in: document, today: today, decision: decision
    ).map { path, trace in
      (path, PartResult(trace, timeZone: policies.vocabulary.timeZone))
    }
  }
}

extension SymbolIndex {
  /// The smallest expression at an offset of a file; nil where there is none.
  package func expression(at offset: Int, of file: String) -> PlacedExpression? {
    expressions.filter { placed in
      let range = placed.range
      return range.source.name == file && range.bytes.lowerBound <= offset
        && offset <= range.bytes.upperBound
    }.min { $0.range.bytes.count < $1.range.bytes.count }
  }
}

extension Source {
  /// The byte offset of a place; nil where the text has no such line.
  package func byteOffset(of position: SourcePosition) -> Int? {
    guard position.line >= firstLine, position.line < firstLine + lineCount else { return nil }
    let line = byteRange(ofLine: position.line)
    var offset = line.lowerBound
    for _ in 1..<max(1, position.column) where offset < line.upperBound {
      offset += 1
      while offset < line.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
