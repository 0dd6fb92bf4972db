import Diagnostics
import PolicyEngine

/// Reads a JsonLogic rule (jsonlogic.com): JSON whose objects are operations.
///
/// What is missing is null there, and null is false, zero or an empty text as it is needed; here it is missing. All else
/// is read only where both mean the same: what counts as true there without being true is reported.
struct JsonLogicReader {
  private var variables: [String] = []

  /// What a file says; nil where it can't be said.
  static func read(_ root: JSONNode, into diagnostics: inout [Diagnostic]) -> ImportedModel? {
    var reader = JsonLogicReader()
    do throws(ImportProblem) {
      let content = try reader.content(of: root)
      let output = ImportedOutput(term: "result", label: "result", range: root.range)
      var model = ImportedModel(title: "Rule")
      var outputs = [output]
      if case .table = content { outputs[0].defaultValue = reader.fallback }
      model.definitions = [
        ImportedDefinition(
          name: "rule", range: root.range, content: content, outputs: outputs,
          scope: ImportedScope())
      ]
      return model
    } catch {
      diagnostics.append(error.diagnostic)
      return nil
    }
  }

  /// What the table of an `if` gives where none of its conditions holds.
  private var fallback: ForeignExpression?

  /// An `if` as a table, a row for each of its conditions; all else as an expression.
  private mutating func content(
    of root: JSONNode
  ) throws(ImportProblem) -> ImportedDefinition.Content {
    guard case .object(let members) = root.content, members.count == 1, members[0].key == "if",
      let arguments = members[0].value.elements, arguments.count >= 3
    else { return .expression(try expression(root)) }
    var rows: [ImportedRow] = []
    var index = 0
    while index + 1 < arguments.count {
      rows.append(
        ImportedRow(
          number: rows.count + 1, note: "", range: arguments[index].range,
          tests: [try expression(arguments[index])],
          outputs: [try expression(arguments[index + 1])]))
      index += 2
    }
    if index < arguments.count { fallback = try expression(arguments[index]) }
    return .table(ImportedTable(policy: .first, rows: rows))
  }

  private mutating func expression(_ node: JSONNode) throws(ImportProblem) -> ForeignExpression {
    switch node.content {
    case .null: return ForeignExpression(.literal(.null), at: node.range)
    case .bool(let flag): return ForeignExpression(.literal(.bool(flag)), at: node.range)
    case .string(let text):
      return ForeignExpression(.literal(.text(text.string)), at: node.range)
    case .number(let written):
      guard let number = ExactNumber.value(of: written) else {
        throw ImportProblem(
          "'\(written)' has more digits than numbers have here: at most 15 that count",
          at: node.range)
      }
      return ForeignExpression(.literal(.number(number)), at: node.range)
    case .array(let elements):
      return ForeignExpression(.list(try all(elements)), at: node.range)
    case .object(let members):
      guard members.count == 1 else {
        throw ImportProblem(
          "an operation is an object with one key, and this one has \(members.count)",
          at: node.range)
      }
      let arguments = members[0].value.elements ?? [members[0].value]
      return try operation(members[0].key, arguments, at: node.range)
    }
  }

  private mutating func all(
    _ nodes: [JSONNode]
  ) throws(ImportProblem) -> [ForeignExpression] {
    var found: [ForeignExpression] = []
    for node in nodes { found.append(try expression(node)) }
    return found
  }

  // MARK: Operations

  private static let comparisons: [String: ForeignExpression.Operator] = [
    "==": .equal, "===": .equal, "!=": .notEqual, "!==": .notEqual, "<": .less, "<=": .lessOrEqual,
    ">": .greater, ">=": .greaterOrEqual,
  ]
  private static let calculations: [String: ForeignExpression.Operator] = [
    "+": .plus, "-": .minus, "*": .times, "/": .divided,
  ]
  private static let known: [String] =
    Array(comparisons.keys) + Array(calculations.keys) + [
      "var", "missing", "if", "!", "!!", "and", "or", "in", "cat", "min", "max", "all", "some",
      "none",
    ]

  private mutating func operation(
    _ name: String, _ arguments: [JSONNode], at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    func node(_ kind: ForeignExpression.Kind) -> ForeignExpression {
      ForeignExpression(kind, at: range)
    }
    func count(_ counts: ClosedRange<Int>) throws(ImportProblem) {
      guard counts.contains(arguments.count) else {
        throw ImportProblem("'\(name)' does not go with \(arguments.count) operands", at: range)
      }
    }
    switch name {
    case "var": return try variable(arguments, at: range)
    case "and", "or":
      try count(1...999)
      let parts = try all(arguments)
      let joined = name == "and" ? ForeignExpression.all(parts) : ForeignExpression.any(parts)
      return joined.map { ForeignExpression($0.kind, at: range) } ?? parts[0]
    case "!":
      try count(1...1)
      return node(.not(try expression(arguments[0])))
    case "!!":
      try count(1...1)
      return try expression(arguments[0])
    case "if", "?:":
      try count(3...999)
      return try conditional(arguments[...], at: range)
    case "in":
      try count(2...2)
      let parts = try all(arguments)
      // In a text it looks for a part of it, in a list for an element.
      if case .list = parts[1].kind { return node(.binary(.isIn, parts[0], parts[1])) }
      return node(.call(.contains, [parts[1], parts[0]]))
    case "min", "max":
      try count(1...99)
      return node(.call(name == "min" ? .least : .greatest, [node(.list(try all(arguments)))]))
    case "cat":
      try count(1...99)
      let parts = try all(arguments)
      return parts.dropFirst().reduce(parts[0]) { node(.binary(.plus, $0, $1)) }
    case "all", "some", "none":
      try count(2...2)
      return try quantified(name, arguments, at: range)
    case "missing": return try missing(arguments, at: range)
    default: break
    }
    if let sign = Self.comparisons[name] { return try comparison(name, sign, arguments, at: range) }
    if let sign = Self.calculations[name] {
      try count(1...99)
      let parts = try all(arguments)
      if parts.count == 1 {
        guard name == "-" else {
          throw ImportProblem(
            "'\(name)' of one operand turns it into a number, which can't be said in a policy",
            at: range)
        }
        return node(.negative(parts[0]))
      }
      return parts.dropFirst().reduce(parts[0]) { node(.binary(sign, $0, $1)) }
    }
    throw ImportProblem(
      "the operation '\(name)' has no counterpart with the same meaning in policies", at: range,
      help: Suggestion.help(for: name, among: Self.known.sorted()))
  }

