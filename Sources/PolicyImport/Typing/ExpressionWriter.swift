import Diagnostics

/// Writes expressions of other engines in the language of policies, and finds the types of facts as it goes.
///
/// What an expression gives is the same as there for every case in which all facts are given. Where it can't be, that
/// is a problem with its place.
struct ExpressionWriter {
  /// A text with what it binds its parts by.
  struct Written {
    let text: String
    let type: ForeignType
    /// How tightly it holds together: 0 for a choice, up to 7 for a name.
    let level: Int

    /// The text, in parentheses where something around would take it apart.
    func text(within level: Int) -> String { self.level < level ? "(\(text))" : text }
  }

  /// How many bytes a divisor may be written in.
  private static let maximumDivisor = 10_000

  /// The facts that were read.
  var facts: FactTable
  /// The types of the values made of facts, as far as they are known.
  var termTypes: [String: ForeignType] = [:]
  /// The names by which policies know facts and values; nil while types are looked for.
  var names: FactNames?
  /// The values that something reads.
  private(set) var termsRead: Set<String> = []
  var scope = ImportedScope()
  /// What the variables of quantifiers stand for.
  private var variables: [String: [String]] = [:]

  init(facts: FactTable) { self.facts = facts }

  /// An expression of a type; of any where none is given.
  mutating func write(
    _ expression: ForeignExpression, as wanted: ForeignType? = nil
  ) throws(ImportProblem) -> Written {
    let written = try plain(expression, wanted)
    if let wanted, written.type != wanted, wanted != .unknown, written.type != .unknown,
      !(written.type == .list(.unknown)), !(wanted == .list(.unknown) && written.type.isList)
    {
      throw ImportProblem(
        "this is \(written.type.words), where \(wanted.words) is expected", at: expression.range)
    }
    return written
  }

  private mutating func plain(
    _ expression: ForeignExpression, _ wanted: ForeignType?
  ) throws(ImportProblem) -> Written {
    switch expression.kind {
    case .literal(let value): return try literal(value, at: expression.range)
    case .path(let parts): return try path(parts, wanted, at: expression.range)
    case .not(let operand):
      let inner = try write(operand, as: .bool)
      return Written(text: "!\(inner.text(within: 6))", type: .bool, level: 6)
    case .negative(let operand):
      let inner = try write(operand, as: .number)
      return Written(text: "-\(inner.text(within: 7))", type: .number, level: 6)
    case .binary(let sign, let left, let right):
      return try binary(sign, left, right, at: expression.range)
    case .conditional(let condition, let first, let second):
      return try conditional(condition, first, second, wanted)
    case .list(let elements): return try list(elements, wanted)
    case .call(let function, let arguments):
      return try call(function, arguments, at: expression.range)
    case .quantified(let quantifier, let variable, let list, let condition):
      return try quantified(quantifier, variable, list, condition)
    case .isMissing(let operand): return try isMissing(operand)
    }
  }

  // MARK: Names

  /// The path of a fact inside a list, where a variable of a quantifier leads to it.
  func element(_ parts: [String]) -> [String]? {
    guard let first = parts.first, let base = variables[first] else { return nil }
    return base + ["[]"] + parts.dropFirst()
  }

  private mutating func path(
    _ parts: [String], _ wanted: ForeignType?, at range: SourceRange
  ) throws(ImportProblem) -> Written {
    if let path = element(parts) {
      try facts.read(path, as: wanted, at: range)
      let name = names.map { names in
        [Self.variableName(parts[0])]
          + names.names(of: Array(path), from: path.count - parts.count + 1)
      }
      return Written(
        text: name?.joined(separator: ".") ?? "", type: facts.type(of: path), level: 7)
    }
    switch scope.meaning(of: parts) {
    case .value(let term):
      termsRead.insert(term)
      return Written(
        text: names.map { "input.\($0.terms[term] ?? term)" } ?? "",
        type: termTypes[term] ?? .unknown, level: 7)
    case .fact:
      try facts.read(parts, as: wanted, at: range)
      return Written(
        text: names.map { (["input"] + $0.names(of: parts, from: 0)).joined(separator: ".") } ?? "",
        type: facts.type(of: parts), level: 7)
    case .lost:
      throw ImportProblem(
        "'\(parts.joined(separator: "."))' is needed here, and can't be imported", at: range)
    case .none:
      throw ImportProblem(
        "nothing gives a value for '\(parts.joined(separator: "."))' here", at: range)
    }
  }

