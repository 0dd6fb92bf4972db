import Diagnostics
import Testing

@testable import PolicyImport

/// A cell of a table, and what is made of it.
struct Cell: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String

  init(_ text: String, _ expected: String) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }

  /// The condition in the language of policies, `-` for none, or what is wrong.
  func written(_ dialect: ExpressionDialect, type: ForeignType) -> String {
    let source = Source(name: "cell", text: text)
    let whole = SourceRange(source: source, bytes: 0..<source.bytes.count)
    let subject = ForeignExpression(.path(["x"]), at: whole)
    var facts = FactTable(
      declarations: ["x": type, "y": .number, "l": .list(.number)].reduce(into: [:]) {
        $0[[$1.key]] = FactDeclaration(type: $1.value)
      })
    do {
      guard let test = try ExpressionParser.test(MappedText(source), of: subject, dialect: dialect)
      else { return "-" }
      var writer = ExpressionWriter(facts: facts)
      _ = try writer.write(test, as: .bool)
      facts = writer.facts
      writer.names = FactNames(facts: facts.order, terms: [])
      return try writer.write(test, as: .bool).text
    } catch {
      let place = error.diagnostic.range?.start.column ?? 0
      return "\(place): \(error.diagnostic.message)"
    }
  }
}

@Suite struct ExpressionTests {
  @Test(arguments: [
    Cell("-", "-"), Cell("", "-"), Cell("5", "input.x == 5"), Cell("< 5", "input.x < 5"),
    Cell("-1", "input.x == -1"), Cell("> -1.5", "input.x > -1.5"),
    Cell("[1..5]", "input.x >= 1 && input.x <= 5"), Cell("]1..5[", "input.x > 1 && input.x < 5"),
    Cell("(1..5)", "input.x > 1 && input.x < 5"),
    Cell("1, > 3", "input.x == 1 || input.x > 3"),
    Cell("not(1, [3..4])", "!(input.x == 1 || input.x >= 3 && input.x <= 4)"),
    Cell("null", "!has(input.x)"), Cell("not(null)", "!!has(input.x)"),
    Cell("y", "input.x == input.y"), Cell("> y + 1", "input.x > input.y + 1.0"),
    Cell("? > 2 and ? < y", "input.x > 2 && input.x < input.y"),
    Cell("if y > 1 then 2 else 3", "input.x == (input.y > 1 ? 2.0 : 3.0)"),
    Cell("y / 2", "input.x == input.y / 2.0"),
    Cell("2 / y", "input.x == [2.0 / input.y][input.y == 0 ? 1 : 0]"),
    Cell("max(l)", "input.x == math.greatest(input.l)"),
    Cell("count(l)", "input.x == double(size(input.l))"),
    Cell("? in (1, > 8)", "input.x == 1 || input.x > 8"),
    Cell("? between 1 and y", "input.x >= 1 && input.x <= input.y"),
    Cell("some e in l satisfies e > ?", "input.l.exists(each1, each1 > input.x)"),
    Cell("\"5\"", "1: this is a text, where a number is expected"),
    Cell(
      "12345678901234567",
      "1: '12345678901234567' has more digits than numbers have here: at most 15 that count"),
    Cell("5 ** 2", "3: '**' of fractions can't be said in a policy"),
    Cell("< ", "3: an expression is expected, not the end"),
    Cell("[1..", "5: an expression is expected, not the end"),
    Cell("1 2", "3: the end is expected, not '2'"),
    Cell("y > 2", "1: it is not clear whether this is the answer or a value to compare with"),
    Cell("== 5", "1: '==' does not compare here"),
    Cell("l[1]", "2: a part of a list, picked by position or condition, can't be said in a policy"),
    Cell(
      "flor(2.5)", "1: the function 'flor' has no counterpart with the same meaning in policies"),
    Cell("% 2", "1: an expression is expected, not '%'"),
  ])
  func `a cell of FEEL that is about a number`(cell: Cell) {
    #expect(cell.written(.feel(declaring: []), type: .number) == cell.expected)
  }

