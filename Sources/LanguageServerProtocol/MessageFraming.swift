package import Foundation

/// Cuts a stream of bytes into messages: headers with the length, an empty line, the body.
package struct MessageFraming {
  /// What was found in the stream.
  package enum Piece: Hashable, Sendable {
    case message(Data)
    /// Headers without a length that can be used, which are passed over.
    case unusableHeader
  }

  /// The most bytes that a message may have.
  package static let limit = 256 << 20

  private var buffer = Data()

  /// Nothing received yet.
  package init() {}

  /// Adds what was received.
  package mutating func receive(_ bytes: Data) { buffer.append(bytes) }

  /// The next whole message; nil until more is received.
  package mutating func next() -> Piece? {
    guard let end = buffer.range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let header = String(decoding: buffer[buffer.startIndex..<end.lowerBound], as: UTF8.self)
    let lengths = header.split(whereSeparator: \.isNewline).compactMap { line -> Int? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].trimmingCharacters(in: .whitespaces))
    }
    guard let length = lengths.first, (0...Self.limit).contains(length) else {
      buffer = Data(buffer[end.upperBound...])
      return .unusableHeader
    }
    guard buffer.endIndex - end.upperBound >= length else { return nil }
    let body = Data(buffer[end.upperBound..<end.upperBound + length])
    buffer = Data(buffer[(end.upperBound + length)...])
    return .message(body)
  }

  /// A message as it is sent.
  package static func framed(_ body: Data) -> Data {
    Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}