  /// The variable of a quantifier, which no fact and no type goes by.
  private static func variableName(_ marker: String) -> String { "each\(marker.dropFirst())" }

  private mutating func isMissing(
    _ operand: ForeignExpression
  ) throws(ImportProblem) -> Written {
    guard case .path(let parts) = operand.kind, parts.count > 1 || element(parts) == nil else {
      throw ImportProblem("only of a fact can be asked whether it is given", at: operand.range)
    }
    if element(parts) == nil, case .value = scope.meaning(of: parts) {
      throw ImportProblem(
        "whether a value that is computed is null can't be said in a policy", at: operand.range)
    }
    let written = try write(operand)
    facts.makeOptional(element(parts) ?? parts)
    return Written(text: "!has(\(written.text))", type: .bool, level: 6)
  }

  // MARK: Values

  private func literal(_ value: ForeignValue, at range: SourceRange) throws(ImportProblem)
    -> Written
  {
    guard let text = CELLiteral.text(of: value), let type = value.type else {
      throw ImportProblem("null is not a value in policies; it is what is not given", at: range)
    }
    return Written(text: text, type: type, level: text.hasPrefix("-") ? 6 : 7)
  }

  private mutating func list(
    _ elements: [ForeignExpression], _ wanted: ForeignType?
  ) throws(ImportProblem) -> Written {
    var type: ForeignType = .unknown
    if case .list(let element)? = wanted { type = element }
    for element in elements where type == .unknown { type = knownType(of: element) }
    var texts: [String] = []
    for element in elements { texts.append(try write(element, as: type).text) }
    return Written(text: "[\(texts.joined(separator: ", "))]", type: .list(type), level: 7)
  }

  private mutating func conditional(
    _ condition: ForeignExpression, _ first: ForeignExpression, _ second: ForeignExpression,
    _ wanted: ForeignType?
  ) throws(ImportProblem) -> Written {
    let test = try write(condition, as: .bool)
    let type = common(first, second, wanted)
    let one = try write(first, as: type)
    let other = try write(second, as: type)
    return Written(
      text: "\(test.text(within: 1)) ? \(one.text(within: 1)) : \(other.text(within: 0))",
      type: type, level: 0)
  }

  /// The type that two expressions have in common.
  private func common(
    _ left: ForeignExpression, _ right: ForeignExpression, _ wanted: ForeignType? = nil
  ) -> ForeignType {
    if let wanted, wanted != .unknown { return wanted }
    let type = knownType(of: left)
    return type == .unknown ? knownType(of: right) : type
  }

  // MARK: Operators

