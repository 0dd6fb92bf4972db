/// The decoded facts of one document or of many: words, laid out as a `FactLayout` says.
///
/// It is kept and cleared between documents, so that decoding allocates nothing once the arena is as
/// large as the largest document needs. Indices come from rows and lists that decoding stored; others
/// are caught in debug builds only.
package struct FactArena: ~Copyable {
  private(set) var words = GrowingBuffer<UInt64>()
  /// The characters of strings that were written with escapes.
  package var decodedText: [UInt8] = []

  /// An empty arena.
  package init() {}

  /// The number of words in use.
  package var count: Int { words.count }

  /// Forgets all facts and keeps the memory.
  package mutating func removeAll() {
    words.removeAll()
    if !decodedText.isEmpty { decodedText.removeAll(keepingCapacity: true) }
  }

  /// The word at an index.
  package subscript(index: Int) -> UInt64 {
    @inline(__always) get { words[index] }
    @inline(__always) set { words[index] = newValue }
  }

  /// Takes words of undefined content into use; gives the index of the first.
  @inline(__always)
  mutating func allocate(_ count: Int) -> Int { words.append(count: count) }

  /// Stores a string in two words.
  @inline(__always)
  mutating func store(_ string: JSONString, at index: Int) {
    let stored = FactString(
      head: string.head, offset: string.offset, count: string.count, isDecoded: string.isDecoded)
    words[index] = stored.head
    words[index &+ 1] = stored.placeWord
  }

  /// Stores two signed numbers in two words.
  @inline(__always)
  mutating func store(_ first: Int64, _ second: Int32, at index: Int) {
    words[index] = UInt64(bitPattern: first)
    words[index &+ 1] = UInt64(bitPattern: Int64(second))
  }

  /// A copy of the words in use.
  package func copyOfWords() -> [UInt64] { words.copy() }
}
