import Diagnostics

/// Reads expressions by recursive descent, one function for each rule of the specification's grammar.
///
/// A mistake is reported once where it stands and becomes an error node; then the parser skips to the
/// next comma or closing bracket of the same level and goes on, so that several mistakes of one
/// expression are found together. Nesting is bounded twice: `nesting` bounds the parser's own
/// recursion, and the height of the tree, which chains of operators also build, that of whatever walks
/// it later. `&&` and `||` take any number of operands, since their nodes are flat.
struct Parser {
  /// How deep an expression may be nested.
  ///
  /// The specification asks for 32 levels; a hundred fit on the smallest stacks that threads have, the
  /// half megabyte of secondary threads on macOS.
  static let nestingLimit = 100
  /// How many bytes an expression may have.
  static let lengthLimit = 100_000

  let text: MappedText
  private let tokens: [Token]
  private var position = 0
  private var nesting = 0
  /// Where a mistake was last reported: the same token is not complained about twice.
  private var reportedAt = -1
  var diagnostics: [Diagnostic] = []

  init(_ text: MappedText) {
    self.text = text
    guard text.bytes.count <= Self.lengthLimit else {
      tokens = [Token(kind: .end, range: 0..<0)]
      reportedAt = 0
      diagnostics = [.tooLong(limit: Self.lengthLimit, at: text.range(of: 0..<text.bytes.count))]
      return
    }
    var lexer = Lexer(text)
    tokens = lexer.tokens()
    diagnostics = lexer.diagnostics
  }

  /// The expression that is the whole text.
  mutating func parseWhole() -> Expression {
    guard peek != .end else {
      if reportedAt < 0 { diagnostics.append(.emptyExpression(at: range(of: current))) }
      return Expression(.error, at: text.range(of: 0..<text.bytes.count))
    }
    let expression = parseExpression()
    if peek != .end { reportTrailing() }
    return expression
  }

  // MARK: Tokens

  var current: Token { tokens[position] }
  var peek: Token.Kind { tokens[position].kind }
  /// The kind of the token after the current one.
  var peekAfter: Token.Kind { position + 1 < tokens.count ? tokens[position + 1].kind : .end }
  /// The offset at which the last token read ends.
  var previousEnd: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

  /// Reads the current token; at the end it stays there.
  @discardableResult
  mutating func advance() -> Token {
    let token = current
    if position + 1 < tokens.count { position += 1 }
    return token
  }

