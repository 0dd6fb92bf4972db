import CEL
import Diagnostics
import FuzzDriver

/// Evaluates expressions, plainly and traced, checked as the specification has it and not at all.
///
/// Both evaluations must come to the same; where nothing depends on dynamic types, the value must be of
/// the type that was deduced.
private func evaluate(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var diagnostics: [Diagnostic] = []
  let expression = Expression.parse(
    MappedText(Source(name: "fuzz", bytes: bytes)), into: &diagnostics)
  guard diagnostics.isEmpty else { return -1 }
  for mode in [Checker.Mode.standard, .dynamic] {
    let checked = Checker(environment: environment, mode: mode)
      .check(expression, into: &diagnostics)
    let evaluator = Evaluator(budget: 5_000)
    let result = evaluator.evaluate(checked, in: activation)
    let trace = evaluator.trace(checked, in: activation)
    _ = trace.decisiveReads()
    precondition(isSame(result, trace.result))
    if diagnostics.isEmpty, case .value(let value) = result {
      precondition(fits(value, checked.type))
    }
  }
  return 0
}

private let environment: Environment = {
  var environment = Environment(Library.all)
  environment.variables = [
    Environment.Variable(name: "i", type: .int), Environment.Variable(name: "s", type: .string),
    Environment.Variable(name: "l", type: .list(.int)),
    Environment.Variable(name: "m", type: .map(.string, .int)),
    Environment.Variable(name: "t", type: .timestamp),
    Environment.Variable(name: "u", type: .bool),
  ]
  return environment
}()

private let activation = Activation(
  globals: [
    .value(.int(7)), .value(.string("aé")), .value(.list([.int(1), .int(2)])),
    .value(.map(CELMap(entries: [(key: .string("a"), value: .int(1))]))),
    .value(.timestamp(CELTimestamp(seconds: 1_792_009_800))),
    .unknown(UnknownFacts([AttributePath(root: "u")])),
  ], timeZone: "America/Chicago")

private func isSame(_ left: Evaluation, _ right: Evaluation) -> Bool {
  switch (left, right) {
  case (.value(let left), .value(let right)): left.type == right.type
  case (.error(let left), .error(let right)): left.message == right.message
  case (.unknown(let left), .unknown(let right)): left == right
  default: false
  }
}

/// Whether a value is of a type, its parts apart.
private func fits(_ value: CELValue, _ type: CELType) -> Bool {
  switch (value.type, type) {
  case (_, .dyn), (_, .error), (.list, .list), (.map, .map), (.optional, .optional),
    (.type, .type):
    true
  case (let actual, let expected): actual == expected
  }
}

fuzz { evaluate($0, $1) }
