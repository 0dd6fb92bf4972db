/// A JSON value to be written, its keys in the order given.
///
/// Reports are read by people too, so the order of their keys is part of their shape; Foundation's
/// encoder offers none but the alphabet.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// An object of the given members, without those that are nil.
  package static func object(omittingNil members: [(String, JSONValue?)]) -> JSONValue {
    var given: [(key: String, value: JSONValue)] = []
    given.reserveCapacity(members.count)
    for (key, value) in members {
      if let value { given.append((key, value)) }
    }
    return .object(given)
  }

  /// A text, or nil for none.
  package static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

  /// The value on one line.
  package var compact: String {
    var writer = JSONWriter(isPretty: false)
    writer.write(self)
    return writer.text
  }

  /// Adds the value on one line to a text that is put together in pieces.
  package func write(to bytes: inout [UInt8]) {
    var writer = JSONWriter(isPretty: false)
    swap(&writer.bytes, &bytes)
    writer.write(self)
    swap(&writer.bytes, &bytes)
  }

  /// The value over several lines, indented by two spaces a level.
  package var pretty: String {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    return writer.text
  }
}

/// Writes JSON values as text, byte by byte: an explanation has thousands of values.
private struct JSONWriter {
  var bytes: [UInt8] = []
  /// The level of indentation; nil for one line.
  private var indent: Int?

  init(isPretty: Bool) { indent = isPretty ? 0 : nil }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: add("null")
    case .bool(let flag): add(flag ? "true" : "false")
    case .int(let number): add(String(number))
    case .number(let number): add(number.isFinite ? number.description : "null")
    case .string(let string): write(string)
    case .array(let elements):
      begin("[")
      for (index, element) in elements.enumerated() {
        separate(index)
        write(element)
      }
      end("]", isEmpty: elements.isEmpty)
    case .object(let members):
      begin("{")
      for (index, member) in members.enumerated() {
        separate(index)
        write(member.key)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
        write(member.value)
      }
      end("}", isEmpty: members.isEmpty)
    }
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func begin(_ sign: Unicode.Scalar) {
    bytes.append(UInt8(ascii: sign))
    indent = indent.map { $0 + 1 }
  }

  /// What stands before an item.
  private mutating func separate(_ index: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func end(_ sign: Unicode.Scalar, isEmpty: Bool) {
    indent = indent.map { $0 - 1 }
    if !isEmpty { breakLine() }
    bytes.append(UInt8(ascii: sign))
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  // MARK: Strings

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: string.utf8)
    // Nearly all need no escapes; that is looked for without stopping, which goes many bytes at a time.
    var isPlain = true
    for index in start..<bytes.count where !Self.isPlain(bytes[index]) { isPlain = false }
    if !isPlain {
      bytes.removeSubrange(start...)
      writeEscaped(string)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte of UTF-8 is a sign of its own that needs no escape (RFC 8259, section 7).
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func writeEscaped(_ string: String) {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": add("\\\"")
      case "\\": add("\\\\")
      case "\n": add("\\n")
      case "\r": add("\\r")
      case "\t": add("\\t")
      // What a terminal would obey, and what can't be seen, is data all the same: escaped, as JSON allows.
      case "\u{00}"..<" ", "\u{80}"..<"\u{A0}": writeEscape(of: scalar)
      default:
        if HiddenSigns.contain(scalar) {
          writeEscape(of: scalar)
        } else if let encoded = UTF8.encode(scalar) {
          bytes.append(contentsOf: encoded)
        }
      }
    }
  }

  private mutating func writeEscape(of scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      add("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
  }
}