  @Test(arguments: [
    Cell("\"a\", \"b\"", "input.x == 'a' || input.x == 'b'"),
    Cell("\"it's \\\"so\\\"\\n\"", "input.x == 'it\\'s \"so\"\\n'"),
    Cell("starts with(?, \"Jos\u{E9}\")", "input.x.startsWith('Jos\u{E9}')"),
    Cell("string length(?) > 3", "double(size(input.x)) > 3"),
    Cell(
      "upper case(?) = \"A\"",
      "1: the function 'upper case' has no counterpart with the same meaning in policies"),
    Cell("5", "1: this is a number, where a text is expected"),
  ])
  func `a cell of FEEL that is about a text`(cell: Cell) {
    #expect(cell.written(.feel(declaring: []), type: .text) == cell.expected)
  }

  @Test(arguments: [
    Cell("< date(\"2026-03-08\")", "input.x < date('2026-03-08')"),
    Cell("@\"2026-03-08\"", "input.x == date('2026-03-08')"),
    Cell("date(\"2026-02-30\")", "1: '2026-02-30' is not a date"),
    Cell(
      "date and time(\"2026-03-08T12:00:00\")",
      "1: '2026-03-08T12:00:00' is not an instant: it has no offset, as in 2026-03-08T12:00:00-05:00"
    ),
    Cell(
      "duration(\"P1M\")",
      "1: the duration 'P1M' can't be said in a policy: it counts months or years, or is misspelt"),
    Cell("time(\"12:00:00\")", "1: a time of day without its date can't be said in a policy"),
  ])
  func `a cell of FEEL that is about a date`(cell: Cell) {
    #expect(cell.written(.feel(declaring: []), type: .date) == cell.expected)
  }

  @Test(arguments: [
    Cell("", "-"), Cell(">= 3 and < 5_000", "input.x >= 3 && input.x < 5000"),
    Cell(">= 3, < 5", "input.x >= 3 || input.x < 5"), Cell("[1..5)", "input.x >= 1 && input.x < 5"),
    Cell("not in [1, 2]", "!(input.x in [1.0, 2.0])"), Cell("1, 2", "input.x == 1 || input.x == 2"),
    Cell("!= 3", "input.x != 3"), Cell("$ > y", "input.x > input.y"), Cell("y > 2", "input.y > 2"),
    Cell("y", "input.x == input.y"),
    Cell("some(l, # > $)", "input.l.exists(each1, each1 > input.x)"),
    Cell("none(l, # > $) and > 2", "!input.l.exists(each1, each1 > input.x) && input.x > 2"),
    Cell("]1..5[", "1: a bracket turned outwards means what lies outside in zen-engine"),
    Cell("[1..5[", "6: a bracket turned outwards means what lies outside in zen-engine"),
    Cell("y ?? 2", "3: the end is expected, not '??'"),
    Cell(
      "round(y)", "1: the function 'round' has no counterpart with the same meaning in policies"),
    Cell("`a${y}`", "1: a text with expressions in it can't be said in a policy's condition"),
  ])
  func `a cell of GoRules that is about a number`(cell: Cell) {
    #expect(cell.written(.goRules, type: .number) == cell.expected)
  }

  @Test func `a name of several words is one where it is declared`() throws {
    let source = Source(name: "cell", text: "Group  Size + 1 > Group")
    let expression = try ExpressionParser.expression(
      MappedText(source), dialect: .feel(declaring: ["Group Size"]))
    #expect(expression.paths == [["Group Size"], ["Group"]])
  }

  @Test(arguments: [
    String(repeating: "y + ", count: 500) + "1 > $",
    String(repeating: "$ in (($ in ((", count: 12) + "1",
    String(repeating: "1 / (", count: 50) + "y" + String(repeating: ")", count: 50),
  ])
  func `what is long takes no longer than it is long`(text: String) {
    _ = Cell(text, "").written(.goRules, type: .number)
    _ = Cell(text.replacing("$", with: "?"), "").written(.feel(declaring: []), type: .number)
  }

  @Test func `what nests too deep is refused, and does not overflow`() {
    let text = String(repeating: "(", count: 10_000)
    let cell = Cell(text, "")
    #expect(cell.written(.goRules, type: .number).hasSuffix("nests deeper than 60 levels"))
  }
}
