internal import CByteScan

/// Bytes that grow and keep their memory when they are cleared: what a chunk of output is written to.
///
/// An array asks at each append whether it is shared and large enough; a line is a dozen appends of a
/// few bytes, so that this was a tenth of the time of a document.
///
/// - INVARIANT: `bytes` has room for `capacity` bytes and a block more, and `count <= capacity`.
@safe
package struct ByteBuffer: ~Copyable {
  /// How many bytes are copied at a time where that is faster than a call.
  static let block = 16

  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12
  /// The number of bytes.
  package private(set) var count = 0

  /// An empty buffer.
  package init() { unsafe bytes = .allocate(capacity: capacity + Self.block) }

  deinit { unsafe bytes.deallocate() }

  /// Forgets the bytes and keeps the memory.
  package mutating func removeAll() { count = 0 }

  /// A copy of the bytes.
  package func copy() -> [UInt8] { unsafe Array(UnsafeBufferPointer(start: bytes, count: count)) }

  /// Adds bytes.
  @inline(__always)
  mutating func append(_ added: UnsafeBufferPointer<UInt8>) {
    reserve(added.count)
    if let start = added.baseAddress {
      unsafe (bytes + count).update(from: start, count: added.count)
    }
    count &+= added.count
  }

  /// Adds bytes, few of them, that have a block of any bytes behind them: whole blocks are copied.
  @inline(__always)
  mutating func append(unsafePadded added: UnsafePointer<UInt8>, count addedCount: Int) {
    reserve(addedCount)
    var copied = 0
    repeat {
      let block = unsafe UnsafeRawPointer(added + copied).loadUnaligned(as: SIMD16<UInt8>.self)
      unsafe UnsafeMutableRawPointer(bytes + count + copied).storeBytes(
        of: block, as: SIMD16<UInt8>.self)
      copied &+= Self.block
    } while copied < addedCount
    count &+= addedCount
  }

  /// Adds the bytes of another buffer.
  @inline(__always)
  mutating func append(_ other: borrowing ByteBuffer) {
    unsafe append(unsafePadded: other.bytes, count: other.count)
  }

  /// Whether the bytes are ASCII that can stand in a JSON string as it is: without control characters,
  /// quotes and backslashes.
  var isPlainJSON: Bool {
    for start in stride(from: 0, to: count, by: Self.block) {
      let stops = unsafe byte_scan_stops(bytes + start)
      // What stands behind the last byte says nothing.
      let counted: UInt32 = count - start < Self.block ? (1 << UInt32(count - start)) - 1 : .max
      if stops & counted != 0 { return false }
    }
    return true
  }

  /// Adds bytes.
  @inline(__always)
  package mutating func append(_ added: [UInt8]) {
    unsafe added.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Adds a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe bytes[count] = byte
    count &+= 1
  }

  /// Adds the UTF-8 of a text.
  package mutating func append(_ text: some StringProtocol) { append(Array(text.utf8)) }

  /// Drops the last byte, if there is one.
  mutating func removeLast() { count = max(count - 1, 0) }

  @inline(__always)
  private mutating func reserve(_ added: Int) {
    if count &+ added > capacity { grow(added) }
  }

  @inline(never)
  private mutating func grow(_ added: Int) {
    let larger = max(capacity * 2, count + added)
    let replacement = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.block)
    unsafe replacement.update(from: bytes, count: count)
    unsafe bytes.deallocate()
    unsafe bytes = replacement
    capacity = larger
  }
}
