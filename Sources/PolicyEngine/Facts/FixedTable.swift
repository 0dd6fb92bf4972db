/// Elements in memory of their own whose number never changes, for the tables of inner loops.
///
/// - INVARIANT: `elements` has `count` elements from `init` to `deinit`, and belongs to this table
///   alone. Subscripts are below `count`: they are positions in the schema that the table was made
///   from. Only debug builds check it: an array would check each access, several times per fact.
@safe
struct FixedTable<Element>: ~Copyable {
  private let elements: UnsafeMutablePointer<Element>
  /// The number of elements.
  let count: Int

  /// A table of the given elements.
  init(_ initial: [Element]) {
    count = initial.count
    unsafe elements = .allocate(capacity: count)
    for (index, element) in initial.enumerated() {
      unsafe (elements + index).initialize(to: element)
    }
  }

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
