extension Library {
  /// Base64, the standard alphabet of RFC 4648.
  static let encoders = Library(
    name: "encoders",
    summary: "Bytes as text, in the standard alphabet of Base64 (RFC 4648)."
  ) {
    Overload.function("base64.encode", id: "base64_encode_bytes", "The bytes in Base64.") {
      (bytes: [UInt8], _) in Base64.encode(bytes)
    }
    Overload.function(
      "base64.decode", id: "base64_decode_string",
      "The bytes of a text in Base64; the padding with '=' may be left out."
    ) { (text: String, _) in
      try Base64.decode(Array(text.utf8)).orThrow(EvaluationError("the text is not Base64"))
    }
  }
}

/// The encoding of bytes in an alphabet of 64 letters.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        let letter = alphabet[Int(bits >> UInt32(18 - 6 * position) & 0x3F)]
        text.append(position <= group.count ? letter : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes; nil when the text is not Base64.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    let letters = text.prefix { $0 != padding }
    let paddingCount = text.count - letters.count
    guard text.dropFirst(letters.count).allSatisfy({ $0 == padding }), letters.count % 4 != 1,
      paddingCount == 0 || (letters.count + paddingCount) % 4 == 0 && paddingCount < 3
    else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for letter in letters {
      guard let value = value(of: letter) else { return nil }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return bytes
  }

  private static func value(of letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
