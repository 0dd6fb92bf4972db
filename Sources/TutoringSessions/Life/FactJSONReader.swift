/// Reads the JSON that facts are kept as (RFC 8259), nested at most 64 deep.
///
/// What is kept is read again with every change of a session; Foundation's decoder takes twenty times as
/// long, and takes texts that are not JSON.
struct FactJSONReader {
  private let bytes: [UInt8]
  private var index = 0
  /// What ends the reading; nothing more is read then.
  private struct Malformed: Error {}

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that the whole text is; nil for any other text, and for null.
  mutating func document() -> FactValue? {
    guard let value = try? value(depth: 0) else { return nil }
    skipSpace()
    return index == bytes.count ? value : nil
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ word: StaticString) throws(Malformed) {
    for scalar in word.description.unicodeScalars where !skip(scalar) { throw Malformed() }
  }

  /// The value here; nil for null.
  private mutating func value(depth: Int) throws(Malformed) -> FactValue? {
    guard depth < 64 else { throw Malformed() }
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .list(try elements(depth: depth))
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"):
      try expect("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try expect("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try expect("null")
      return nil
    default: return try number()
    }
  }

  private mutating func members(depth: Int) throws(Malformed) -> [String: FactValue] {
    index += 1
    // Most have two or three, for which it would have to grow twice.
    var members = [String: FactValue](minimumCapacity: 3)
    skipSpace()
    if skip("}") { return members }
    while true {
      skipSpace()
      let name = try string()
      guard members[name] == nil else { throw Malformed() }
      skipSpace()
      guard skip(":") else { throw Malformed() }
      members[name] = try value(depth: depth + 1)
      skipSpace()
      if skip("}") { return members }
      guard skip(",") else { throw Malformed() }
    }
  }

  private mutating func elements(depth: Int) throws(Malformed) -> [FactValue] {
    index += 1
    var elements: [FactValue] = []
    skipSpace()
    if skip("]") { return elements }
    while true {
      if let element = try value(depth: depth + 1) { elements.append(element) }
      skipSpace()
      if skip("]") { return elements }
      guard skip(",") else { throw Malformed() }
    }
  }

  private mutating func number() throws(Malformed) -> FactValue {
    let start = index
    var isWhole = true
    _ = skip("-")
    let firstDigit = index
    try digits()
    if bytes[firstDigit] == UInt8(ascii: "0"), index > firstDigit + 1 { throw Malformed() }
    if skip(".") {
      isWhole = false
      try digits()
    }
    if skip("e") || skip("E") {
      isWhole = false
      if !skip("+") { _ = skip("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let number = Int64(text) { return .int(number) }
    guard let number = Double(text), number.isFinite else { throw Malformed() }
    return .double(number)
  }

  private mutating func digits() throws(Malformed) {
    let start = index
    while let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    guard index > start else { throw Malformed() }
  }

  private mutating func string() throws(Malformed) -> String {
    guard skip("\"") else { throw Malformed() }
    let start = index
    while let byte, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      index += 1
    }
    // Nearly every string is free of escapes, and is taken as it stands.
    if byte == UInt8(ascii: "\"") {
      index += 1
      return String(decoding: bytes[start..<index - 1], as: UTF8.self)
    }
    var text = Array(bytes[start..<index])
    while let byte, byte >= 0x20 {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw Malformed()
  }

  private mutating func escape(into text: inout [UInt8]) throws(Malformed) {
    guard let byte else { throw Malformed() }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
    default: throw Malformed()
    }
  }

  private mutating func escapedScalar() throws(Malformed) -> Character {
    let unit = try hexDigits()
    if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
    guard (0xD800..<0xDC00).contains(unit), skip("\\"), skip("u") else { throw Malformed() }
    let low = try hexDigits()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw Malformed() }
    return Character(scalar)
  }

  private mutating func hexDigits() throws(Malformed) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw Malformed()
      }
      index += 1
      value = value << 4 + UInt32(digit)
    }
    return value
  }
}
