import CEL
import Diagnostics
import FuzzDriver

/// Parses and checks any bytes, and prints what has no mistake and parses that again.
private func parseAndCheck(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var diagnostics: [Diagnostic] = []
  let expression = Expression.parse(
    MappedText(Source(name: "fuzz", bytes: bytes)), into: &diagnostics)
  for diagnostic in diagnostics {
    precondition(diagnostic.range.map { $0.bytes.upperBound <= count } ?? false)
  }
  if diagnostics.isEmpty {
    let printed = expression.description
    var more: [Diagnostic] = []
    let again = Expression.parse(
      MappedText(Source(name: "printed", text: printed)), into: &more)
    // Printing may add brackets, which may be one too many for the limits.
    precondition(more.allSatisfy { $0.code.hasPrefix("too-") })
    precondition(!more.isEmpty || again.description == printed)
  }
  for mode in [Checker.Mode.strict, .standard] {
    _ = Checker(environment: fuzzEnvironment, mode: mode).check(expression, into: &diagnostics)
  }
  return 0
}

private let fuzzEnvironment: Environment = {
  var environment = Environment(Library.all)
  environment.variables = [
    Environment.Variable(name: "a", type: .object("A")),
    Environment.Variable(name: "d", type: .dyn),
  ]
  environment.enumerations = ["E": EnumerationType(name: "E", cases: ["x", "y"])]
  environment.objectTypes = [
    "A": ObjectType(
      name: "A",
      fields: [
        ObjectType.Field(name: "a", type: .object("A"), isOptional: true),
        ObjectType.Field(name: "e", type: .enumeration("E")),
        ObjectType.Field(name: "l", type: .list(.object("A"))),
        ObjectType.Field(name: "t", type: .bool, isDerived: true),
      ])
  ]
  return environment
}()

fuzz { parseAndCheck($0, $1) }
