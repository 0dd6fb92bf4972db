#if Store
import CEL
import GRDB
import TutoringSessions

/// A value to be written to the database.
///
/// Every value goes through it: SQLite cuts a text at a NUL character, so one that has it is refused first.
enum SQLValue {
  case null
  case int(Int64)
  case text(String)
  /// A text of JSON, where an escape can stand for a character that is not in the text.
  case json(String)

  static func int(_ number: Int) -> SQLValue { .int(Int64(number)) }
  static func flag(_ flag: Bool) -> SQLValue { .int(flag ? 1 : 0) }
  static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
  static func date(_ date: CivilDate?) -> SQLValue { .text(date?.description) }
  static func time(_ time: OffsetDateTime?) -> SQLValue { .text(time?.description) }
  static func second(_ time: OffsetDateTime?) -> SQLValue {
    time.map { .int($0.timestamp.seconds) } ?? .null
  }
  static func facts(_ facts: [String: FactValue]) -> SQLValue { .json(facts.jsonText) }
  /// A JSON array of texts, to be used with `json_each`.
  static func list(_ texts: some Sequence<String>) -> SQLValue {
    .json(FactValue.list(texts.map { .text($0) }).jsonText)
  }
  /// A JSON array of whole numbers, to be used with `json_each`.
  static func numbers(_ numbers: some Sequence<Int>) -> SQLValue {
    .json(FactValue.list(numbers.map { .int(Int64($0)) }).jsonText)
  }

  /// The value as SQLite takes it.
  fileprivate func checked() throws(StoreError) -> DatabaseValue {
    switch self {
    case .null: return .null
    case .int(let number): return number.databaseValue
    case .text(let text):
      guard !text.has(0) else { throw .nulCharacter }
      return text.databaseValue
    case .json(let text):
      guard !text.has(0), !text.hasNulEscape else { throw .nulCharacter }
      return text.databaseValue
    }
  }
}

extension String {
  /// Whether a byte is in the text's UTF-8, looked for where it is kept: a frozen document has thousands of bytes.
  fileprivate func has(_ byte: UInt8) -> Bool {
    unsafe utf8.withContiguousStorageIfAvailable { unsafe $0.contains(byte) } ?? utf8.contains(byte)
  }

  /// Whether the text has `\u0000` with a backslash that is not itself escaped.
  fileprivate var hasNulEscape: Bool {
    guard has(UInt8(ascii: "\\")) else { return false }
    var backslashes = 0
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        if byte == UInt8(ascii: "u"), !backslashes.isMultiple(of: 2), rest.starts(with: "0000".utf8)
        {
          return true
        }
        backslashes = 0
        continue
      }
      backslashes += 1
    }
    return false
  }
}

extension Database {
  /// Does a statement that returns nothing.
  func run(_ sql: String, _ values: SQLValue...) throws {
    try cachedStatement(sql: sql).execute(arguments: Self.arguments(values))
  }

  /// The rows of a query, each made into a value.
  func rows<Value>(
    _ sql: String, _ values: SQLValue..., make: (Columns) throws -> Value
  ) throws -> [Value] {
    try rows(sql, values, make: make)
  }

  /// The rows of a query with a number of values that is known when it is made.
  func rows<Value>(
    _ sql: String, _ values: [SQLValue], make: (Columns) throws -> Value
  ) throws -> [Value] {
    let cursor = try Row.fetchCursor(
      cachedStatement(sql: sql), arguments: Self.arguments(values))
    var result: [Value] = []
    while let row = try cursor.next() { result.append(try make(Columns(row))) }
    return result
  }

  /// The first row of a query, made into a value; nil when there is none.
  func first<Value>(
    _ sql: String, _ values: SQLValue..., make: (Columns) throws -> Value
  ) throws -> Value? {
    let cursor = try Row.fetchCursor(
      cachedStatement(sql: sql), arguments: Self.arguments(values))
    return try cursor.next().map { try make(Columns($0)) }
  }

  private static func arguments(_ values: [SQLValue]) throws(StoreError) -> StatementArguments {
    // As `any`: of values of one type GRDB asks by a key path, which takes longer than the statement of a row.
    var arguments: [(any DatabaseValueConvertible)?] = []
    arguments.reserveCapacity(values.count)
    for value in values { arguments.append(try value.checked()) }
    return StatementArguments(arguments)
  }
}
#endif
