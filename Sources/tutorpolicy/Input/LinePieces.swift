import Foundation
import PolicyEngine

/// Reads a file or pipe in pieces of whole lines, each as soon as there is one.
///
/// It holds at most a piece and the line that was cut at its end.
struct LinePieces: Sendable {
  /// How many bytes are asked for at once; larger pieces don't make it faster, and fall out of the cache.
  static let pieceSize = 1 << 18

  private let handle: FileHandle
  private let limit: Int
  /// What was read of the next line.
  private var carried: [UInt8] = []
  private var isAtEnd = false
  /// How many lines the pieces so far had.
  private(set) var lineCount = 0

  /// The lines of an open file, which may have so many bytes each, after what was read from it already.
  init(handle: FileHandle, after start: [UInt8], limit: Int) {
    self.handle = handle
    self.limit = limit
    carried = start
  }

  /// Reads the next lines to the start of a buffer, with padding behind them; nil at the end.
  ///
  /// A line longer than the limit is cut there, which no reader takes for a whole document.
  mutating func next(
    into buffer: inout [UInt8], unless interruption: Interruption
  ) throws(ReadError) -> Int? {
    let padding = PaddedBytes.padding
    var filled = carried.count
    if buffer.count < filled + Self.pieceSize + padding {
      // With room for the rests of longer lines: else each that is longer than all before takes a new one.
      buffer = Array(repeating: 0, count: filled + Self.pieceSize * 5 / 4 + padding)
    }
    buffer.replaceSubrange(0..<filled, with: carried)
    carried.removeAll(keepingCapacity: true)
    // What was read before may hold whole lines, which must not wait for more.
    if let lineFeed = buffer[..<filled].lastIndex(of: UInt8(ascii: "\n")) {
      carried.append(contentsOf: buffer[(lineFeed + 1)..<filled])
      return finish(&buffer, lineFeed + 1)
    }
    while true {
      if isAtEnd { return filled > 0 ? finish(&buffer, filled) : nil }
      let added = try read(
        into: &buffer, at: filled,
        upTo: min(filled + Self.pieceSize, buffer.count - padding, limit + 1),
        unless: interruption)
      let scanned = filled
      filled += added
      if added == 0 { isAtEnd = true }
      if let lineFeed = buffer[scanned..<filled].lastIndex(of: UInt8(ascii: "\n")) {
        carried.append(contentsOf: buffer[(lineFeed + 1)..<filled])
        return finish(&buffer, lineFeed + 1)
      }
      if filled > limit {
        try skipLine(unless: interruption)
        return finish(&buffer, limit + 1)
      }
      if filled == buffer.count - padding {
        buffer += Array(repeating: 0, count: buffer.count)
      }
    }
  }

  private mutating func finish(_ buffer: inout [UInt8], _ count: Int) -> Int {
    for index in count..<count + PaddedBytes.padding { buffer[index] = 0 }
    // Without stopping, which goes many bytes at a time.
    var lines = 0
    for index in 0..<count where buffer[index] == UInt8(ascii: "\n") { lines += 1 }
    // A line that is cut, or the last one, has no line feed.
    lineCount += max(1, lines)
    return count
  }

  /// Goes on to the line after the one that is being read.
  private mutating func skipLine(unless interruption: Interruption) throws(ReadError) {
    var scratch = [UInt8](repeating: 0, count: Self.pieceSize)
    while true {
      let count = try read(into: &scratch, at: 0, upTo: scratch.count, unless: interruption)
      if count == 0 {
        isAtEnd = true
        return
      }
      if let lineFeed = scratch[..<count].firstIndex(of: UInt8(ascii: "\n")) {
        carried = Array(scratch[(lineFeed + 1)..<count])
        return
      }
    }
  }

  /// Reads what there is; 0 at the end.
  private func read(
    into buffer: inout [UInt8], at start: Int, upTo end: Int, unless interruption: Interruption
  ) throws(ReadError) -> Int {
    let descriptor = handle.fileDescriptor
    while interruption.waitForInput(descriptor) {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(descriptor, bytes.baseAddress.map { unsafe $0 + start }, end - start)
      }
      if count >= 0 { return count }
      if errno != EINTR, errno != EAGAIN { throw ReadError(underlying: POSIXError.current) }
    }
    // What was read of a line that is cut off here is none.
    throw ReadError(underlying: CancellationError())
  }
}

extension POSIXError {
  /// The error of the system call that just failed.
  static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
