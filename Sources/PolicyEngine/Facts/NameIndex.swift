/// Closed lists of names, such as the facts of a type, each searched by hashing.
struct NameIndex: ~Copyable {
  /// A name of a list: 32 bytes, two to a line of the cache.
  struct Slot {
    fileprivate var head: UInt64 = 0
    fileprivate var tail: UInt64 = 0
    fileprivate var count: Int32 = -1
    /// The position of the name in its list; negative in empty slots.
    fileprivate var position: Int32 = -1
    /// Where its bytes start among those of all names.
    fileprivate var start: Int32 = 0
  }

  /// Where a list's slots are: from `firstSlot` on, a power of two of them, at least half empty, so
  /// that every search ends.
  struct List {
    var firstSlot: Int
    var mask: Int
  }

  private let slots: FixedTable<Slot>
  private let lists: FixedTable<List>
  /// The bytes of all names, one after the other.
  private let text: FixedTable<UInt8>

  /// An index of lists of names, each list without repeated names.
  init(_ namesByList: [[String]]) {
    var slots: [Slot] = []
    var lists: [List] = []
    var text: [UInt8] = []
    for list in namesByList {
      var size = 4
      while size < list.count * 2 { size *= 2 }
      let firstSlot = slots.count
      lists.append(List(firstSlot: firstSlot, mask: size - 1))
      slots += Array(repeating: Slot(), count: size)
      for (position, name) in list.enumerated() {
        let bytes = Array(name.utf8)
        let fingerprint = Fingerprint(bytes)
        var place = fingerprint.hash & (size - 1)
        while slots[firstSlot + place].position >= 0 { place = (place + 1) & (size - 1) }
        slots[firstSlot + place] = Slot(
          head: fingerprint.head, tail: fingerprint.tail,
          count: Int32(truncatingIfNeeded: fingerprint.count),
          position: Int32(truncatingIfNeeded: position),
          start: Int32(truncatingIfNeeded: text.count))
        text += bytes
      }
    }
    self.slots = FixedTable(slots)
    self.lists = FixedTable(lists)
    self.text = FixedTable(text)
  }

  /// The position of a name in a list; nil when it isn't there.
  ///
  /// The name's bytes, by their index, are asked for only when its fingerprint leaves doubt.
  @inline(__always)
  func position(
    of name: Fingerprint, in listIndex: Int, byteAt byte: (Int) -> UInt8
  ) -> Int? {
    let list = lists[listIndex]
    var place = name.hash & list.mask
    while true {
      let slot = slots[list.firstSlot &+ place]
      guard slot.position >= 0 else { return nil }
      if slot.head == name.head, slot.tail == name.tail, Int(slot.count) == name.count,
        isEqual(slot, byteAt: byte)
      {
        return Int(slot.position)
      }
      place = (place &+ 1) & list.mask
    }
  }

  /// Whether the bytes that fingerprints leave out are equal.
  @inline(__always)
  private func isEqual(_ slot: Slot, byteAt byte: (Int) -> UInt8) -> Bool {
    var index = 8
    while index < Int(slot.count) &- 8 {
      guard text[Int(slot.start) &+ index] == byte(index) else { return false }
      index &+= 1
    }
    return true
  }
}

/// A string's length, its first eight bytes and its last eight: all of a string of up to sixteen.
struct Fingerprint: Equatable {
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
