import CEL
import Diagnostics
import YAML

/// Mistakes in tables with bands.
extension Diagnostic {
  static func wrongBandKey(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "a table can't have bands of \(type)", at: range,
      help: "bands are of numbers, dates, times or durations, which have an order")
  }

  static func noBands(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "the table has no bands", at: range,
      help: "write each with what it gives, such as \"0..9\": 1")
  }

  static func notABand(_ node: YAMLNode, isWhole: Bool) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "this must be a band such as \(isWhole ? "0..9" : "0..<9"), or 20.. without an end, and is "
        + node.shownValue, at: node.range)
  }

  static func bandOfBothEnds(_ node: YAMLNode, type: CELType) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "a band of \(type) ends before its upper bound, which is written with '..<'", at: node.range,
      help: "between the ends of two bands lie other values: write 0..<10, and then 10..<20")
  }

  static func wrongBound(_ text: String, type: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "'\(text)' is not \(type.phrase), by which the table is looked up",
      at: range)
  }

  static func bandBackwards(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongBands, "the band \(text) ends before it begins", at: range,
      help: "write the lower bound first")
  }

  static func bandOverlap(
    _ before: String, _ next: String, at range: SourceRange, other: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongBands, "the band \(next) begins before \(before) has ended", at: range,
      notes: [Note("the band before it", at: other)],
      help: "each value must lie in one band: write them in ascending order, none into another")
  }

  static func bandGap(
    _ before: String, _ next: String, at range: SourceRange, other: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongBands, "between the bands \(before) and \(next) there is a gap", at: range,
      notes: [Note("the band before it", at: other)],
      help: "let each band begin right after the one before it")
  }
}
