import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import TestSupport
import Testing

struct ExportFormatTests {
  @Test func `the shipped formats have no mistake`() throws {
    var mistakes: [Diagnostic] = []
    let formats = ExportFormat.all(
      inPolicies: shippedFolder, of: try shippedPolicies(), into: &mistakes)
    #expect(mistakes.map(\.message) == [])
    #expect(formats.map(\.id) == ["generic-hours", "punches"])
  }

  @Test(arguments: [
    ("value: session.tuttor.id", "'tuttor' is not a fact of Session", "session.tuttor.id"),
    ("value: \"entry == 'reversl' ? 1 : 2\"", "'reversl' is not", "'reversl'"),
    ("value: \"line == 'Outt' ? 1 : 2\"", "'Outt' is not", "'Outt'"),
    ("value: session.date, format: txt", "'txt' is not a format", "txt"),
    ("value: session.start", "a timestamp can't be written in a cell as it is", "session.start"),
    ("value: session.date, format: 'HH:mm'", "the value is a date", "'HH:mm'"),
    ("value: minutes, format: decimal, decimals: 2, rounding: half-upp", "half-upp", "half-upp"),
    ("value: minutes, format: decimal, decimals: 9, rounding: up", "'decimals' is a whole", "9"),
    ("value: minutes, decimals: 2", "'decimals' says nothing here", "2"),
    ("value: session.id, total: true", "only numbers are added up", ""),
    (
      "value: 'session.encounters[0].student.grades.size() > 1 ? 1 : 2'",
      "which is confidential", ""
    ),
  ])
  func `a mistake in a column is found at its place`(
    column: String, message: String, underlined: String
  ) throws {
    let text = file(columns: "  - {header: A, \(column)}\n")
    let mistakes = try load(text).mistakes
    #expect(mistakes.count == 1, "\(mistakes.map(\.message))")
    let mistake = try #require(mistakes.first)
    #expect(mistake.message.contains(message), "\(mistake.message)")
    let range = try #require(mistake.range)
    let found = String(decoding: range.source.bytes[range.bytes], as: UTF8.self)
    #expect(underlined.isEmpty || underlined.contains(found) || found.contains(underlined))
  }

  @Test func `unknown names are answered by the nearest right one`() throws {
    let text = file(columns: "  - {header: A, value: batch}\n")
      .replacing("decision: export", with: "decision: exprot")
      .replacing("corrections: rows", with: "corrections: row")
      .replacing("about: Session", with: "about: Sesion")
    let helps = try load(text).mistakes.compactMap(\.help)
    #expect(
      helps == ["did you mean 'export'?", "did you mean 'Session'?", "did you mean 'rows'?"])
  }

  @Test func `two columns of one name, and two formats of one name, are mistakes`() throws {
    let column = "  - {header: A, value: batch}\n"
    #expect(
      try load(file(columns: column + column)).mistakes.map(\.code) == [.duplicate])
    var mistakes: [Diagnostic] = []
    let sources = ["a", "b"].map { Source(name: $0, text: file(columns: column)) }
    let formats = ExportFormat.load(sources, policies: try shippedPolicies(), into: &mistakes)
    #expect(formats.count == 1)
    #expect(mistakes.map(\.code) == [.duplicate])
  }

  @Test(arguments: [
    (Rounding.halfUp, [0, 1, 1, 2, -1, -1, -2]), (.halfEven, [0, 0, 1, 2, -1, 0, -2]),
    (.down, [0, 0, 0, 1, 0, 0, -1]), (.up, [1, 1, 1, 2, -1, -1, -2]),
  ])
  func `numbers are rounded as the name says, negative ones as mirrors`(
    rounding: Rounding, expected: [Int64]
  ) {
    let numbers: [Int64] = [1, 2, 3, 6, -3, -2, -6]
    #expect(numbers.map { rounding.units($0, by: 4) } == expected)
    #expect(rounding.units(.min, by: -1) == nil)
  }

  @Test func `what can't be multiplied is no number`() {
    #expect(Rounding.up.units(.max, by: 1) == .max)
    #expect(FixedDecimal(units: -5, decimals: 2).text == "-0.05")
    #expect(FixedDecimal(units: 1_234, decimals: 2).text == "12.34")
  }

  @Test(arguments: [("MM/dd/yyyy HH:mm", true), ("yyyy-MM-ddTHH:mm:ss", true), ("abc", false)])
  func `a pattern has letters that mean something`(text: String, isPattern: Bool) {
    #expect((MomentPattern(text) != nil) == isPattern)
  }
}
