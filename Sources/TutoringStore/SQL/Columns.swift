#if Store
import CEL
import GRDB
import TutoringSessions

/// The columns of a row, by position.
///
/// A value of another type than asked for is an error that says so, where GRDB's own conversions would stop
/// the program: a file can be damaged.
struct Columns {
  private let row: Row

  init(_ row: Row) { self.row = row }

  func text(_ index: Int) throws(StoreError) -> String {
    guard let text = try optionalText(index) else { throw damaged(index, "a text") }
    return text
  }

  func optionalText(_ index: Int) throws(StoreError) -> String? {
    switch (row[index] as DatabaseValue).storage {
    case .null: return nil
    case .string(let text): return text
    default: throw damaged(index, "a text")
    }
  }

  func int(_ index: Int) throws(StoreError) -> Int {
    guard let number = try optionalInt(index) else { throw damaged(index, "a number") }
    return number
  }

  func optionalInt(_ index: Int) throws(StoreError) -> Int? {
    switch (row[index] as DatabaseValue).storage {
    case .null: return nil
    case .int64(let number): return Int(number)
    default: throw damaged(index, "a number")
    }
  }

  func flag(_ index: Int) throws(StoreError) -> Bool { try int(index) != 0 }

  func date(_ index: Int) throws(StoreError) -> CivilDate {
    guard let date = try optionalDate(index) else { throw damaged(index, "a date") }
    return date
  }

  func optionalDate(_ index: Int) throws(StoreError) -> CivilDate? {
    guard let text = try optionalText(index) else { return nil }
    guard let date = CivilDate(text) else { throw damaged(index, "a date") }
    return date
  }

  func time(_ index: Int) throws(StoreError) -> OffsetDateTime {
    guard let time = try optionalTime(index) else { throw damaged(index, "a time") }
    return time
  }

  func optionalTime(_ index: Int) throws(StoreError) -> OffsetDateTime? {
    guard let text = try optionalText(index) else { return nil }
    guard let time = OffsetDateTime(text) else { throw damaged(index, "a time") }
    return time
  }

  func facts(_ index: Int) throws(StoreError) -> [String: FactValue] {
    let text = try text(index)
    if text == "{}" { return [:] }
    guard let facts = [String: FactValue](json: text) else { throw damaged(index, "facts") }
    return facts
  }

  func texts(_ index: Int) throws(StoreError) -> [String] {
    guard case .list(let elements)? = FactValue(json: try text(index)),
      elements.allSatisfy({ $0.text != nil })
    else { throw damaged(index, "a list of texts") }
    return elements.compactMap(\.text)
  }

  /// The error for a column that does not hold what it should.
  func damaged(_ index: Int, _ expected: String) -> StoreError {
    let column = Array(row.columnNames)[index]
    return .damaged("column '\(column)' does not hold \(expected)")
  }
}
#endif
