import Diagnostics

/// The cells of tables: tests of the value of their column.
extension ExpressionParser {
  /// What a cell asks of the value of its column; nil where it asks nothing.
  static func test(
    _ text: MappedText, of subject: ForeignExpression, dialect: ExpressionDialect
  ) throws(ImportProblem) -> ForeignExpression? {
    let written = text.string.trimmingBlanks
    if written.isEmpty || (dialect.language == .feel && written == "-") { return nil }
    var parser = try ExpressionParser(text, dialect: dialect)
    parser.subject = subject
    let test = try parser.tests()
    try parser.finish()
    return test
  }

  /// Tests parted by commas, of which one is enough.
  private mutating func tests() throws(ImportProblem) -> ForeignExpression {
    var tests = [try combinedTest()]
    while take(sign: ",") { tests.append(try combinedTest()) }
    return ForeignExpression.any(tests) ?? tests[0]
  }

  /// A test; in GoRules' language also several with `and` and `or` between them.
  private mutating func combinedTest() throws(ImportProblem) -> ForeignExpression {
    let start = start
    if isFEEL, current.kind == .name("not"), following.kind == .sign("(") {
      advance()
      advance()
      let inner = try tests()
      try expect(sign: ")")
      return node(.not(inner), from: start)
    }
    guard !isFEEL else { return try singleTest() }
    var alternatives: [ForeignExpression] = []
    repeat {
      var parts = [try singleTest()]
      while take(word: "and") { parts.append(try singleTest()) }
      alternatives += ForeignExpression.all(parts).map { [$0] } ?? []
    } while take(word: "or")
    return ForeignExpression.any(alternatives) ?? alternatives[0]
  }

  private mutating func singleTest() throws(ImportProblem) -> ForeignExpression {
    guard let subject else { throw unexpected("an expression") }
    let start = start
    if let sign = try comparisonSign() {
      let value = try additive()
      if current.kind == .sign("..") { throw unexpected("the end of the test") }
      return compared(subject, sign, value, from: start)
    }
    if !isFEEL {
      let isNot = current.kind == .name("not") && following.kind == .name("in")
      if isNot { advance() }
      if take(word: "in") {
        let test = try membership(of: subject)
        return isNot ? node(.not(test), from: start) : test
      }
    }
    if let range = try interval(of: subject) { return range }
    let value = isFEEL ? try expression() : try testOperand()
    return try test(of: subject, by: value, from: start)
  }

  /// What a value in a cell asks: to be equal to it, or to be in it where it is a list, unless it speaks of
  /// the column's value itself.
  private mutating func test(
    of subject: ForeignExpression, by value: ForeignExpression, from start: Int
  ) throws(ImportProblem) -> ForeignExpression {
    if mentionsSubject(from: start) { return value }
    switch value.kind {
    case .list: return node(.binary(.isIn, subject, value), from: start)
    case .binary(let sign, _, _) where sign.isComparison || [.and, .or, .isIn].contains(sign):
      // GoRules takes a condition in a cell as the answer itself; what FEEL makes of one depends on its value.
      if !isFEEL { return value }
      throw ImportProblem(
        "it is not clear whether this is the answer or a value to compare with", at: value.range,
        help: "name the column's value in it: '\(isFEEL ? "?" : "$")'")
    default: return compared(subject, .equal, value, from: start)
    }
  }

  private func mentionsSubject(from start: Int) -> Bool {
    tokensSince(start).contains { $0.kind == .sign(isFEEL ? "?" : "$") }
  }

  /// One operand of a test in GoRules' language, where `and` parts tests and not operands.
  private mutating func testOperand() throws(ImportProblem) -> ForeignExpression {
    let start = start
    let left = try additive()
    if let sign = try comparisonSign() {
      return compared(left, sign, try additive(), from: start)
    }
    return left
  }

  /// What `in` asks of a value: to be in an interval or a list, or to pass one of several tests.
  mutating func membership(
    of value: ForeignExpression
  ) throws(ImportProblem) -> ForeignExpression {
    let start = start
    if let range = try interval(of: value) { return range }
    if isFEEL, current.kind == .sign("(") {
      advance()
      let outer = subject
      subject = value
      defer { subject = outer }
      let inner = try tests()
      try expect(sign: ")")
      return inner
    }
    return node(.binary(.isIn, value, try additive()), from: start)
  }

  /// Brackets turned outwards, which leave out the ends in FEEL and mean what lies outside in GoRules.
  private func turned(_ bytes: Range<Int>) -> ImportProblem {
    problem(
      "a bracket turned outwards means what lies outside in zen-engine", bytes,
      help: "write '(' or ')' to leave out an end, and 'not in' for what lies outside")
  }

  /// An interval that begins here; nil, and nothing gone over, where none does.
  private mutating func interval(
    of value: ForeignExpression
  ) throws(ImportProblem) -> ForeignExpression? {
    let start = start
    guard case .sign(let opening) = current.kind, ["[", "(", "]"].contains(opening) else {
      return nil
    }
    guard startsInterval else {
      if opening == "]" { throw unexpected("a value") }
      return nil
    }
    let bracket = current.bytes
    advance()
    if !isFEEL, opening == "]" { throw turned(bracket) }
    let low = try additive()
    try expect(sign: "..")
    let high = try additive()
    if !isFEEL, current.kind == .sign("[") { throw turned(current.bytes) }
    guard case .sign(let closing) = current.kind, ["]", ")", "["].contains(closing) else {
      throw unexpected("']' or ')'")
    }
    advance()
    let lower = node(.binary(opening == "[" ? .greaterOrEqual : .greater, value, low), from: start)
    let upper = node(.binary(closing == "]" ? .lessOrEqual : .less, value, high), from: start)
    return node(.binary(.and, lower, upper), from: start)
  }

  /// Whether two dots follow before the bracket here is closed, or the test ends.
  ///
  /// `[` and `(` may as well begin a list or an operand in parentheses: which one it is shows behind its first
  /// value.
  private var startsInterval: Bool {
    var depth = 0
    for token in tokensAhead.dropFirst() {
      switch token.kind {
      case .sign(".."): if depth == 0 { return true }
      case .sign("("), .sign("["): depth += 1
      case .sign(")"), .sign("]"):
        depth -= 1
        if depth < 0 { return false }
      case .sign(","): if depth == 0 { return false }
      default: continue
      }
    }
    return false
  }
}
