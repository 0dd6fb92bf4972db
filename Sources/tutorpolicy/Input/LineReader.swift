import Foundation

/// A read that failed, for a reason of the system.
struct ReadError: Error {
  let underlying: any Error
}

/// Reads a file or pipe line by line, holding one line and one piece of what follows.
struct LineReader {
  private let handle: FileHandle
  private let limit: Int
  private let interruption: Interruption
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var lineNumber = 0
  private let pieceSize = 1 << 18

  /// A reader of a handle, whose lines may have so many bytes.
  ///
  /// An interruption makes reading fail with a `CancellationError`.
  init(handle: FileHandle, limit: Int, unless interruption: Interruption) {
    self.handle = handle
    self.limit = limit
    self.interruption = interruption
  }

  /// The next line without its line break, and its number from 1; nil at the end.
  ///
  /// Of a line longer than the limit, one byte more than that is given, by which `isTooLong` knows it.
  mutating func next() throws(ReadError) -> (bytes: [UInt8], number: Int)? {
    var scanned = start
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return line(upTo: end)
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return line(upTo: buffer.count)
      }
      let length = buffer.count - start
      if length > limit {
        let cut = line(upTo: buffer.count)
        try skipLine()
        return cut
      }
      try fill()
      scanned = start + length
    }
  }

  /// Whether a line that is not blank has been read behind those given.
  var hasLine: Bool {
    guard let first = buffer[start...].firstIndex(where: { $0 > 0x20 }) else { return false }
    return buffer[first...].contains(UInt8(ascii: "\n"))
  }

  /// Whether a line that was read is longer than lines may be, so that only its beginning is there.
  func isTooLong(_ line: [UInt8]) -> Bool { line.count > limit }

  private mutating func skipLine() throws(ReadError) {
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        start = end + 1
        return
      }
      start = buffer.count
      guard !isAtEnd else { return }
      try fill()
    }
  }

  private mutating func line(upTo end: Int) -> (bytes: [UInt8], number: Int) {
    lineNumber += 1
    return (Array(buffer[start..<min(end, start + limit + 1)]), lineNumber)
  }

  /// What was read and not given to anyone yet.
  var unread: [UInt8] { Array(buffer[start...]) }

  /// All that is left, up to a byte more than the limit.
  mutating func rest() throws(ReadError) -> [UInt8] {
    while !isAtEnd, buffer.count - start <= limit { try fill() }
    defer { start = buffer.count }
    return Array(buffer[start..<min(buffer.count, start + limit + 1)])
  }

  /// So many bytes from the start on; fewer where the text, its first line, or what a slow pipe gives, ends.
  mutating func start(_ count: Int) throws(ReadError) -> ArraySlice<UInt8> {
    while !isAtEnd, buffer.count - start < count,
      !buffer[start...].contains(UInt8(ascii: "\n"))
    {
      try fill()
    }
    return buffer[start...].prefix(count)
  }

  /// What a text whose name does not tell looks like.
  enum Look {
    /// JSON objects, one a line.
    case lines
    /// One JSON object.
    case object
    /// Anything else.
    case other
  }

  /// What the text looks like: lines of objects where the second line that is not blank begins with `{`
  /// too, as no object written over several lines has it.
  ///
  /// So a first line that is broken is a bad line of a stream, and not a document that takes in all.
  mutating func look() throws(ReadError) -> Look {
    guard try firstByte(after: start) == UInt8(ascii: "{") else {
      return try beginsWithBrokenLine() ? .lines : .other
    }
    var scanned = start
    while scanned - start <= limit {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        // An object that ends with its first line is decided the same by itself and as a stream, and
        // a slow pipe's first session shouldn't wait for its second.
        if buffer[start..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}") { return .lines }
        return try firstByte(after: end + 1) == UInt8(ascii: "{") ? .lines : .object
      }
      guard !isAtEnd else { return .object }
      let length = buffer.count - start
      try fill()
      scanned = start + length
    }
    return .object
  }

  /// Whether an object stands in the second line that is not blank, though no document goes on so after the
  /// first: neither a list nor a YAML document that begins with a comment, a directive or a mark.
  private mutating func beginsWithBrokenLine() throws(ReadError) -> Bool {
    guard try firstByte(after: start) != nil,
      var scanned = buffer[start...].firstIndex(where: { $0 > 0x20 })
    else { return false }
    let indent = scanned - start
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        if buffer[start + indent..<end].beginsDocument { return false }
        return try firstByte(after: end + 1) == UInt8(ascii: "{")
      }
      guard !isAtEnd, buffer.count - start <= limit else { return false }
      let length = buffer.count - start
      try fill()
      scanned = start + length
    }
  }

  /// The first byte from an offset on that is no white space, within the limit; nil where there is none.
  private mutating func firstByte(after offset: Int) throws(ReadError) -> UInt8? {
    var scanned = offset
    while scanned - start <= limit {
      if let byte = buffer[scanned...].first(where: { $0 > 0x20 }) { return byte }
      guard !isAtEnd else { return nil }
      scanned = buffer.count
      let before = start
      try fill()
      scanned -= before - start
    }
    return nil
  }

  private mutating func fill() throws(ReadError) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    // What there is, without waiting for a full piece: the first lines of a slow pipe come at once.
    let filled = buffer.count
    buffer += Array(repeating: 0, count: pieceSize)
    while interruption.waitForInput(handle.fileDescriptor) {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(
          handle.fileDescriptor, bytes.baseAddress.map { unsafe $0 + filled }, pieceSize)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      buffer.removeLast(pieceSize - max(count, 0))
      if count < 0 { throw ReadError(underlying: POSIXError.current) }
      if count == 0 { isAtEnd = true }
      return
    }
    buffer.removeLast(pieceSize)
    throw ReadError(underlying: CancellationError())
  }
}

extension ArraySlice<UInt8> {
  /// Whether an object may follow the line as part of one document.
  fileprivate var beginsDocument: Bool {
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "%"): true
    case UInt8(ascii: "["): last { $0 > 0x20 } != UInt8(ascii: "]")
    default: starts(with: Array("---".utf8))
    }
  }
}
