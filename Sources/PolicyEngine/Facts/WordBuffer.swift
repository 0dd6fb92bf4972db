/// A growing row of 64-bit words that keeps its memory when it is cleared.
///
/// An array would check each access and ask at each store whether it is shared, which the decoder's
/// inner loop can't afford.
///
/// - INVARIANT: `words` has room for `capacity` words, and `count <= capacity`. Words are read and
///   written at indices below `count`; those come from `append(count:)`. Only debug builds check it.
@safe
struct WordBuffer: ~Copyable {
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 1024
  /// The number of words in use.
  private(set) var count = 0

  /// An empty buffer.
  init() { unsafe words = .allocate(capacity: capacity) }

  deinit { unsafe words.deallocate() }

  /// The word at an index.
  subscript(index: Int) -> UInt64 {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return unsafe words[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      unsafe words[index] = newValue
    }
  }

  /// The words, until the buffer is changed.
  @unsafe
  var start: UnsafePointer<UInt64> { unsafe UnsafePointer(words) }

  /// Takes words of undefined content into use; gives the index of the first.
  @inline(__always)
  mutating func append(count added: Int) -> Int {
    let start = count
    count &+= added
    if count > capacity { grow() }
    return start
  }

  /// Drops the words from an index on.
  @inline(__always)
  mutating func removeAll(from index: Int) {
    assert(index >= 0 && index <= count)
    count = index
  }

  /// A copy of the words in use.
  func copy() -> [UInt64] { unsafe Array(UnsafeBufferPointer(start: words, count: count)) }

  @inline(never)
  private mutating func grow() {
    let larger = max(capacity * 2, count)
    let replacement = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
    unsafe replacement.update(from: words, count: capacity)
    unsafe words.deallocate()
    unsafe words = replacement
    capacity = larger
  }
}
