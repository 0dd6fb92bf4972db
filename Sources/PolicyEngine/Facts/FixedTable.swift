/// Elements in memory of their own whose number never changes, for the tables of inner loops.
///
/// - INVARIANT: `elements` has `count` elements from `init` to `deinit`, and belongs to this table
///   alone. Subscripts are below `count`: they are positions in the schema that the table was made
///   from. Only debug builds check it: an array would check each access, several times per fact.
///
/// Types of elements are not private: Swift 6.3 can't compile that in a debug build.
@safe
struct FixedTable<Element>: ~Copyable {
  private let elements: UnsafeMutablePointer<Element>
  /// The number of elements.
  let count: Int

  /// A table of the given elements.
  init(_ initial: [Element]) {
    var rest = initial[...]
    unsafe self.init(count: initial.count) { _ in rest.removeFirst() }
  }

  /// A table of elements that are made by their addresses.
  @unsafe
  init(count: Int, _ element: (UnsafeMutablePointer<Element>) -> Element) {
    self.count = count
    unsafe elements = .allocate(capacity: count)
    for index in 0..<count {
      unsafe (elements + index).initialize(to: element(elements + index))
    }
  }

  /// The first element, for as long as the table is there.
  @unsafe
  var start: UnsafeMutablePointer<Element> { unsafe elements }

  deinit {
    unsafe elements.deinitialize(count: count)
    unsafe elements.deallocate()
  }

  /// The element at an index.
  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      assert(index >= 0 && index < count)
      return unsafe UnsafePointer(elements + index)
    }
    @inline(__always) unsafeMutableAddress {
      assert(index >= 0 && index < count)
      return unsafe elements + index
    }
  }
}
