/// Closed lists of names, such as the facts of a type, each searched by hashing.
struct NameIndex: ~Copyable {
  struct Slot {
    var name = Fingerprint(count: -1, head: 0, tail: 0)
    /// The position of the name in its list; negative in empty slots.
    var position = -1
  }

  /// Where a list's slots are: from `firstSlot` on, a power of two of them, at least half empty, so
  /// that every search ends.
  struct List {
    var firstSlot: Int
    var mask: Int
    var firstName: Int
  }

  private let slots: FixedTable<Slot>
  private let lists: FixedTable<List>
  /// All names, list after list.
  private let names: FixedTable<[UInt8]>

  /// An index of lists of names, in each of which no name repeats.
  init(_ namesByList: [[String]]) {
    var slots: [Slot] = []
    var lists: [List] = []
    var names: [[UInt8]] = []
    for list in namesByList {
      var size = 4
      while size < list.count * 2 { size *= 2 }
      let firstSlot = slots.count
      lists.append(List(firstSlot: firstSlot, mask: size - 1, firstName: names.count))
      slots += Array(repeating: Slot(), count: size)
      for (position, name) in list.enumerated() {
        let bytes = Array(name.utf8)
        let fingerprint = Fingerprint(bytes)
        var place = fingerprint.hash & (size - 1)
        while slots[firstSlot + place].position >= 0 { place = (place + 1) & (size - 1) }
        slots[firstSlot + place] = Slot(name: fingerprint, position: position)
        names.append(bytes)
      }
    }
    self.slots = FixedTable(slots)
    self.lists = FixedTable(lists)
    self.names = FixedTable(names)
  }

  /// The position of a name in a list; nil when it isn't there.
  ///
  /// The name's bytes are asked for only when its fingerprint leaves doubt.
  @inline(__always)
  func position(of name: Fingerprint, in listIndex: Int, bytes: () -> [UInt8]) -> Int? {
    let list = lists[listIndex]
    var place = name.hash & list.mask
    while true {
      let slot = slots[list.firstSlot &+ place]
      guard slot.position >= 0 else { return nil }
      if slot.name == name,
        name.count <= Fingerprint.wholeCount || names[list.firstName &+ slot.position] == bytes()
      {
        return slot.position
      }
      place = (place &+ 1) & list.mask
    }
  }
}

/// A string's length, its first eight bytes and its last eight.
struct Fingerprint: Equatable {
  /// Up to so many bytes, a fingerprint is the whole string.
  static let wholeCount = 16

  /// The number of bytes.
  let count: Int
  /// The first eight bytes, the first lowest, with zeros after the end.
  let head: UInt64
  /// The last eight bytes; the head again for strings of up to eight.
  let tail: UInt64

  /// A number of at least 31 bits that differs between most strings; never negative.
  @inline(__always) var hash: Int {
    let mixed = (head ^ (tail &<< 7) ^ (tail &>> 57)) &+ UInt64(truncatingIfNeeded: count)
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 32)
  }
}

extension Fingerprint {
  /// The fingerprint of bytes.
  init(_ bytes: some BidirectionalCollection<UInt8>) {
    count = bytes.count
    head = bytes.headWord
    tail = count > 8 ? bytes.suffix(8).headWord : head
  }

  /// The fingerprint of a string that the scanner went over.
  @inline(__always)
  init(_ string: JSONString, in scanner: JSONScanner, decoded: [UInt8]) {
    count = string.count
    head = string.head
    if string.count <= 8 {
      tail = head
    } else if !string.isDecoded {
      tail = scanner.word(atOffset: string.offset &+ string.count &- 8)
    } else {
      tail = decoded[string.offset..<string.offset + string.count].suffix(8).headWord
    }
  }
}
