import Diagnostics
import SchoolData
import Testing

struct CSVTests {
  private func rows(_ text: String) -> (cells: [[String]], mistakes: [Diagnostic]) {
    var mistakes: [Diagnostic] = []
    let rows = CSVReader.rows(of: Source(name: "t.csv", text: text), into: &mistakes)
    return (rows.map { $0.cells.map(\.text) }, mistakes)
  }

  @Test(arguments: [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("\u{FEFF}a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("\"a,1\",\"b \"\"q\"\"\"\r\"two\nlines\",x", [["a,1", "b \"q\""], ["two\nlines", "x"]]),
    ("a,,\n\n,,\nb", [["a", "", ""], ["b"]]), ("", []), (" a , b ", [["a", "b"]]),
  ])
  func `cells are read as RFC 4180 has them`(text: String, expected: [[String]]) {
    let found = rows(text)
    #expect(found.cells == expected)
    #expect(found.mistakes.isEmpty)
  }

  @Test(arguments: [
    ("a\nb\"c\n", "stray-quote", 2, 1), ("a,\"b\"x\n", "stray-quote", 1, 3),
    ("a\n\"b\nc", "open-quote", 2, 1),
  ])
  func `what is not such a text is refused at its place`(
    text: String, code: String, line: Int, column: Int
  ) throws {
    let mistake = try #require(rows(text).mistakes.first)
    #expect(mistake.code.rawValue == code)
    let place = try #require(mistake.range?.start)
    #expect(place.line == line)
    #expect(place.column == column)
  }

  @Test func `bytes that are not text are refused`() {
    var mistakes: [Diagnostic] = []
    #expect(
      CSVReader.rows(of: Source(name: "t", bytes: [0x61, 0xFF]), into: &mistakes).isEmpty)
    #expect(mistakes.first?.help == "save it as 'CSV UTF-8'")
  }

  private func table(_ text: String) -> (table: CSVTable?, mistakes: [Diagnostic]) {
    var mistakes: [Diagnostic] = []
    let table = CSVTable(
      Source(name: "t.csv", text: text),
      rules: [.required("sourcedId"), .required("orgSourcedIds"), .optional("role")],
      ignored: ["grades"], into: &mistakes)
    return (table, mistakes)
  }

  @Test func `columns are found by name, in any order and in other letters`() throws {
    let found = table("metadata.x,ORGSOURCEDIDS,grades,sourcedId\n1,b,c,d\n")
    let row = try #require(found.table?.rows.first)
    #expect(row["sourcedId"]?.text == "d")
    #expect(row["orgSourcedIds"]?.text == "b")
    #expect(row["role"] == nil)
    #expect(found.mistakes.map(\.code) == [.otherLetters])
  }

  @Test func `a missing column is named with the nearest that is there`() {
    let found = table("sourcedId,orgSourcedId\na,b\n")
    #expect(found.table == nil)
    #expect(
      found.mistakes.map(\.message) == ["the column 'orgSourcedIds' is missing; no row was read"])
    #expect(found.mistakes.first?.help == "is it 'orgSourcedId'? Then name it 'orgSourcedIds'")
  }

  @Test func `a wrong row is left out, and the others are read`() {
    let found = table("sourcedId,orgSourcedIds\na,b\nc\nd,\ne,f\n")
    #expect(found.table?.rows.compactMap { $0["sourcedId"]?.text } == ["a", "e"])
    #expect(found.mistakes.map(\.code) == [.wrongRow, .missingValue])
    #expect(found.mistakes.compactMap { $0.range?.start.line } == [3, 4])
  }

  @Test func `a table with nothing but names has no rows, and one without them is a mistake`() {
    #expect(table("sourcedId,orgSourcedIds\n").table?.rows.isEmpty == true)
    #expect(table("").mistakes.map(\.code) == [.emptyTable])
  }
}
