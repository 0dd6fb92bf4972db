import Foundation

extension Library {
  /// Text, whose sizes and positions count Unicode scalars.
  static let text = Library(
    name: "text",
    summary: """
      Texts are sequences of Unicode scalars: they are equal when those are, and sizes and positions \
      count them.
      """
  ) {
    Overload.function("size", id: "size_string", "The number of Unicode scalars.") {
      (text: String, _) in Int64(text.unicodeScalars.count)
    }.total().handingOn()
    Overload.method("size", id: "string_size", "The number of Unicode scalars.") {
      (text: String, _) in Int64(text.unicodeScalars.count)
    }.total().handingOn()
    Overload.function("size", id: "size_bytes", "The number of bytes.") { (bytes: [UInt8], _) in
      Int64(bytes.count)
    }.total().handingOn()
    Overload.method("size", id: "bytes_size", "The number of bytes.") {
      (bytes: [UInt8], _) in Int64(bytes.count)
    }.total().handingOn()
    Overload.method(
      "contains", id: "contains_string", "Whether the text has the other within it."
    ) { (text: String, part: String, _) in
      ByteSearch(part).firstOffset(in: Array(text.utf8), from: 0) != nil
    }.total()
    Overload.method(
      "startsWith", id: "starts_with_string", "Whether the text starts with the other."
    ) { (text: String, part: String, _) in text.utf8.starts(with: part.utf8) }.total()
    Overload.method(
      "endsWith", id: "ends_with_string", "Whether the text ends with the other."
    ) { (text: String, part: String, _) in
      text.utf8.reversed().starts(with: part.utf8.reversed())
    }.total()
    Overload.method(
      "normalize", id: "string_normalize",
      """
      An addition to CEL: the text in Unicode's normal form NFC, in which an `é` is one scalar however \
      it was typed. Worth calling on what people type before it is compared with a list.
      """
    ) { (text: String, _) in text.precomposedStringWithCanonicalMapping }
    .counting { arguments in
      if case .string(let text)? = arguments.first { Scalars.workOfOrderingMarks(text) } else { 0 }
    }
    Overload.method(
      "matches", id: "matches_string", result: .bool,
      "Whether the regular expression (RE2's syntax) matches some part of the text."
    ) { (text: String, pattern: String, _) in try matches(text, pattern) }
    .counting(workOfMatching)
    Overload.function(
      "matches", id: "matches", result: .bool,
      "Whether the regular expression (RE2's syntax) matches some part of the text."
    ) { (text: String, pattern: String, _) in try matches(text, pattern) }
    .counting(workOfMatching)
  }

  private static func matches(_ text: String, _ pattern: String) throws -> CELValue {
    try LinearRegex(pattern).result(for: text).get()
  }

  /// The steps of matching a pattern that is read anew each time: those of reading it, and of matching.
  private static func workOfMatching(_ arguments: [CELValue]) -> Int {
    guard arguments.count == 2, case .string(let text) = arguments[0],
      case .string(let pattern) = arguments[1], let regex = try? LinearRegex(pattern)
    else { return 0 }
    return regex.size + regex.work(for: text)
  }
}

extension Overload {
  /// The overload of `matches` for one pattern only, whatever it is given as such.
  func matching(_ regex: LinearRegex) -> Overload {
    counting { arguments in
      if case .string(let text)? = arguments.first { regex.work(for: text) } else { 0 }
    }.implemented { arguments, _ in
      guard case .string(let text)? = arguments.first else {
        return .failure(Overload.noOverload("matches"))
      }
      return regex.result(for: text)
    }
  }
}

/// Finds a sequence of bytes in others in linear time (Knuth, Morris and Pratt).
struct ByteSearch {
  private let pattern: [UInt8]
  /// For each prefix of the pattern, the length of its longest proper prefix that is also its suffix.
  private let borders: [Int]

  init(_ pattern: String) {
    let pattern = Array(pattern.utf8)
    self.pattern = pattern
    var borders = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for position in pattern.indices.dropFirst() {
      while length > 0, pattern[position] != pattern[length] { length = borders[length - 1] }
      if pattern[position] == pattern[length] { length += 1 }
      borders[position] = length
    }
    self.borders = borders
  }

  /// The first offset from `start` on at which the pattern stands; nil for none.
  func firstOffset(in bytes: [UInt8], from start: Int) -> Int? {
    guard !pattern.isEmpty else { return start <= bytes.count ? start : nil }
    var first: Int?
    search(bytes, from: start) { offset in
      first = offset
      return false
    }
    return first
  }

  /// The last offset, up to `limit`, at which the pattern, which is not empty, stands; nil for none.
  func lastOffset(in bytes: [UInt8], upTo limit: Int) -> Int? {
    var last: Int?
    search(bytes, from: 0) { offset in
      guard offset <= limit else { return false }
      last = offset
      return true
    }
    return last
  }

  /// Calls a closure for each offset from `start` on at which the pattern stands, until it says no.
  ///
  /// Places may overlap: the search goes on within the last one, so that it never goes back.
  private func search(_ bytes: [UInt8], from start: Int, _ found: (Int) -> Bool) {
    guard !pattern.isEmpty, start < bytes.count else { return }
    var length = 0
    for position in start..<bytes.count {
      while length > 0, bytes[position] != pattern[length] { length = borders[length - 1] }
      if bytes[position] == pattern[length] { length += 1 }
      guard length == pattern.count else { continue }
      guard found(position + 1 - length) else { return }
      length = borders[length - 1]
    }
  }
}
