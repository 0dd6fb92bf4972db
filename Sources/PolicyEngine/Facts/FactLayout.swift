/// Where decoded facts stand: each object is a row of 64-bit words, the same for all of its type.
///
/// A row begins with one bit per fact, set where the fact has a value, in at least one word; then come
/// as many words of the same form with the facts that the document gives as null, which only decoding
/// needs; then the facts' slots in the order of the schema.
///
/// | type | words | what they hold |
/// |---|---|---|
/// | bool | 1 | 0 or 1 |
/// | int | 1 | the two's complement |
/// | double | 1 | the bit pattern; always finite |
/// | string | 2 | see `FactString` |
/// | decimal, money | 2 | its text, as a string; see `FactString` |
/// | date | 1 | days since 1970-01-01, as a two's complement |
/// | timestamp | 2 | seconds since 1970-01-01T00:00:00Z, as a two's complement; nanoseconds |
/// | duration | 2 | seconds; nanoseconds of the same sign; both as a two's complement |
/// | enumeration | 1 | the position of the case |
/// | object | 1 | the index of its row |
/// | list | 1 | see `FactList` |
package struct FactLayout: Sendable {
  /// The row of an object type.
  package struct Row: Sendable {
    /// The number of words of presence bits; fact `j` has bit `j % 64` of word `j / 64`.
    package let bitWords: Int
    /// For each fact, the distance of its slot from the start of the row.
    package let offsets: [Int]
    /// The length of the row.
    package let wordCount: Int
  }

  /// The rows, by the positions of the schema's types.
  package let rows: [Row]

  /// The layout of a schema's types.
  package init(_ schema: FactSchema) {
    rows = schema.objectTypes.map { type in
      let bitWords = max(1, (type.facts.count + 63) / 64)
      var end = 2 * bitWords
      let offsets = type.facts.map { fact in
        defer { end += fact.type.wordCount }
        return end
      }
      return Row(bitWords: bitWords, offsets: offsets, wordCount: end)
    }
  }
}

extension FactSchema.ValueType {
  /// The number of words that a value of the type takes in a row or a list.
  package var wordCount: Int {
    switch self {
    case .string, .timestamp, .duration, .decimal, .money: 2
    case .bool, .int, .double, .date, .enumeration, .object, .list: 1
    }
  }
}

/// A string in an arena: two words, which alone decide most comparisons.
package struct FactString: Sendable {
  /// The first eight bytes of its UTF-8, the first lowest, with zeros after the end.
  package let head: UInt64
  /// The length in the low half; above it the offset; the highest bit says in which text.
  private let place: UInt64

  /// A string of `count` bytes at an offset; both are below 2^31.
  init(head: UInt64, offset: Int, count: Int, isDecoded: Bool) {
    self.head = head
    place =
      UInt64(truncatingIfNeeded: count) | UInt64(truncatingIfNeeded: offset) &<< 32
      | (isDecoded ? 1 &<< 63 : 0)
  }

  /// The string that two words of an arena are.
  package init(head: UInt64, place: UInt64) {
    self.head = head
    self.place = place
  }

  /// The second word.
  package var placeWord: UInt64 { place }
  /// The number of bytes.
  package var count: Int { Int(truncatingIfNeeded: place & 0xFFFF_FFFF) }
  /// The offset of the first byte, in the document's text or in the arena's decoded text.
  package var offset: Int { Int(truncatingIfNeeded: (place &>> 32) & 0x7FFF_FFFF) }
  /// Whether it stands in the arena's decoded text, because it was written with escapes.
  package var isDecoded: Bool { place &>> 63 != 0 }
}

/// A list in an arena: one word with the index of its first element's word and the element count.
///
/// The elements follow each other, each of its type's number of words.
package struct FactList: Sendable {
  /// The list as it is stored.
  package let word: UInt64

  /// The list that a word of an arena is.
  package init(word: UInt64) { self.word = word }

  /// A list of elements from a word on.
  init(start: Int, count: Int) {
    word = UInt64(truncatingIfNeeded: start) &<< 32 | UInt64(truncatingIfNeeded: count)
  }

  /// The index of the first element's word.
  package var start: Int { Int(truncatingIfNeeded: word &>> 32) }
  /// The number of elements.
  package var count: Int { Int(truncatingIfNeeded: word & 0xFFFF_FFFF) }
}
