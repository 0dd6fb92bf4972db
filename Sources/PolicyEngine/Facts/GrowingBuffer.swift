/// A growing row of elements that keeps its memory when it is cleared.
///
/// An array would check each access and ask at each store whether it is shared, which inner loops can't
/// afford.
///
/// - INVARIANT: `elements` has room for `capacity` elements, and `count <= capacity`. Elements are read and
///   written at indices below `count`; those come from appending. Only debug builds check it.
@safe
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var elements: UnsafeMutablePointer<Element>
  private var capacity = 1024
  /// The number of elements in use.
  private(set) var count = 0

  /// An empty buffer.
  init() { unsafe elements = .allocate(capacity: capacity) }

  deinit { unsafe elements.deallocate() }

  /// The element at an index.
  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return unsafe elements[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      unsafe elements[index] = newValue
    }
  }

  /// The elements, until the buffer is changed.
  @unsafe
  var start: UnsafePointer<Element> { unsafe UnsafePointer(elements) }

  /// Takes elements of undefined content into use; gives the index of the first.
  @inline(__always)
  mutating func append(count added: Int) -> Int {
    let start = count
    count &+= added
    if count > capacity { grow() }
    return start
  }

  /// Adds an element.
  @inline(__always)
  mutating func append(_ element: Element) { self[append(count: 1)] = element }

  /// Drops the elements from an index on.
  @inline(__always)
  mutating func removeAll(from index: Int = 0) {
    assert(index >= 0 && index <= count)
    count = index
  }

  /// A copy of the elements in use.
  func copy() -> [Element] { unsafe Array(UnsafeBufferPointer(start: elements, count: count)) }

  @inline(never)
  private mutating func grow() {
    let larger = max(capacity * 2, count)
    let replacement = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe replacement.update(from: elements, count: capacity)
    unsafe elements.deallocate()
    unsafe elements = replacement
    capacity = larger
  }
}
