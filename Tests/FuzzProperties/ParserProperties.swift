import CEL
import Diagnostics

/// Parses and checks any bytes, and prints what has no mistake and parses that again.
public struct ParserProperties: Sendable {
  private let environment: Environment

  public init() {
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
    self.environment = environment
  }

  /// Checks the properties of one text; false when it teaches nothing.
  public func check(_ bytes: [UInt8]) throws(BrokenProperty) -> Bool {
    var diagnostics: [Diagnostic] = []
    let expression = Expression.parse(
      MappedText(Source(name: "text", bytes: bytes)), into: &diagnostics)
    for diagnostic in diagnostics {
      try FuzzProperties.check(
        diagnostic.range.map { $0.bytes.upperBound <= bytes.count } ?? false,
        "'\(diagnostic.message)' has no place in the text")
    }
    if diagnostics.isEmpty { try checkPrinting(expression) }
    for mode in [Checker.Mode.strict, .standard] {
      _ = Checker(environment: environment, mode: mode).check(expression, into: &diagnostics)
    }
    return true
  }

  private func checkPrinting(_ expression: Expression) throws(BrokenProperty) {
    let printed = expression.description
    var mistakes: [Diagnostic] = []
    let again = Expression.parse(
      MappedText(Source(name: "printed", text: printed)), into: &mistakes)
    // Printing may add brackets, which may be one too many for the limits.
    try FuzzProperties.check(
      mistakes.allSatisfy { $0.code.rawValue.hasPrefix("too-") },
      "printed as \(printed), it has mistakes: \(mistakes.map(\.message))")
    try FuzzProperties.check(
      !mistakes.isEmpty || again.description == printed,
      "printed as \(printed), it is read as \(again.description)")
  }
}