  private mutating func binary(
    _ sign: ForeignExpression.Operator, _ left: ForeignExpression, _ right: ForeignExpression,
    at range: SourceRange
  ) throws(ImportProblem) -> Written {
    switch sign {
    case .and, .or:
      let level = sign == .and ? 2 : 1
      let one = try write(left, as: .bool).text(within: level)
      let other = try write(right, as: .bool).text(within: level + 1)
      return Written(text: "\(one) \(sign.rawValue) \(other)", type: .bool, level: level)
    case .plus, .minus, .times, .divided: return try arithmetic(sign, left, right, at: range)
    case .isIn: return try membership(left, right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let type = common(left, right)
      if type == .bool || type == .object || type.isList, sign != .equal, sign != .notEqual {
        throw ImportProblem("\(type.words) has no order here", at: range)
      }
      if type == .bool, let flag = try truth(sign, left, right) { return flag }
      let one = try compared(left, as: type)
      let other = try compared(right, as: type)
      return Written(text: "\(one) \(sign.rawValue) \(other)", type: .bool, level: 3)
    }
  }

  /// A condition that is compared with true or false, as that condition or its opposite.
  private mutating func truth(
    _ sign: ForeignExpression.Operator, _ left: ForeignExpression, _ right: ForeignExpression
  ) throws(ImportProblem) -> Written? {
    for (side, other) in [(left, right), (right, left)] {
      guard case .bool(let flag)? = other.literal else { continue }
      let written = try write(side, as: .bool)
      guard flag == (sign == .equal) else {
        return Written(text: "!\(written.text(within: 6))", type: .bool, level: 6)
      }
      return written
    }
    return nil
  }

  /// One side of a comparison, where a whole number needs no fraction.
  private mutating func compared(
    _ side: ForeignExpression, as type: ForeignType
  ) throws(ImportProblem) -> String {
    if case .number(let number)? = side.literal, type == .number, let whole = Int(exactly: number) {
      return String(whole)
    }
    return try write(side, as: type).text(within: 4)
  }

  private mutating func arithmetic(
    _ sign: ForeignExpression.Operator, _ left: ForeignExpression, _ right: ForeignExpression,
    at range: SourceRange
  ) throws(ImportProblem) -> Written {
    var type = common(left, right)
    if type == .unknown { type = .number }
    guard type == .number || (type == .text && sign == .plus) || type == .duration && isSum(sign)
    else {
      throw ImportProblem(
        "'\(sign.rawValue)' with \(type.words) can't be said in a policy", at: range,
        help: type == .date ? "days are added with 'addDays', and counted with 'daysUntil'" : nil)
    }
    let level = isSum(sign) ? 4 : 5
    let one = try write(left, as: type).text(within: level)
    let other = try write(right, as: type).text(within: level + 1)
    let text = "\(one) \(sign.rawValue) \(other)"
    guard sign == .divided, right.literal == nil || right.literal == .number(0) else {
      return Written(text: text, type: type, level: level)
    }
    // The divisor is written twice, and so on within divisors.
    guard other.utf8.count < Self.maximumDivisor else {
      throw ImportProblem("the divisor is too long to be written in a policy", at: right.range)
    }
    // A double divided by zero is infinite here, and null or an error there: a position that is not
    // there makes it an error here too.
    return Written(text: "[\(text)][\(other) == 0 ? 1 : 0]", type: type, level: 7)
  }

  private func isSum(_ sign: ForeignExpression.Operator) -> Bool { sign == .plus || sign == .minus }

  private mutating func membership(
    _ element: ForeignExpression, _ list: ForeignExpression
  ) throws(ImportProblem) -> Written {
    var type = knownType(of: element)
    if type == .unknown, case .list(let known) = knownType(of: list) { type = known }
    let one = try write(element, as: type).text(within: 4)
    let other = try write(list, as: .list(type)).text(within: 4)
    return Written(text: "\(one) in \(other)", type: .bool, level: 3)
  }

  private mutating func quantified(
    _ quantifier: ForeignExpression.Quantifier, _ variable: String, _ list: ForeignExpression,
    _ condition: ForeignExpression
  ) throws(ImportProblem) -> Written {
    guard case .path(let parts) = list.kind else {
      throw ImportProblem(
        "going through a list that is not a fact can't be said in a policy", at: list.range)
    }
    if element(parts) == nil, case .value = scope.meaning(of: parts) {
      throw ImportProblem(
        "going through a list that is computed can't be said in a policy", at: list.range)
    }
    let over = try write(list, as: .list(.unknown))
    variables[variable] = element(parts) ?? parts
    defer { variables[variable] = nil }
    let test = try write(condition, as: .bool)
    return Written(
      text:
        "\(over.text).\(quantifier.rawValue)(\(Self.variableName(variable)), \(test.text))",
      type: .bool, level: 7)
  }
}