  private mutating func conditional(
    _ arguments: ArraySlice<JSONNode>, at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    guard let first = arguments.first, arguments.count >= 3 else {
      guard let only = arguments.first, arguments.count == 1 else {
        throw ImportProblem("the last 'if' has no 'else': it would give null", at: range)
      }
      return try expression(only)
    }
    return ForeignExpression(
      .conditional(
        try expression(first), try expression(arguments[arguments.startIndex + 1]),
        try conditional(arguments.dropFirst(2), at: range)), at: range)
  }

  /// A comparison; of three operands whether the middle lies between.
  private mutating func comparison(
    _ name: String, _ sign: ForeignExpression.Operator, _ arguments: [JSONNode],
    at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    let parts = try all(arguments)
    let isBetween = parts.count == 3 && (name == "<" || name == "<=")
    guard parts.count == 2 || isBetween else {
      throw ImportProblem("'\(name)' does not go with \(parts.count) operands", at: range)
    }
    if isBetween {
      return ForeignExpression(
        .binary(
          .and, ForeignExpression(.binary(sign, parts[0], parts[1]), at: range),
          ForeignExpression(.binary(sign, parts[1], parts[2]), at: range)), at: range)
    }
    for (side, other) in [(parts[0], parts[1]), (parts[1], parts[0])]
    where other.literal == .null && (sign == .equal || sign == .notEqual) {
      let isMissing = ForeignExpression(.isMissing(side), at: range)
      return sign == .equal ? isMissing : ForeignExpression(.not(isMissing), at: range)
    }
    return ForeignExpression(.binary(sign, parts[0], parts[1]), at: range)
  }

  // MARK: Facts

  private func variable(
    _ arguments: [JSONNode], at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    guard let text = arguments.first?.text?.string else {
      if arguments.isEmpty, let variable = variables.last {
        return ForeignExpression(.path([variable]), at: range)
      }
      throw ImportProblem("'var' is given a text, the path to a fact", at: range)
    }
    let parts = text.split(separator: ".").map(String.init)
    let base = variables.last.map { [$0] } ?? []
    guard !(base + parts).isEmpty else {
      throw ImportProblem("the whole of the facts is not a value in policies", at: range)
    }
    if let position = parts.first(where: { $0.allSatisfy(\.isNumber) }) {
      throw ImportProblem(
        "a position in a list, '\(position)', can't be said in a policy", at: range)
    }
    let path = ForeignExpression(.path(base + parts), at: range)
    guard arguments.count > 1 else { return path }
    var reader = self
    let other = try reader.expression(arguments[1])
    return ForeignExpression(
      .conditional(ForeignExpression(.isMissing(path), at: range), other, path), at: range)
  }

  /// `{"!": {"missing": [...]}}` and the like: whether something is missing, which is a list there that counts as true
  /// when it is not empty.
  private func missing(
    _ arguments: [JSONNode], at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    var parts: [ForeignExpression] = []
    for argument in arguments.flatMap({ $0.elements ?? [$0] }) {
      guard let text = argument.text?.string else {
        throw ImportProblem("'missing' is given the paths of facts", at: argument.range)
      }
      let path = text.split(separator: ".").map(String.init)
      parts.append(
        ForeignExpression(
          .isMissing(ForeignExpression(.path(path), at: argument.range)), at: argument.range))
    }
    guard let any = ForeignExpression.any(parts) else {
      throw ImportProblem("'missing' is given the paths of facts", at: range)
    }
    return ForeignExpression(any.kind, at: range)
  }

  private mutating func quantified(
    _ name: String, _ arguments: [JSONNode], at range: SourceRange
  ) throws(ImportProblem) -> ForeignExpression {
    let list = try expression(arguments[0])
    let variable = "#\(variables.count + 1)"
    variables.append(variable)
    let condition = try expression(arguments[1])
    variables.removeLast()
    let quantifier: ForeignExpression.Quantifier = name == "all" ? .all : .some
    let found = ForeignExpression(
      .quantified(quantifier, variable: variable, over: list, condition: condition), at: range)
    switch name {
    case "none": return ForeignExpression(.not(found), at: range)
    case "all":
      // Of an empty list it is false there, and true here.
      let size = ForeignExpression(.call(.count, [list]), at: range)
      let zero = ForeignExpression(.literal(.number(0)), at: range)
      return ForeignExpression(
        .binary(.and, ForeignExpression(.binary(.greater, size, zero), at: range), found),
        at: range)
    default: return found
    }
  }
}