  /// Reads the current token if it is of the kind.
  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard peek == kind else { return false }
    advance()
    return true
  }

  func range(of token: Token) -> SourceRange { text.range(of: token.range) }
  func string(of token: Token) -> String {
    String(decoding: text.bytes[token.range], as: UTF8.self)
  }

  /// A node from an offset to the end of the last token read; an error node if the tree gets too high.
  mutating func node(_ kind: Expression.Kind, from start: Int) -> Expression {
    let range = text.range(of: start..<max(start, previousEnd))
    let expression = Expression(kind, at: range)
    guard expression.height > Self.nestingLimit else { return expression }
    reportTooDeep(at: range)
    return Expression(.error, at: range)
  }

  // MARK: Mistakes

  /// Reports that the current token is not what was expected, unless it is complained about already.
  mutating func reportExpected(_ wanted: String) {
    guard reportedAt != position else { return }
    reportedAt = position
    switch peek {
    case .invalid:
      let range = range(of: current)
      // Not more than are reported: each is compared with those before it.
      if diagnostics.count <= Diagnostic.limitOfExpression,
        !diagnostics.contains(where: { $0.range == range })
      {
        diagnostics.append(.unexpectedCharacter(at: range))
      }
    case .reserved: diagnostics.append(.reservedWord(at: range(of: current)))
    default:
      diagnostics.append(.expected(wanted, found: foundCurrent, at: range(of: current)))
    }
  }

  private var foundCurrent: String {
    peek == .end ? "the end" : "'\(string(of: current))'"
  }

  private mutating func reportTooDeep(at range: SourceRange) {
    if !diagnostics.contains(where: { $0.code == .tooDeep }) {
      diagnostics.append(.tooDeep(limit: Self.nestingLimit, at: range))
    }
    // What follows can only be understood wrongly.
    position = tokens.count - 1
    reportedAt = position
  }

  /// Reports what follows a complete expression.
  private mutating func reportTrailing() {
    guard reportedAt != position else { return }
    if peek == .invalid || peek == .reserved { return reportExpected("the end") }
    let help: String? =
      switch current.kind {
      case .rightParenthesis, .rightBracket, .rightBrace: "nothing was opened that it could close"
      case .identifier, .string, .int, .uint, .double, .true, .false, .null:
        "conditions are joined by '&&' (and) or '||' (or)"
      default: nil
      }
    diagnostics.append(.trailing(foundCurrent, at: range(of: current), help: help))
  }

  /// Skips a token that was complained about, and does not complain about the one that follows it.
  mutating func skipMistake() {
    advance()
    reportedAt = position
  }

  /// Skips to the next comma or closing bracket of this level.
  mutating func recover() {
    var depth = 0
    while peek != .end {
      switch peek {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if depth == 0 { return }
        depth -= 1
      case .comma where depth == 0: return
      default: break
      }
      advance()
    }
  }

  /// Reads the bracket that closes what `opening` opened, skipping what stands before it.
  mutating func close(_ kind: Token.Kind, _ closing: String, opening: Token) {
    if accept(kind) { return }
    if peek != .end { reportExpected("'\(closing)'") }
    while peek != .end, peek != kind {
      recover()
      if peek == .comma { advance() } else if peek != kind { break }
    }
    if accept(kind) { return }
    guard peek == .end, reportedAt != position else { return }
    reportedAt = position
    diagnostics.append(
      .unclosed(string(of: opening), closing: closing, from: range(of: opening)))
  }

  // MARK: Expressions

  /// Reads `Expr = ConditionalOr ["?" ConditionalOr ":" Expr]`.
  mutating func parseExpression() -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      let range = range(of: current)
      reportTooDeep(at: range)
      return Expression(.error, at: range)
    }
    let start = current.range.lowerBound
    let condition = parseConditionalOr()
    guard accept(.question) else { return condition }
    let then = parseConditionalOr()
    guard accept(.colon) else {
      reportExpected("':' and what holds otherwise")
      return node(.error, from: start)
    }
    let otherwise = parseExpression()
    return node(.conditional(condition, then: then, else: otherwise), from: start)
  }

  /// Reads `ConditionalOr = ConditionalAnd {"||" ConditionalAnd}`.
  private mutating func parseConditionalOr() -> Expression {
    let start = current.range.lowerBound
    var operands = [parseConditionalAnd()]
    while acceptLogic(.or, words: ["or", "OR", "Or"], marks: "|") {
      operands.append(parseConditionalAnd())
    }
    return operands.count == 1 ? operands[0] : node(.or(operands), from: start)
  }

  /// Reads `ConditionalAnd = Relation {"&&" Relation}`.
  private mutating func parseConditionalAnd() -> Expression {
    let start = current.range.lowerBound
    var operands = [parseRelation()]
    while acceptLogic(.and, words: ["and", "AND", "And"], marks: "&") {
      operands.append(parseRelation())
    }
    return operands.count == 1 ? operands[0] : node(.and(operands), from: start)
  }

  /// Reads a logical operator, also where it is written as other languages do, which is reported.
  private mutating func acceptLogic(_ kind: Token.Kind, words: [String], marks: String) -> Bool {
    if accept(kind) { return true }
    let isWord = peek == .identifier && words.contains(string(of: current))
    guard isWord || peek == .invalid && string(of: current) == marks else { return false }
    diagnostics.append(
      .wrongOperator(
        string(of: current), right: kind == .or ? "||" : "&&", at: range(of: current)))
    advance()
    return true
  }

  /// Reads `Relation = [Relation Relop] Addition`.
  private mutating func parseRelation() -> Expression {
    let start = current.range.lowerBound
    var left = parseAddition()
    while let relation = acceptRelation() {
      let right = parseAddition()
      left = node(.binary(relation, left, right), from: start)
    }
    return left
  }

  private mutating func acceptRelation() -> Expression.BinaryOperator? {
    switch peek {
    case .equal: advance(); return .equal
    case .notEqual: advance(); return .notEqual
    case .less:
      if peekAfter == .greater { return acceptMistaken("<>", right: .notEqual, count: 2) }
      advance()
      return .less
    case .lessOrEqual: advance(); return .lessOrEqual
    case .greater: advance(); return .greater
    case .greaterOrEqual: advance(); return .greaterOrEqual
    case .in: advance(); return .isIn
    case .invalid where string(of: current) == "=":
      return acceptMistaken("=", right: .equal, count: 1)
    default: return nil
    }
  }

  /// Reads an operator as other languages write it, and reports it.
  private mutating func acceptMistaken(
    _ written: String, right: Expression.BinaryOperator, count: Int
  ) -> Expression.BinaryOperator {
    let start = current.range.lowerBound
    for _ in 0..<count { advance() }
    diagnostics.append(
      .wrongOperator(
        written, right: right.rawValue, at: text.range(of: start..<previousEnd)))
    return right
  }

  /// Reads `Addition = [Addition ("+" | "-")] Multiplication`.
  private mutating func parseAddition() -> Expression {
    let start = current.range.lowerBound
    var left = parseMultiplication()
    while peek == .plus || peek == .minus {
      let operation = advance().kind == .plus ? Expression.BinaryOperator.add : .subtract
      let right = parseMultiplication()
      left = node(.binary(operation, left, right), from: start)
    }
    return left
  }

  /// Reads `Multiplication = [Multiplication ("*" | "/" | "%")] Unary`.
  private mutating func parseMultiplication() -> Expression {
    let start = current.range.lowerBound
    var left = parseUnary()
    while true {
      let operation: Expression.BinaryOperator
      switch peek {
      case .star: operation = .multiply
      case .slash: operation = .divide
      case .percent: operation = .remainder
      default: return left
      }
      advance()
      let right = parseUnary()
      left = node(.binary(operation, left, right), from: start)
    }
  }

  /// Reads `Unary = Member | "!" {"!"} Member | "-" {"-"} Member`.
  ///
  /// A minus before a number is part of the number, so that the least int can be written.
  private mutating func parseUnary() -> Expression {
    var starts: [(kind: Token.Kind, offset: Int)] = []
    while peek == .not || peek == .minus && !minusStartsNumber {
      starts.append((peek, current.range.lowerBound))
      advance()
    }
    var operand = parseMember()
    for (kind, offset) in starts.reversed() {
      operand = node(kind == .not ? .not(operand) : .negation(operand), from: offset)
    }
    return operand
  }

  private var minusStartsNumber: Bool { peekAfter == .int || peekAfter == .double }
}
