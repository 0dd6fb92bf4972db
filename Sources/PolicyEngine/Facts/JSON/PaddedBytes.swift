/// UTF-8 text in memory with room behind it, so that scanning needs no bounds check per byte.
///
/// - INVARIANT: `start` can be read for `count + padding` bytes, and the byte at `count` is NUL or a
///   line feed. Every loop over text stops at such a byte, or asks whether the end is reached; loads
///   of several bytes end within the padding.
@safe
package struct PaddedBytes {
  /// How many bytes after the text can be read.
  package static let padding = 64

  /// The first byte.
  let start: UnsafePointer<UInt8>
  /// The number of bytes of text.
  package let count: Int

  /// The text of `count` bytes at a place that keeps the invariant.
  package init(unsafeStart start: UnsafePointer<UInt8>, count: Int) {
    unsafe assert(start[count] == 0 || start[count] == UInt8(ascii: "\n"))
    unsafe self.start = start
    self.count = count
  }

  /// Calls `body` with a padded copy of a text.
  package static func withCopy<Result>(of bytes: [UInt8], _ body: (PaddedBytes) -> Result) -> Result
  {
    with(padded(bytes), body)
  }

  /// A text with the padding behind it.
  static func padded(_ bytes: [UInt8]) -> [UInt8] {
    var padded = bytes
    padded.reserveCapacity(bytes.count + padding)
    padded.append(contentsOf: repeatElement(0, count: padding))
    return padded
  }

  /// Calls `body` with a text that has its padding.
  static func with<Result>(_ padded: [UInt8], _ body: (PaddedBytes) -> Result) -> Result {
    precondition(padded.count >= padding && padded[padded.count - padding] == 0)
    return unsafe padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else {
        preconditionFailure("a buffer that was padded is not empty")
      }
      return body(unsafe PaddedBytes(unsafeStart: start, count: padded.count - padding))
    }
  }
}
