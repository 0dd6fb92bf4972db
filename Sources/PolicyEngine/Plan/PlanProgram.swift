/// The tables of compiled conditions: nodes, and the constants that they refer to.
///
/// - INVARIANT: Indices in nodes are those that the compiler gave when it filled these tables, which
///   never change afterwards.
final class PlanProgram: Sendable {
  let nodes: ConstantTable<PlanNode>
  let numbers: ConstantTable<Int64>
  let strings: ConstantTable<PlanString>
  let sets: ConstantTable<PlanStringSet>
  let slots: ConstantTable<PlanString>
  /// The positions in their sets of the strings in the slots.
  let slotPositions: ConstantTable<Int32>
  /// The zone in which an instant has a date.
  let timeZone: String
  private let bytes: ConstantTable<UInt8>

  init(
    nodes: [PlanNode], numbers: [Int64], strings: [String], sets: [[String]], timeZone: String
  ) {
    self.timeZone = timeZone
    var text: [UInt8] = []
    var starts: [Int] = []
    for string in strings + sets.joined() {
      starts.append(text.count)
      text += Array(string.utf8)
    }
    let bytes = ConstantTable(text)
    self.bytes = bytes
    self.nodes = ConstantTable(nodes)
    self.numbers = ConstantTable(numbers)
    let all = zip(starts, strings + sets.joined()).map { start, string in
      unsafe PlanString(bytes: bytes.start + start, count: string.utf8.count)
    }
    self.strings = ConstantTable(Array(all.prefix(strings.count)))
    var slots: [PlanStringSet.Slot] = []
    var placed: [PlanStringSet] = []
    var rest = all.dropFirst(strings.count)
    for set in sets {
      placed.append(PlanStringSet(rest.prefix(set.count), appendingTo: &slots))
      rest = rest.dropFirst(set.count)
    }
    self.sets = ConstantTable(placed)
    self.slots = ConstantTable(slots.map(\.string))
    slotPositions = ConstantTable(slots.map(\.position))
  }
}

/// Elements in memory of their own that never change, so that any thread may read them.
///
/// - INVARIANT: `start` has `count` elements from `init` to `deinit`, all of trivial types, and nothing
///   writes to them after `init`. Whoever uses `start` keeps the table.
@safe
final class ConstantTable<Element: BitwiseCopyable>: Sendable {
  nonisolated(unsafe) let start: UnsafePointer<Element>
  let count: Int

  /// A table of the given elements.
  init(_ elements: [Element]) {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    for (index, element) in elements.enumerated() {
      unsafe (memory + index).initialize(to: element)
    }
    unsafe start = UnsafePointer(memory)
    count = elements.count
  }

  deinit { unsafe start.deallocate() }

  /// The element at an index.
  @inline(__always)
  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count)
    return unsafe start[index]
  }
}

/// Some elements of a table that follow each other.
struct TableRange: Sendable, BitwiseCopyable {
  private let start: Int
  private let end: Int

  init(_ range: Range<Int>) {
    start = range.lowerBound
    end = range.upperBound
  }

  /// Their positions.
  @inline(__always)
  var positions: Range<Int> { start..<end }
}
