/// A fact in the tables of a decoder: going from one to the next costs a load, and no arithmetic.
///
/// - INVARIANT: `address` is that of an element of the facts of tables which outlive the entry: only they
///   and what decodes by them keep entries.
@safe
struct FactEntry: Equatable, BitwiseCopyable {
  private let address: UnsafeMutablePointer<FactTables.Fact>

  fileprivate init(unsafeAddress address: UnsafeMutablePointer<FactTables.Fact>) {
    unsafe self.address = address
  }

  /// The fact.
  var fact: FactTables.Fact {
    @inline(__always) unsafeAddress { unsafe UnsafePointer(address) }
    @inline(__always) nonmutating unsafeMutableAddress { unsafe address }
  }

  static func == (left: FactEntry, right: FactEntry) -> Bool {
    unsafe left.address == right.address
  }

  /// Its index among the facts from one on.
  @inline(__always)
  fileprivate func index(from start: UnsafeMutablePointer<FactTables.Fact>) -> Int {
    // Without signs: a shift.
    let distance = unsafe UInt(bitPattern: address) &- UInt(bitPattern: start)
    return Int(bitPattern: distance / UInt(MemoryLayout<FactTables.Fact>.stride))
  }
}

extension FixedTable<FactTables.Fact> {
  /// A table of facts that nothing matches, each followed by itself.
  static func matchingNothing(count: Int) -> FixedTable {
    unsafe FixedTable(count: count) {
      unsafe .matchingNothing(before: FactEntry(unsafeAddress: $0))
    }
  }

  /// The entry of the fact at an index.
  func entry(at index: Int) -> FactEntry {
    assert(index >= 0 && index < count)
    return unsafe FactEntry(unsafeAddress: start + index)
  }

  /// The index of an entry's fact.
  @inline(__always)
  func index(of entry: FactEntry) -> Int { unsafe entry.index(from: start) }
}
