import Diagnostics

/// Parses expressions of FEEL and of GoRules to what both and policies can say.
///
/// One function for each level of the grammars (DMN 1.5, 10.3.1.2), loosest first. What the grammars have and
/// policies don't is a problem at its place, never left out.
struct ExpressionParser {
  /// How deep expressions may nest.
  private static let maximumDepth = 60

  let dialect: ExpressionDialect
  private let text: MappedText
  private let tokens: [ExpressionToken]
  private var position = 0
  private var depth = 0
  /// What `?` (FEEL) or `$` (GoRules) stands for in a cell of a table.
  var subject: ForeignExpression?
  /// The variables of the quantifiers around, with the names that stand for them in paths.
  var variables: [(written: String, name: String)] = []

  /// An expression that stands by itself.
  static func expression(
    _ text: MappedText, dialect: ExpressionDialect
  ) throws(ImportProblem) -> ForeignExpression {
    var parser = try ExpressionParser(text, dialect: dialect)
    let expression = try parser.expression()
    try parser.finish()
    return expression
  }

  init(_ text: MappedText, dialect: ExpressionDialect) throws(ImportProblem) {
    self.text = text
    self.dialect = dialect
    tokens = try ExpressionLexer.tokens(of: text, dialect: dialect)
  }

  // MARK: Tokens

  var current: ExpressionToken { tokens[position] }
  var following: ExpressionToken { tokens[min(position + 1, tokens.count - 1)] }
  var isFEEL: Bool { dialect.language == .feel }
  /// Where the current token starts.
  var start: Int { current.bytes.lowerBound }

  /// Where what was read last ends.
  var endOfLast: Int { tokens[max(position - 1, 0)].bytes.upperBound }

  /// The tokens that were read from a place on.
  func tokensSince(_ start: Int) -> ArraySlice<ExpressionToken> {
    tokens[..<position].drop { $0.bytes.lowerBound < start }
  }

  /// The tokens from the current one on.
  var tokensAhead: ArraySlice<ExpressionToken> { tokens[position...] }

  mutating func advance() { if position < tokens.count - 1 { position += 1 } }

  mutating func take(sign: String) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  mutating func take(word: String) -> Bool {
    guard current.kind == .name(word) else { return false }
    advance()
    return true
  }

  mutating func expect(sign: String) throws(ImportProblem) {
    guard take(sign: sign) else { throw unexpected("'\(sign)'") }
  }

  mutating func expect(word: String) throws(ImportProblem) {
    guard take(word: word) else { throw unexpected("'\(word)'") }
  }

  func finish() throws(ImportProblem) {
    guard current.kind == .end else { throw unexpected("the end") }
  }

  func unexpected(_ wanted: String) -> ImportProblem {
    let what = current.kind == .end ? "the end" : "'\(text.range(of: current.bytes).text)'"
    return problem("\(wanted) is expected, not \(what)", current.bytes)
  }

  func problem(_ message: String, _ bytes: Range<Int>, help: String? = nil) -> ImportProblem {
    ImportProblem(message, at: text.range(of: bytes), help: help)
  }

  func unsayable(_ what: String, _ bytes: Range<Int>, help: String? = nil) -> ImportProblem {
    problem("\(what) can't be said in a policy", bytes, help: help)
  }

  /// A node from a place up to what was read last.
  func node(_ kind: ForeignExpression.Kind, from start: Int) -> ForeignExpression {
    let end = max(start, tokens[max(position - 1, 0)].bytes.upperBound)
    return ForeignExpression(kind, at: text.range(of: start..<end))
  }

  // MARK: Levels

