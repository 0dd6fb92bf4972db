import CEL
import PolicyEngine

/// Why something has no row: a value of it is missing.
package struct Unwritable: Error, Hashable, Sendable {
  /// What has no value, in a sentence.
  package let sentence: String

  /// What is said of a missing value.
  package init(sentence: String) { self.sentence = sentence }
}

/// The values that expressions have for one subject of a document, as cells have them.
///
/// A file has as many values as it has cells: what is said of a missing one is put together only where one is missing.
struct SubjectValues {
  private let context: DecisionContext
  /// What the expressions see, with their further names behind the subject.
  private var activation: Activation
  /// The zone in which instants are written.
  private let timeZone: String

  init(context: DecisionContext, object: any CELObject, timeZone: String) {
    self.context = context
    activation = context.activation(for: object, decision: nil)
    self.timeZone = timeZone
  }

  /// The same for expressions that know further names, by the values of these.
  func with(_ locals: [CELValue]) -> SubjectValues {
    var values = self
    values.activation.locals += locals
    return values
  }

  func value(
    _ expression: CheckedExpression, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> CELValue? {
    if let value = plainValue(expression) { return value }
    switch context.evaluate(expression, in: activation) {
    case .value(.optional(let value)): return value
    case .value(let value): return value
    case .error(let error):
      throw Unwritable(sentence: "There is no value for \(what()): \(error.message).")
    case .unknown(let facts):
      let paths = facts.paths.map { "'\($0)'" }.joined(separator: ", ")
      throw Unwritable(sentence: "There is no value for \(what()), since \(paths) is not given.")
    }
  }

  /// The value of a name or of a fact that is there, which most columns are; nil for anything else, which the evaluator has
  /// to be asked for.
  private func plainValue(_ expression: CheckedExpression) -> CELValue? {
    switch expression.kind {
    case .local(let depth, _):
      return activation.locals.indices.contains(depth) ? activation.locals[depth] : nil
    case .field(let operand, let field):
      guard case .object(let object)? = plainValue(operand),
        case .present(let value) = object.value(ofField: field.index)
      else { return nil }
      return value
    default: return nil
    }
  }

  func int(
    _ expression: CheckedExpression, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> Int64 {
    // So large a number of minutes is a mistake, and can't be added up.
    if case .int(let number)? = try value(expression, what()),
      number.magnitude < 1 << 40
    {
      return number
    }
    throw Unwritable(sentence: "There is no value for \(what()).")
  }

  func text(
    _ expression: CheckedExpression, _ what: @autoclosure () -> String
  ) throws(Unwritable) -> String {
    if case .string(let text)? = try value(expression, what()) { return text }
    throw Unwritable(sentence: "There is no value for \(what()).")
  }

  func cell(
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
      guard !isTooLarge, let units = rounding.quotient(scaled, by: per) else {
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
