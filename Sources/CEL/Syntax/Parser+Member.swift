import Diagnostics

/// Members and primary expressions: names, selections, calls, literals, lists and maps.
extension Parser {
  /// Reads `Member = Primary {"." ["?"] SELECTOR ["(" [ExprList] ")"] | "[" ["?"] Expr "]"}`.
  mutating func parseMember() -> Expression {
    let start = current.range.lowerBound
    var operand = parsePrimary()
    while true {
      switch peek {
      case .dot:
        advance()
        operand = parseSelection(of: operand, from: start)
      case .leftBracket:
        let opening = advance()
        let isOptional = accept(.question)
        let index = parseExpression()
        close(.rightBracket, "]", opening: opening)
        operand = node(.index(operand, index, isOptional: isOptional), from: start)
      case .leftBrace where isQualifiedName(operand):
        diagnostics.append(.messageConstruction(at: operand.range))
        _ = parsePrimary()
        operand = node(.error, from: start)
      default: return operand
      }
    }
  }

  private func isQualifiedName(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .identifier: true
    case .select(let operand, _, false): isQualifiedName(operand)
    default: false
    }
  }

  private mutating func parseSelection(of operand: Expression, from start: Int) -> Expression {
    let isOptional = accept(.question)
    guard peek == .identifier || peek == .reserved else {
      reportExpected("the name of a field")
      return node(.error, from: start)
    }
    let name = parseName()
    guard !isOptional, peek == .leftParenthesis else {
      return node(.select(operand, field: name, isOptional: isOptional), from: start)
    }
    let arguments = parseArguments()
    let macro = expandMacro(target: operand, function: name, arguments: arguments)
    return node(
      macro ?? .call(target: operand, function: name, arguments: arguments), from: start)
  }

  /// Reads the current token as a name.
  private mutating func parseName() -> Expression.Name {
    let token = advance()
    return Expression.Name(string(of: token), at: range(of: token))
  }

  /// Reads `"(" [Expr {"," Expr}] ")"`.
  private mutating func parseArguments() -> [Expression] {
    let opening = advance()
    var arguments: [Expression] = []
    while peek != .rightParenthesis, peek != .end {
      arguments.append(parseElement())
      if !accept(.comma) { break }
      if peek == .rightParenthesis { reportExpected("another argument") }
    }
    close(.rightParenthesis, ")", opening: opening)
    return arguments
  }

  /// An expression in a list of such; skips what does not belong to it.
  private mutating func parseElement() -> Expression {
    let expression = parseExpression()
    switch peek {
    case .comma, .rightParenthesis, .rightBracket, .rightBrace, .colon, .end: break
    default:
      reportExpected("',' or a closing bracket")
      recover()
    }
    return expression
  }

  /// Reads `Primary = ["."] IDENT ["(" [ExprList] ")"] | "(" Expr ")" | "[" ... "]" | "{" ... "}" | LITERAL`.
  private mutating func parsePrimary() -> Expression {
    let start = current.range.lowerBound
    switch peek {
    case .dot where peekAfter == .identifier:
      advance()
      return parseIdentifier(isAbsolute: true, from: start)
    case .identifier: return parseIdentifier(isAbsolute: false, from: start)
    case .leftParenthesis:
      let opening = advance()
      let inner = parseExpression()
      close(.rightParenthesis, ")", opening: opening)
      return inner
    case .leftBracket: return parseList()
    case .leftBrace: return parseMap()
    case .true: advance(); return node(.literal(.bool(true)), from: start)
    case .false: advance(); return node(.literal(.bool(false)), from: start)
    case .null: advance(); return node(.literal(.null), from: start)
    case .string(let form): return parseString(form)
    case .int, .uint, .double, .minus: return parseNumber()
    default:
      reportExpected("an expression")
      let range = range(of: current)
      // Brackets, commas and what comes after are left to whoever opened them.
      switch peek {
      case .comma, .rightParenthesis, .rightBracket, .rightBrace, .colon, .end: break
      default: skipMistake()
      }
      return Expression(.error, at: range)
    }
  }

  private mutating func parseIdentifier(isAbsolute: Bool, from start: Int) -> Expression {
    let name = parseName()
    guard peek == .leftParenthesis else {
      return node(.identifier(name.text, isAbsolute: isAbsolute), from: start)
    }
    let arguments = parseArguments()
    let macro =
      isAbsolute ? nil : expandMacro(target: nil, function: name, arguments: arguments)
    let function = isAbsolute ? Expression.Name("." + name.text, at: name.range) : name
    return node(macro ?? .call(target: nil, function: function, arguments: arguments), from: start)
  }

  /// Reads `"[" [["?"] Expr {"," ["?"] Expr}] [","] "]"`.
  private mutating func parseList() -> Expression {
    let opening = advance()
    var elements: [Expression.ListElement] = []
    while peek != .rightBracket, peek != .end {
      let isOptional = accept(.question)
      elements.append(Expression.ListElement(value: parseElement(), isOptional: isOptional))
      if !accept(.comma) { break }
    }
    close(.rightBracket, "]", opening: opening)
    return node(.list(elements), from: opening.range.lowerBound)
  }

  /// Reads `"{" [["?"] Expr ":" Expr {"," ["?"] Expr ":" Expr}] [","] "}"`.
  private mutating func parseMap() -> Expression {
    let opening = advance()
    var entries: [Expression.MapEntry] = []
    while peek != .rightBrace, peek != .end {
      let isOptional = accept(.question)
      let key = parseElement()
      if accept(.colon) {
        entries.append(
          Expression.MapEntry(key: key, value: parseElement(), isOptional: isOptional))
      } else {
        reportExpected("':' and the value of the key")
        recover()
      }
      if !accept(.comma) { break }
    }
    close(.rightBrace, "}", opening: opening)
    return node(.map(entries), from: opening.range.lowerBound)
  }

  // MARK: Literals

  private mutating func parseString(_ form: Token.StringForm) -> Expression {
    let token = advance()
    let literal = StringLiteral(form, bytes: text.bytes, range: token.range)
    for mistake in literal.mistakes {
      diagnostics.append(.malformedEscape(mistake.message, at: text.range(of: mistake.range)))
    }
    let value: CELValue =
      form.isBytes
      ? .bytes(literal.content) : .string(String(decoding: literal.content, as: UTF8.self))
    return node(.literal(value), from: token.range.lowerBound)
  }

  /// A number, with the minus before it.
  private mutating func parseNumber() -> Expression {
    let start = current.range.lowerBound
    let isNegative = accept(.minus)
    let token = advance()
    var digits = string(of: token)
    if token.kind == .uint { digits.removeLast() }
    let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
    if isHexadecimal { digits.removeFirst(2) }
    let sign = isNegative ? "-" : ""
    let radix = isHexadecimal ? 16 : 10
    let value: CELValue?
    switch token.kind {
    case .int: value = Int64(sign + digits, radix: radix).map(CELValue.int)
    case .uint: value = UInt64(digits, radix: radix).map(CELValue.uint)
    default: value = Double(sign + digits).map(CELValue.double)
    }
    guard let value else {
      let type = token.kind == .uint ? "a uint (64 bits)" : "an int (64 bits)"
      diagnostics.append(.numberOutOfRange(type, at: text.range(of: start..<previousEnd)))
      return node(.error, from: start)
    }
    return node(.literal(value), from: start)
  }
}
