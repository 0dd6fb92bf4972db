#if Store
import Foundation
import GRDB

/// Names as the search for students compares them: words without case, accents and punctuation.
///
/// `O'Brien` is found as `obr`, as `o'b` and as `bri`; `Nguyễn` as `ngu`; `Łukasz` as `luk`.
enum NameWords {
  /// The words that a name of several parts is found by.
  static func words(of names: [String]) -> Set<String> {
    var words: Set<String> = []
    for part in names.flatMap({ $0.split(whereSeparator: \.isWhitespace) }) {
      words.insert(folded(part))
      let pieces = part.split { !$0.isLetter && !$0.isNumber }
      if pieces.count > 1 { words.formUnion(pieces.map(folded)) }
    }
    words.remove("")
    return words
  }

  /// What the words of a search begin with, in the order in which they were typed.
  static func prefixes(of query: String) -> [String] {
    query.split(whereSeparator: \.isWhitespace).map(folded).filter { !$0.isEmpty }
  }

  /// Where a name stands in a list of names: `Łukasz` among those with L, `O'Brien` among those with OB.
  static func sortKey(of name: String) -> String { folded(name[...]) }

  /// The function of a database connection that gives the place of a name in a list of names.
  static let sortKeyFunction = DatabaseFunction("name_key", argumentCount: 1, pure: true) {
    String.fromDatabaseValue($0[0]).map(sortKey)
  }

  /// The first text, in the order of SQLite, that begins with none of what begins with a prefix.
  static func end(of prefix: String) -> String { prefix + "\u{10FFFF}" }

  /// Letters and digits alone, in lower case, without what stands above or below them.
  private static func folded(_ text: Substring) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: text.lowercased().utf8.filter(\.isLetterOrDigit), as: UTF8.self)
    }
    var result = ""
    for scalar in String(text).lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
    {
      if let plain = plainLetters[scalar] {
        result += plain
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil,
        scalar.properties.generalCategory != .nonspacingMark
      {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Letters that Unicode does not take for others with an accent, though keyboards without them do.
  private static let plainLetters: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ħ": "h",
  ]
}

extension UInt8 {
  /// Whether a byte of ASCII is a small letter or a digit.
  fileprivate var isLetterOrDigit: Bool {
    self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")
      || self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
  }
}
#endif
