import Diagnostics
import TestSupport
import Testing

@testable import CEL

struct `Parser` {
  @Test(
    arguments: [
      ("1 + 2 * 3", "1 + 2 * 3"),
      ("(1 + 2) * 3", "(1 + 2) * 3"),
      ("1 - (2 - 3)", "1 - (2 - 3)"),
      ("a && b && c || d", "a && b && c || d"),
      ("a && (b && c)", "a && (b && c)"),
      ("(a || b) && c", "(a || b) && c"),
      ("a ? b : c ? d : e", "a ? b : c ? d : e"),
      ("(a ? b : c) ? d : e", "(a ? b : c) ? d : e"),
      ("a.b.?c[0][?1]", "a.b.?c[0][?1]"),
      (".a.b", ".a.b"),
      ("!(a == b)", "!(a == b)"),
      ("--5", "--5"),
      ("-(5)", "-(5)"),
      ("-(5).size()", "-(5.size())"),
      ("-5.size()", "-5.size()"),
      ("a - -5", "a - -5"),
      ("r'\\d'", "\"\\\\d\""),
      ("b'\\xff\"'", "b\"\\xff\\\"\""),
      ("{'a': 1, ?'b': c}", "{\"a\": 1, ?\"b\": c}"),
      ("[1, ?x,]", "[1, ?x]"),
      ("has(a.b)", "has(a.b)"),
      ("a.all(x, x > 0)", "a.all(x, x > 0)"),
      ("a.exists(i, x, x > i)", "a.exists(i, x, x > i)"),
      ("a.existsOne(x, x)", "a.exists_one(x, x)"),
      ("a.map(x, x > 0, x)", "a.map(x, x > 0, x)"),
      ("cel.bind(x, 1, x)", "cel.bind(x, 1, x)"),
      ("o.optMap(x, x).optFlatMap(x, x)", "o.optMap(x, x).optFlatMap(x, x)"),
      ("a in b && c < d // why", "a in b && c < d"),
      ("1.5e3 + .5", "1500.0 + 0.5"),
      ("0x1F + 0xFu", "31 + 15u"),
    ])
  func `reads and prints`(text: String, expected: String) {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "rule", text: text)
    let expression = Expression.parse(MappedText(source), into: &diagnostics)
    #expect(diagnostics == [])
    #expect(expression.description == expected)
    let again = Expression.parse(
      MappedText(Source(name: "again", text: expected)), into: &diagnostics)
    #expect(diagnostics == [])
    #expect(again.structure == expression.structure)
  }

  @Test(
    arguments: [
      ("", ["there is no expression here «»"]),
      ("  // nothing", ["there is no expression here «»"]),
      ("1 +", ["the end stands where an expression was expected «»"]),
      ("(1 + 2", ["the '(' that opens here has no ')' «(»"]),
      ("[1, 2", ["the '[' that opens here has no ']' «[»"]),
      (
        "1 + 2)",
        [
          "')' does not continue the expression before it «)» nothing was opened that it could close"
        ]
      ),
      ("f(1, )", ["')' stands where another argument was expected «)»"]),
      ("a = b", ["'=' is not an operator «=» write '=='"]),
      ("a <> b", ["'<>' is not an operator «<>» write '!='"]),
      (
        "a and b or c",
        ["'and' is not an operator «and» write '&&'", "'or' is not an operator «or» write '||'"]
      ),
      (
        "a & b | c",
        ["'&' is not an operator «&» write '&&'", "'|' is not an operator «|» write '||'"]
      ),
      (
        "a b",
        [
          "'b' does not continue the expression before it «b» conditions are joined by '&&' (and) or '||' (or)"
        ]
      ),
      ("'abc", ["the string that starts here has no closing ' «'»"]),
      (
        "'a\\qb'",
        [
          "'\\q' means nothing in a string «\\q» a backslash itself is written '\\\\', or the whole string with an r in front: r'...'"
        ]
      ),
      (
        "'\\u12'",
        [
          "the escape takes 4 hexadecimal digits «\\u12» a backslash itself is written '\\\\', or the whole string with an r in front: r'...'"
        ]
      ),
      (
        "'\\ud800'",
        [
          "the escape names no Unicode character «\\ud800» a backslash itself is written '\\\\', or the whole string with an r in front: r'...'"
        ]
      ),
      ("12abc", ["'12abc' is neither a number nor a name «12abc»"]),
      (
        "9223372036854775808",
        [
          "'9223372036854775808' is too large for an int (64 bits) «9223372036854775808»"
        ]
      ),
      (
        "18446744073709551616u",
        [
          "'18446744073709551616u' is too large for a uint (64 bits) «18446744073709551616u»"
        ]
      ),
      ("a # b", ["'#' means nothing in an expression «#»"]),
      (
        "a == “x”",
        [
          "'“' means nothing in an expression «“» text is written in straight quotes, 'like this'"
        ]
      ),
      ("if + 1", ["'if' is a reserved word and can't be a name «if»"]),
      (
        "has(a)",
        [
          "has() asks whether a field is there, and this is not a field «a» write it as in has(session.workOrder)"
        ]
      ),
      (
        "a.all(x.y, true)",
        [
          "'all' names its variable here, which must be a simple name «x.y»"
        ]
      ),
      ("a.all(x, x, true)", ["the two variables are both named 'x' «x»"]),
      (
        "a.b{c: 1}",
        [
          "'a.b' can't be constructed: there are no messages «a.b» a map is written {'key': value}"
        ]
      ),
      ("a ? b", ["the end stands where ':' and what holds otherwise was expected «»"]),
      (
        "f(1 +, 2 *) + [3 -]",
        [
          "',' stands where an expression was expected «,»",
          "')' stands where an expression was expected «)»",
          "']' stands where an expression was expected «]»",
        ]
      ),
      ("{1, 2: 3}", ["',' stands where ':' and the value of the key was expected «,»"]),
    ])
  func `reports every mistake`(text: String, expected: [String]) {
    var diagnostics: [Diagnostic] = []
    _ = Expression.parse(MappedText(Source(name: "rule", text: text)), into: &diagnostics)
    let messages = diagnostics.sortedByPlace().map {
      "\($0.message) «\($0.range?.text ?? "")»" + ($0.help.map { " \($0)" } ?? "")
    }
    #expect(messages == expected)
  }

  @Test(
    arguments: [
      ("", "(", ""), ("", "[", ""), ("", "!", "a"), ("", "-", "a"), ("a", ".b", ""),
      ("a", "[0]", ""), ("a", "+a", ""), ("", "a?b:", "c"), ("", "{1:", ""), ("", "f(", ""),
      ("", "a == ", "a"), ("", "a.all(x,", ""), ("", "cel.bind(x,1,", ""), ("", "((((a+", ""),
    ])
  func `reports once that nesting is too deep`(start: String, repeated: String, end: String) {
    let count = 99_000 / repeated.utf8.count
    let text = start + String(repeating: repeated, count: count) + end
    var diagnostics: [Diagnostic] = []
    _ = Expression.parse(MappedText(Source(name: "rule", text: text)), into: &diagnostics)
    #expect(diagnostics.map(\.code) == [.tooDeep])
  }

  @Test func `reads a chain of a thousand conditions`() {
    let text = (0..<1000).map { "\($0) > 0" }.joined(separator: " && ")
    #expect(evaluated("cel.bind(x, days, \(text))") == "false")
  }

  @Test func `refuses an expression that is too long`() {
    var diagnostics: [Diagnostic] = []
    let text = "'" + String(repeating: "a", count: 100_000) + "'"
    _ = Expression.parse(MappedText(Source(name: "rule", text: text)), into: &diagnostics)
    #expect(diagnostics.map(\.code) == [.tooLong])
  }

  @Test func `maps every node into the file`() {
    let file = Source(name: "policy.yaml", text: "when: 'a == ''b'''\n")
    // The text of the single-quoted scalar, in which '' stands for '.
    let text = MappedText(
      bytes: Array("a == 'b'".utf8), source: file,
      segments: [
        MappedText.Segment(text: 0, origin: 7), MappedText.Segment(text: 6, origin: 14),
        MappedText.Segment(text: 8, origin: 17),
      ], originEnd: 17)
    var diagnostics: [Diagnostic] = []
    let expression = Expression.parse(text, into: &diagnostics)
    #expect(expression.range.text == "a == ''b'")
    guard case .binary(.equal, let left, let right) = expression.kind else {
      Issue.record("no comparison")
      return
    }
    #expect(left.range.text == "a")
    #expect(right.range.text == "''b'")
    #expect(right.range.start == SourcePosition(line: 1, column: 13))
  }

  @Test func `does not trap on any bytes`() {
    var generator = SeededNumbers(seed: 1)
    let pieces =
      [
        "a", "(", ")", "[", "]", "{", "}", ".", "?", ":", ",", "'", "\"", "\\", "r'", "b\"", "'''",
        "0x", "1e", "1u", "-", "!", "&&", "||", "==", "in", " ", "\n", "//", "\u{0}", "é", "has(",
        ".all(x,", "9999999999999999999", "`", "if", "\\u", "true", "null", "cel.bind(",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3]]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...30, using: &generator)).flatMap { _ in
        pieces.randomElement(using: &generator) ?? []
      }
      var diagnostics: [Diagnostic] = []
      let source = Source(name: "rule", bytes: bytes)
      let expression = Expression.parse(MappedText(source), into: &diagnostics)
      let checked = Checker(environment: School.environment).check(expression, into: &diagnostics)
      _ = schoolEvaluator.record(checked, in: School.activation()).reads
    }
  }
}
