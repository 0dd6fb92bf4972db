import Diagnostics

/// Functions, each as the one here that has the same meaning.
extension ExpressionWriter {
  mutating func call(
    _ function: ForeignExpression.Function, _ arguments: [ForeignExpression], at range: SourceRange
  ) throws(ImportProblem) -> Written {
    switch function {
    case .startsWith, .endsWith: return try member(function.rawValue, arguments)
    case .contains:
      if knownType(of: arguments[0]).isList {
        return try write(
          ForeignExpression(.binary(.isIn, arguments[1], arguments[0]), at: range))
      }
      return try member(function.rawValue, arguments)
    case .length, .count:
      // GoRules' length of a text counts bytes, so that only of lists it is the same.
      let type: ForeignType = function == .length ? .text : .list(.unknown)
      let inner = try write(arguments[0], as: type)
      if function == .count, inner.type != .unknown {
        guard case .list = inner.type else {
          throw ImportProblem(
            "the length of \(inner.type.words) is counted in bytes there, and in signs here",
            at: range)
        }
      }
      // Counts are whole numbers here, and fractions go with fractions alone.
      return Written(text: "double(size(\(inner.text)))", type: .number, level: 7)
    case .floor: return try math("floor", arguments)
    case .ceiling: return try math("ceil", arguments)
    case .absolute: return try math("abs", arguments)
    case .least: return try numbers("math.least", arguments)
    case .greatest: return try numbers("math.greatest", arguments)
    case .sum: return try numbers("sum", arguments)
    case .sumOfSome:
      let sum = try numbers("sum", arguments)
      guard arguments.count == 1 else { return sum }
      let list = try write(arguments[0], as: .list(.number)).text
      // FEEL's sum of an empty list is null, ours zero.
      return Written(text: "[\(sum.text)][size(\(list)) == 0 ? 1 : 0]", type: .number, level: 7)
    }
  }

  private mutating func member(
    _ name: String, _ arguments: [ForeignExpression]
  ) throws(ImportProblem) -> Written {
    let receiver = try write(arguments[0], as: .text).text(within: 7)
    let argument = try write(arguments[1], as: .text).text
    return Written(text: "\(receiver).\(name)(\(argument))", type: .bool, level: 7)
  }

  private mutating func math(
    _ name: String, _ arguments: [ForeignExpression]
  ) throws(ImportProblem) -> Written {
    let argument = try write(arguments[0], as: .number).text
    return Written(text: "math.\(name)(\(argument))", type: .number, level: 7)
  }

  /// A function of a list of numbers, or of several numbers.
  private mutating func numbers(
    _ name: String, _ arguments: [ForeignExpression]
  ) throws(ImportProblem) -> Written {
    if arguments.count == 1 {
      let list = try write(arguments[0], as: .list(.number)).text
      return Written(text: "\(name)(\(list))", type: .number, level: 7)
    }
    var texts: [String] = []
    for argument in arguments { texts.append(try write(argument, as: .number).text) }
    return Written(
      text: "\(name)([\(texts.joined(separator: ", "))])", type: .number, level: 7)
  }
}
