import CEL

/// A string of a document or of the policy, as the plan compares it.
///
/// - INVARIANT: `bytes` has `count` bytes of UTF-8, and eight bytes can be loaded from each of them:
///   documents are padded, decoded text and constants too. It lives as long as the document is being
///   decided, or as the plan.
@safe
struct PlanString: BitwiseCopyable, @unchecked Sendable {
  /// The first byte.
  let bytes: UnsafePointer<UInt8>
  /// The number of bytes.
  let count: Int
  /// The first eight bytes, the first lowest, with zeros after the end.
  let head: UInt64

  @inline(__always)
  init(bytes: UnsafePointer<UInt8>, count: Int, head: UInt64) {
    unsafe self.bytes = bytes
    self.count = count
    self.head = head
  }

  /// A string whose first bytes haven't been looked at yet.
  init(bytes: UnsafePointer<UInt8>, count: Int) {
    var head: UInt64 = 0
    for index in 0..<min(count, 8) { unsafe head |= UInt64(bytes[index]) << UInt64(index * 8) }
    unsafe self.init(bytes: bytes, count: count, head: head)
  }

  /// The bytes, for as long as the string lives.
  @inline(__always)
  var buffer: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: bytes, count: count) }

  /// Whether both have the same bytes.
  @inline(__always)
  static func == (left: PlanString, right: PlanString) -> Bool {
    guard left.head == right.head, left.count == right.count else { return false }
    return left.count <= 8 || left.hasSameRest(as: right)
  }

  /// Compares what follows the first eight bytes, of strings of one length: eight at a time, the last
  /// eight overlapping what was compared before.
  @inline(__always)
  private func hasSameRest(as other: PlanString) -> Bool {
    var index = 8
    while index < count &- 8 {
      guard word(at: index) == other.word(at: index) else { return false }
      index &+= 8
    }
    return word(at: count &- 8) == other.word(at: count &- 8)
  }

  @inline(__always)
  private func word(at index: Int) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
  }

  /// Whether it comes before another in the order of Unicode scalars, which is that of UTF-8.
  static func < (left: PlanString, right: PlanString) -> Bool {
    unsafe left.buffer.lexicographicallyPrecedes(right.buffer)
  }

  /// The number of Unicode scalars.
  var scalarCount: Int { unsafe buffer.count { $0 & 0xC0 != 0x80 } }

  /// Whether it holds nothing but white space.
  var isBlank: Bool {
    guard count > 0 else { return true }
    if unsafe bytes[0] > 0x20, unsafe bytes[0] < 0x80 { return false }
    return unsafe String(decoding: buffer, as: UTF8.self).unicodeScalars
      .allSatisfy { $0.properties.isWhitespace }
  }

  func starts(with part: PlanString) -> Bool { unsafe buffer.starts(with: part.buffer) }

  func ends(with part: PlanString) -> Bool {
    unsafe part.count <= count && buffer.suffix(part.count).elementsEqual(part.buffer)
  }

  /// How many steps searching for a part counts at most: it may be compared at every place.
  func workOfSearching(_ part: PlanString) -> Int {
    guard part.count <= count else { return 0 }
    // Both are shorter than 2 GiB: no overflow.
    return (count &- part.count &+ 1) &* max(1, part.count) / CELValue.bytesPerStep
  }

  func contains(_ part: PlanString) -> Bool {
    guard part.count <= count else { return false }
    return (0...count - part.count).contains { start in
      unsafe UnsafeBufferPointer(start: bytes + start, count: part.count)
        .elementsEqual(part.buffer)
    }
  }

  /// A number that differs between most strings.
  @inline(__always)
  var hash: Int {
    let tail = count > 8 ? word(at: count &- 8) : head
    let mixed = (head ^ (tail &<< 7) ^ (tail &>> 57)) &+ UInt64(truncatingIfNeeded: count)
    return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 32)
  }

  /// A copy as a string.
  var text: String { unsafe String(decoding: buffer, as: UTF8.self) }
}

/// A closed set of strings, found by hashing among the slots of a program.
///
/// Its slots are a power of two in number and at least half empty, so that every search ends.
struct PlanStringSet: BitwiseCopyable {
  /// A slot: a string with its position in the set, or nothing, which has a negative count.
  struct Slot {
    let string: PlanString
    let position: Int32
  }

  private let firstSlot: Int
  private let mask: Int

  init(_ strings: some Collection<PlanString>, appendingTo slots: inout [Slot]) {
    var size = 4
    while size < strings.count * 2 { size *= 2 }
    firstSlot = slots.count
    mask = strings.isEmpty ? -1 : size - 1
    guard let some = strings.first else { return }
    let empty = unsafe PlanString(bytes: some.bytes, count: -1, head: 0)
    slots += Array(repeating: Slot(string: empty, position: -1), count: size)
    for (position, string) in strings.enumerated() {
      var place = string.hash & mask
      while slots[firstSlot + place].string.count >= 0 { place = (place + 1) & mask }
      slots[firstSlot + place] = Slot(
        string: string, position: Int32(truncatingIfNeeded: position))
    }
  }

  /// Whether a string is one of the set.
  @inline(__always)
  func contains(_ string: PlanString, slots: UnsafePointer<PlanString>) -> Bool {
    unsafe slot(of: string, slots: slots) != nil
  }

  /// The slot that a string is in, among all of a program; nil where it is not in the set.
  @inline(__always)
  func slot(of string: PlanString, slots: UnsafePointer<PlanString>) -> Int? {
    guard mask >= 0 else { return nil }
    var place = string.hash & mask
    while true {
      let slot = unsafe slots[firstSlot &+ place]
      if slot.count < 0 { return nil }
      if slot == string { return firstSlot &+ place }
      place = (place &+ 1) & mask
    }
  }
}
