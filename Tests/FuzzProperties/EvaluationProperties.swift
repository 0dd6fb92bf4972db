import CEL
import Diagnostics

/// Evaluates expressions, plainly and traced, checked as the specification has it and not at all.
///
/// Both evaluations must come to the same; where nothing depends on dynamic types, the value must be of
/// the type that was deduced.
public struct EvaluationProperties: Sendable {
  private let environment: Environment
  private let activation: Activation

  public init() {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "i", type: .int), Environment.Variable(name: "s", type: .string),
      Environment.Variable(name: "l", type: .list(.int)),
      Environment.Variable(name: "m", type: .map(.string, .int)),
      Environment.Variable(name: "t", type: .timestamp),
      Environment.Variable(name: "u", type: .bool),
    ]
    self.environment = environment
    activation = Activation(
      globals: [
        .value(.int(7)), .value(.string("aé")), .value(.list([.int(1), .int(2)])),
        .value(.map(CELMap(entries: [(key: .string("a"), value: .int(1))]))),
        .value(.timestamp(CELTimestamp(seconds: 1_792_009_800))),
        .unknown(UnknownFacts([AttributePath(root: "u")])),
      ], timeZone: "America/Chicago")
  }

  /// Checks the properties of one text; false when it is no expression, which teaches nothing here.
  public func check(_ bytes: [UInt8]) throws(BrokenProperty) -> Bool {
    var diagnostics: [Diagnostic] = []
    let expression = Expression.parse(
      MappedText(Source(name: "text", bytes: bytes)), into: &diagnostics)
    guard diagnostics.isEmpty else { return false }
    for mode in [Checker.Mode.standard, .dynamic] {
      let checked = Checker(environment: environment, mode: mode)
        .check(expression, into: &diagnostics)
      let evaluator = Evaluator(budget: 5_000)
      let result = evaluator.evaluate(checked, in: activation)
      let trace = evaluator.trace(checked, in: activation)
      try FuzzProperties.check(
        isSame(result, trace.result), "it comes to \(result), and traced to \(trace.result)")
      let recorded = evaluator.record(checked, in: activation).result
      try FuzzProperties.check(
        isSame(result, recorded), "it comes to \(result), and recorded to \(recorded)")
      if diagnostics.isEmpty, case .value(let value) = result {
        try FuzzProperties.check(
          fits(value, checked.type), "\(value) is not of type \(checked.type)")
      }
    }
    return true
  }

  private func isSame(_ left: Evaluation, _ right: Evaluation) -> Bool {
    switch (left, right) {
    case (.value(let left), .value(let right)):
      // Not a number equals nothing, itself included.
      left.type == right.type && (left.isEqual(to: right) || !left.isEqual(to: left))
    case (.error(let left), .error(let right)): left.message == right.message
    case (.unknown(let left), .unknown(let right)): left == right
    default: false
    }
  }

  /// Whether a value is of a type, with its parts.
  private func fits(_ value: CELValue, _ type: CELType) -> Bool {
    switch (value, type) {
    case (_, .dyn), (_, .error), (.type, .type), (.optional(nil), .optional): true
    // The specification's checker takes null for these.
    case (.null, .optional), (.null, .timestamp), (.null, .duration), (.null, .object): true
    case (.list(let elements), .list(let element)): elements.allSatisfy { fits($0, element) }
    case (.map(let map), .map(let key, let element)):
      map.entries.allSatisfy { fits($0.key, key) && fits($0.value, element) }
    case (.optional(let wrapped?), .optional(let type)): fits(wrapped, type)
    default: value.type == type
    }
  }
}
