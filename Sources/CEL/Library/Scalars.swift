/// Work on text by Unicode scalars, with results of bounded size.
enum Scalars {
  /// The index of a position; an error when the text is shorter.
  static func index(
    in scalars: String.UnicodeScalarView, at position: Int64
  ) throws -> String.Index {
    guard position >= 0, let offset = Int(exactly: position),
      let index = scalars.index(
        scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
    else { throw EvaluationError("index out of range: the text has no position \(position)") }
    return index
  }

  /// Where a text first stands in another from a position on; -1 if nowhere.
  static func firstPosition(of part: String, in text: String, from start: Int64) throws -> Int64 {
    let scalars = text.unicodeScalars
    if start > 0, part.isEmpty, start >= scalars.count { return -1 }
    let first = try index(in: scalars, at: start)
    let bytes = Array(text.utf8)
    let offset = text.utf8.distance(from: text.startIndex, to: first)
    guard let found = ByteSearch(part).firstOffset(in: bytes, from: offset) else { return -1 }
    return scalarCount(bytes[..<found])
  }

  /// Where a text last stands in another, at or before a position; -1 if nowhere.
  static func lastPosition(of part: String, in text: String, upTo end: Int64?) throws -> Int64 {
    let bytes = Array(text.utf8)
    let scalars = text.unicodeScalars
    var limit = bytes.count
    if let end {
      limit = text.utf8.distance(
        from: text.startIndex, to: try index(in: scalars, at: end))
    }
    guard !part.isEmpty else { return scalarCount(bytes[..<limit]) }
    let found = ByteSearch(part).lastOffset(in: bytes, upTo: limit)
    return found.map { scalarCount(bytes[..<$0]) } ?? -1
  }

  /// The parts of a text between separators, at most so many of them unless negative.
  static func split(_ text: String, separator: String, limit: Int64) throws -> [CELValue] {
    if limit == 0 { return [] }
    let most = limit < 0 ? Int.max : Int(clamping: limit)
    guard !separator.isEmpty else {
      let scalars = text.unicodeScalars
      var parts = scalars.prefix(most - 1).map { CELValue.string(String($0)) }
      let rest = scalars.dropFirst(parts.count)
      if !rest.isEmpty { parts.append(.string(String(rest))) }
      return parts
    }
    let bytes = Array(text.utf8)
    let search = ByteSearch(separator)
    var parts: [CELValue] = []
    var start = 0
    while parts.count < most - 1, let found = search.firstOffset(in: bytes, from: start) {
      parts.append(.string(String(decoding: bytes[start..<found], as: UTF8.self)))
      start = found + separator.utf8.count
    }
    return parts + [.string(String(decoding: bytes[start...], as: UTF8.self))]
  }

  /// The text with at most so many (unless negative) of a text in it made another.
  static func replacing(
    _ old: String, by new: String, in text: String, limit: Int64
  ) throws -> String {
    let most = limit < 0 ? Int.max : Int(clamping: limit)
    guard !old.isEmpty else { return try inserting(new, in: text, limit: most) }
    let parts = try split(text, separator: old, limit: most == Int.max ? -1 : Int64(most) + 1)
    return try join(parts, separator: new)
  }

  /// The text with another before each scalar and at the end, at most so many times.
  private static func inserting(_ new: String, in text: String, limit: Int) throws -> String {
    let count = min(limit, text.unicodeScalars.count + 1)
    try requireSize(text.utf8.count, adding: new.utf8.count, times: count)
    // In bytes: views of a string make room anew whenever a text is added.
    let new = Array(new.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + count * new.count)
    var inserted = 0
    for byte in text.utf8 {
      if byte & 0xC0 != 0x80, inserted < count {
        result += new
        inserted += 1
      }
      result.append(byte)
    }
    if inserted < count { result += new }
    return String(decoding: result, as: UTF8.self)
  }

  /// The texts with a separator between them.
  static func join(_ elements: [CELValue], separator: String) throws -> String {
    var size = 0
    let texts = try elements.map { element in
      guard case .string(let text) = element else { throw Overload.noOverload("join") }
      size += text.utf8.count
      return text
    }
    try requireSize(size, adding: separator.utf8.count, times: max(0, texts.count - 1))
    return texts.joined(separator: separator)
  }

  private static func requireSize(_ size: Int, adding more: Int, times count: Int) throws {
    let added = more.multipliedReportingOverflow(by: count)
    guard !added.overflow, size <= resultSizeLimit, added.partialValue <= resultSizeLimit - size
    else { throw EvaluationError.tooLarge }
  }

  /// How many steps it counts to put the combining marks of a text in order, as its normal forms have them:
  /// each mark of a row of them is compared with those before it.
  static func workOfOrderingMarks(_ text: String) -> Int {
    var work = 0
    var marks = 0
    for scalar in text.unicodeScalars {
      if scalar.value < 0x300 || scalar.properties.canonicalCombiningClass == .notReordered {
        marks = 0
      } else {
        marks += 1
        // A text has less than 2^32 scalars: no overflow.
        work += marks
      }
    }
    return work / CELValue.bytesPerStep
  }

  /// The text with the ASCII letters of a range changed.
  static func mappingASCII(
    _ text: String, from range: ClosedRange<UInt8>, _ change: (UInt8) -> UInt8
  ) -> String {
    String(
      decoding: text.utf8.map { range.contains($0) ? change($0) : $0 }, as: UTF8.self)
  }

  private static func scalarCount(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bytes.count { $0 & 0xC0 != 0x80 })
  }
}
