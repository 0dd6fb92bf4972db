/// The decoded facts of one document or of many: words, laid out as a `FactLayout` says.
///
/// It is kept and cleared between documents, so that decoding allocates nothing once the arena is as
/// large as the largest document needs.
///
/// - INVARIANT: `count <= capacity`, and `words` has room for `capacity` words, of which the first
///   `count` are in use. Words are read and written by indices below `count` only, which come from
///   `allocate` and from rows and lists that decoding stored; debug builds check it.
@safe
package struct FactArena: ~Copyable {
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  /// The number of words in use.
  package private(set) var count = 0
  /// The characters of strings that were written with escapes.
  package var decodedText: [UInt8] = []

  /// An empty arena.
  package init() {
    capacity = 1024
    unsafe words = .allocate(capacity: capacity)
  }

  deinit { unsafe words.deallocate() }

  /// Forgets all facts and keeps the memory.
  package mutating func removeAll() {
    count = 0
    decodedText.removeAll(keepingCapacity: true)
  }

  /// The word at an index.
  package subscript(index: Int) -> UInt64 {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return unsafe words[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      unsafe words[index] = newValue
    }
  }

  /// Takes words into use, whose content is undefined; gives the index of the first.
  @inline(__always)
  mutating func allocate(_ wordCount: Int) -> Int {
    let start = count
    count &+= wordCount
    if count > capacity { grow() }
    return start
  }

  @inline(never)
  private mutating func grow() {
    let larger = max(capacity * 2, count)
    let replacement = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
    unsafe replacement.initialize(from: words, count: capacity)
    unsafe words.deallocate()
    unsafe words = replacement
    capacity = larger
  }

  /// A copy of the words in use.
  package func copyOfWords() -> [UInt64] {
    unsafe Array(UnsafeBufferPointer(start: words, count: count))
  }
}

extension FactArena {
  /// Stores a string in two words.
  @inline(__always)
  mutating func store(_ string: JSONString, at index: Int) {
    let stored = FactString(
      head: string.head, offset: string.offset, count: string.count, isDecoded: string.isDecoded)
    self[index] = stored.head
    self[index &+ 1] = stored.placeWord
  }

  /// Stores two signed numbers in two words.
  @inline(__always)
  mutating func store(_ first: Int64, _ second: Int32, at index: Int) {
    self[index] = UInt64(bitPattern: first)
    self[index &+ 1] = UInt64(bitPattern: Int64(second))
  }
}
