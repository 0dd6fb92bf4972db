import CEL
import PolicyEngine

/// Why something has no row: a value of it is missing.
package struct Unwritable: Error, Hashable, Sendable {
  /// What has no value, in a sentence.
  package let sentence: String

  /// What is said of a missing value.
  package init(sentence: String) { self.sentence = sentence }
}

extension Unwritable {
  /// What is said of a subject that is missing.
  init(missing path: AttributePath) {
    self.init(sentence: "It is not known who or what is in '\(path)'.")
  }
}

/// The answers about one subject of a document, taken one after the other, as cells have them.
///
/// A file has as many answers as it has cells: what is said of a missing one is put together only where one is missing.
struct Answers {
  private let answers: [Evaluation]
  private var next = 0
  /// The zone in which instants are written.
  private let timeZone: String

  init(_ answers: [Evaluation], timeZone: String) {
    self.answers = answers
    self.timeZone = timeZone
  }

  /// The next answer, which may be nothing where the expression gives an optional.
  mutating func value(_ what: @autoclosure () -> String) throws(Unwritable) -> CELValue? {
    guard next < answers.count else {
      throw Unwritable(sentence: "There is no value for \(what()).")
    }
    defer { next += 1 }
    switch answers[next] {
    case .value(.optional(let value)): return value
    case .value(let value): return value
    case .error(let error):
      throw Unwritable(sentence: "There is no value for \(what()): \(error.message).")
    case .unknown(let facts):
      let paths = facts.paths.map { "'\($0)'" }.joined(separator: ", ")
      throw Unwritable(sentence: "There is no value for \(what()), since \(paths) is not given.")
    }
  }

  /// Whether a fact of an object is true; one that there need not be is not where it is not there.
  mutating func isTrue(
    _ fact: String, label: String, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> Bool {
    if next < answers.count {
      switch answers[next] {
      case .value(.optional(.bool(let isTrue)?)):
        next += 1
        return isTrue
      case .unknown(let facts) where facts.paths.allSatisfy { $0.steps.last == .field(fact) }:
        // What is not known must not count as No.
        throw Unwritable(sentence: "It is not known whether '\(label)' applies.")
      case .value, .unknown, .error: break
      }
    }
    _ = try value(what())
    return false
  }

  mutating func int(_ what: @autoclosure () -> String) throws(Unwritable) -> Int64 {
    // So large a number of minutes is a mistake, and can't be added up.
    if case .int(let number)? = try value(what()), number.magnitude < 1 << 40 { return number }
    throw Unwritable(sentence: "There is no value for \(what()).")
  }

  mutating func text(_ what: @autoclosure () -> String) throws(Unwritable) -> String {
    if case .string(let text)? = try value(what()) { return text }
    throw Unwritable(sentence: "There is no value for \(what()).")
  }

  /// The next answer as a cell.
  mutating func cell(
    _ format: CellFormat, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> ExportRow.Cell {
    try cell(value(what()), format, what())
  }

  private func cell(
    _ value: CELValue?, _ format: CellFormat, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> ExportRow.Cell {
    guard let value else { return ExportRow.Cell(text: "", number: nil) }
    switch (format, value) {
    case (.text, .string(let text)): return ExportRow.Cell(text: text, number: nil)
    case (.text, .int(let number)): return ExportRow.Cell(text: String(number), number: nil)
    case (.number, .int(let number)):
      return ExportRow.Cell(FixedDecimal(units: number, decimals: 0))
    case (.decimal(let per, let decimals, let rounding), .int(let number)):
      let scale = (0..<decimals).reduce(Int64(1)) { scale, _ in scale * 10 }
      let (scaled, isTooLarge) = number.multipliedReportingOverflow(by: scale)
      guard !isTooLarge, let units = rounding.units(scaled, by: per) else {
        throw Unwritable(sentence: "The number for \(what()) is too large.")
      }
      return ExportRow.Cell(FixedDecimal(units: units, decimals: decimals))
    case (.moment(let pattern), .date(let day)):
      return ExportRow.Cell(text: pattern.text(day, secondOfDay: 0), number: nil)
    case (.moment(let pattern), .timestamp(let instant)):
      guard let offset = instant.offset(in: timeZone) else {
        throw Unwritable(sentence: "The time zone of the policies is not known.")
      }
      let local = instant.seconds + Int64(offset)
      let second = (local % 86_400 + 86_400) % 86_400
      let day = CivilDate(daysSinceEpoch: Int32(clamping: (local - second) / 86_400))
      return ExportRow.Cell(text: pattern.text(day, secondOfDay: Int(second)), number: nil)
    default: throw Unwritable(sentence: "There is no value for \(what()).")
    }
  }
}