  mutating func expression() throws(ImportProblem) -> ForeignExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw problem("the expression nests deeper than \(Self.maximumDepth) levels", current.bytes)
    }
    let start = start
    if isFEEL {
      if take(word: "if") { return try conditional(from: start) }
      if current.kind == .name("some") || current.kind == .name("every"),
        case .name = following.kind
      {
        return try quantified(from: start)
      }
      if current.kind == .name("for") || current.kind == .name("function") {
        throw unsayable("'\(text.range(of: current.bytes).text)'", current.bytes)
      }
      return try disjunction()
    }
    let condition = try disjunction()
    if current.kind == .sign("??") { throw unsayable("'??'", current.bytes) }
    guard take(sign: "?") else { return condition }
    let first = try expression()
    try expect(sign: ":")
    let second = try expression()
    return node(.conditional(condition, first, second), from: start)
  }

  private mutating func conditional(from start: Int) throws(ImportProblem) -> ForeignExpression {
    let condition = try expression()
    try expect(word: "then")
    let first = try expression()
    try expect(word: "else")
    let second = try expression()
    return node(.conditional(condition, first, second), from: start)
  }

  /// `some x in list satisfies condition`, also over several lists.
  private mutating func quantified(from start: Int) throws(ImportProblem) -> ForeignExpression {
    let quantifier: ForeignExpression.Quantifier = take(word: "some") ? .some : .all
    if quantifier == .all { try expect(word: "every") }
    guard case .name(let written) = current.kind else { throw unexpected("a name") }
    advance()
    try expect(word: "in")
    let list = try additive()
    guard current.kind != .sign(",") else {
      throw unsayable("a quantifier over several lists", current.bytes)
    }
    try expect(word: "satisfies")
    let name = "#\(variables.count + 1)"
    variables.append((written, name))
    let condition = try expression()
    variables.removeLast()
    return node(
      .quantified(quantifier, variable: name, over: list, condition: condition), from: start)
  }

  private mutating func disjunction() throws(ImportProblem) -> ForeignExpression {
    let start = start
    var left = try conjunction()
    while take(word: "or") || take(sign: "||") {
      left = node(.binary(.or, left, try conjunction()), from: start)
    }
    return left
  }

  private mutating func conjunction() throws(ImportProblem) -> ForeignExpression {
    let start = start
    var left = try comparison()
    while take(word: "and") || take(sign: "&&") {
      left = node(.binary(.and, left, try comparison()), from: start)
    }
    return left
  }

  private mutating func comparison() throws(ImportProblem) -> ForeignExpression {
    let start = start
    let left = try additive()
    if let sign = try comparisonSign() {
      return compared(left, sign, try additive(), from: start)
    }
    if isFEEL, take(word: "between") {
      let low = try additive()
      try expect(word: "and")
      let high = try additive()
      return node(
        .binary(
          .and, node(.binary(.greaterOrEqual, left, low), from: start),
          node(.binary(.lessOrEqual, left, high), from: start)), from: start)
    }
    if isFEEL, current.kind == .name("instance") { throw unsayable("'instance of'", current.bytes) }
    if take(word: "in") { return try membership(of: left) }
    if !isFEEL, current.kind == .name("not"), following.kind == .name("in") {
      advance()
      advance()
      return node(.not(try membership(of: left)), from: start)
    }
    return left
  }

  /// A comparison; with null it asks whether a fact is given.
  func compared(
    _ left: ForeignExpression, _ sign: ForeignExpression.Operator, _ right: ForeignExpression,
    from start: Int
  ) -> ForeignExpression {
    if sign == .equal || sign == .notEqual {
      for (side, other) in [(left, right), (right, left)] where other.literal == .null {
        let isMissing = node(.isMissing(side), from: start)
        return sign == .equal ? isMissing : node(.not(isMissing), from: start)
      }
    }
    return node(.binary(sign, left, right), from: start)
  }

  /// The sign of a comparison, gone over; nil where there is none.
  mutating func comparisonSign() throws(ImportProblem) -> ForeignExpression.Operator? {
    guard case .sign(let sign) = current.kind else { return nil }
    let found: ForeignExpression.Operator? =
      switch sign {
      case "<": .less
      case "<=": .lessOrEqual
      case ">": .greater
      case ">=": .greaterOrEqual
      case "!=": .notEqual
      case "=" where isFEEL: .equal
      case "==" where !isFEEL: .equal
      case "=", "==":
        throw problem(
          "'\(sign)' does not compare here", current.bytes,
          help: "write '\(isFEEL ? "=" : "==")'")
      default: nil
      }
    if found != nil { advance() }
    return found
  }

  mutating func additive() throws(ImportProblem) -> ForeignExpression {
    let start = start
    var left = try multiplicative()
    while true {
      if take(sign: "+") {
        left = node(.binary(.plus, left, try multiplicative()), from: start)
      } else if take(sign: "-") {
        left = node(.binary(.minus, left, try multiplicative()), from: start)
      } else {
        return left
      }
    }
  }

  private mutating func multiplicative() throws(ImportProblem) -> ForeignExpression {
    let start = start
    var left = try unary()
    while true {
      if take(sign: "*") {
        left = node(.binary(.times, left, try unary()), from: start)
      } else if take(sign: "/") {
        left = node(.binary(.divided, left, try unary()), from: start)
      } else if ["**", "^", "%"].map(ExpressionToken.Kind.sign).contains(current.kind) {
        throw unsayable("'\(text.range(of: current.bytes).text)' of fractions", current.bytes)
      } else {
        return left
      }
    }
  }

  private mutating func unary() throws(ImportProblem) -> ForeignExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw problem("the expression nests deeper than \(Self.maximumDepth) levels", current.bytes)
    }
    let start = start
    if take(sign: "-") { return node(.negative(try unary()), from: start) }
    let isNegation =
      !isFEEL && (current.kind == .sign("!") || current.kind == .name("not"))
    if isNegation {
      advance()
      return node(.not(try unary()), from: start)
    }
    return try primary()
  }
}
