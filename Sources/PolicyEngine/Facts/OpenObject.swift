/// An object that is being read.
struct OpenObject: BitwiseCopyable {
  /// The position of its type.
  let type: Int
  /// How many values it lies in.
  let depth: Int
  /// The index of its row, which begins with so many words of presence bits and as many for null.
  private(set) var row: Int
  let bitWords: Int
  /// The fact that is being read, while that is an object or a list of objects.
  private(set) var entry: FactEntry
  /// The index of the slot for that.
  private(set) var slot = 0
  /// Where the elements of the list begin among those that wait; negative for an object.
  private(set) var firstPending = -1

  /// An object that nothing was read of.
  @inline(__always)
  init(type: Int, depth: Int, row: Int, bitWords: Int, entry: FactEntry) {
    self.type = type
    self.depth = depth
    self.row = row
    self.bitWords = bitWords
    self.entry = entry
  }

  /// Whether a list of objects is being read inside it, rather than an object.
  @inline(__always)
  var isInList: Bool { firstPending >= 0 }

  /// Notes what is being read inside it from now on, and where that belongs.
  @inline(__always)
  mutating func enter(_ entry: FactEntry, slot: Int, firstPending: Int = -1) {
    self.entry = entry
    self.slot = slot
    self.firstPending = firstPending
  }

  /// Begins with the next object of the list, which is of the same type.
  @inline(__always)
  mutating func restart(atRow row: Int) { self.row = row }

  /// Makes absent what is null: while an object is read, it counts as present, so as to be seen to repeat.
  @inline(__always)
  func takeBackNulls(in arena: inout FactArena) {
    if arena[row &+ bitWords] != 0 { arena[row] &= ~arena[row &+ bitWords] }
    if bitWords > 1 { takeBackMoreNulls(in: &arena) }
  }

  @inline(never)
  private func takeBackMoreNulls(in arena: inout FactArena) {
    for index in row &+ 1..<row &+ bitWords { arena[index] &= ~arena[index &+ bitWords] }
  }
}

/// The object that is being read and those around it, innermost last.
///
/// - INVARIANT: `objects` has room for as many as values may nest and one before them; `top` is the last
///   that is there, or that one before all. Whoever appends one has asked how deep it is; `last` is used
///   while there is one.
@safe
struct OpenObjects: ~Copyable {
  private let objects: UnsafeMutablePointer<OpenObject>
  // An address rather than a count: what is asked of the innermost objects costs no multiplication.
  private var top: UnsafeMutablePointer<OpenObject>

  /// A place among them.
  @safe
  struct Place {
    fileprivate let address: UnsafeMutablePointer<OpenObject>

    fileprivate init(unsafeAddress address: UnsafeMutablePointer<OpenObject>) {
      unsafe self.address = address
    }
  }

  /// None yet.
  init() {
    unsafe objects = .allocate(capacity: JSONScanner.maximumDepth + 1)
    unsafe top = objects
  }

  deinit { unsafe objects.deallocate() }

  /// The place of the last one.
  @inline(__always)
  var end: Place { unsafe Place(unsafeAddress: top) }

  /// Whether the last one is the first behind a place.
  @inline(__always)
  func isFirst(after place: Place) -> Bool { unsafe top - 1 == place.address }

  /// The one that is being read.
  var last: OpenObject {
    @inline(__always) unsafeAddress {
      unsafe assert(top > objects)
      return unsafe UnsafePointer(top)
    }
    @inline(__always) unsafeMutableAddress {
      unsafe assert(top > objects)
      return unsafe top
    }
  }

  /// The one around it.
  @inline(__always)
  var nextToLast: OpenObject {
    unsafe assert(top - 1 > objects)
    return unsafe (top - 1).pointee
  }

  /// Adds an object that begins.
  @inline(__always)
  mutating func append(_ object: OpenObject) {
    unsafe assert(top - objects < JSONScanner.maximumDepth)
    unsafe top += 1
    unsafe top.initialize(to: object)
  }

  /// Takes away an object that is over.
  @inline(__always)
  mutating func removeLast() {
    unsafe assert(top > objects)
    unsafe top -= 1
  }

  /// Forgets them all.
  mutating func removeAll() { unsafe top = objects }
}
