/// What is written as a JSON value.
package protocol JSONWritable {
  /// Writes the value.
  func write(to json: inout JSONWriter)
}

extension JSONWritable {
  /// The value on one line.
  package var compact: String { JSONWriter.text(of: self, isPretty: false) }

  /// The value over several lines, indented by two spaces a level.
  package var pretty: String { JSONWriter.text(of: self, isPretty: true) }

  /// Adds the value on one line to a text that is put together in pieces.
  package func write(to bytes: inout [UInt8]) { JSONWriter.write(self, to: &bytes) }
}

extension String: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(self) }
}

extension Bool: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(.bool(self)) }
}

extension Array: JSONWritable where Element: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.array { json in
      for element in self { json.element(element) }
    }
  }
}

/// Writes JSON as text, value by value: an explanation has thousands of them, and needs no tree of these.
package struct JSONWriter {
  private var bytes: [UInt8] = []
  /// The level of indentation; nil for one line.
  private var indent: Int?
  /// Whether nothing stands yet in the object or array that is being written.
  private var isEmpty = true

  private init(isPretty: Bool) { indent = isPretty ? 0 : nil }

  fileprivate static func text(of value: some JSONWritable, isPretty: Bool) -> String {
    var writer = JSONWriter(isPretty: isPretty)
    value.write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  fileprivate static func write(_ value: some JSONWritable, to bytes: inout [UInt8]) {
    var writer = JSONWriter(isPretty: false)
    swap(&writer.bytes, &bytes)
    value.write(to: &writer)
    swap(&writer.bytes, &bytes)
  }

  // MARK: Objects and arrays

  /// Writes an object, whose members are written by `body`.
  package mutating func object(_ body: (inout JSONWriter) -> Void) { enclose("{", "}", body) }

  /// Writes an array, whose elements are written by `body`.
  package mutating func array(_ body: (inout JSONWriter) -> Void) { enclose("[", "]", body) }

  /// Writes a member of an object; nothing where there is no value.
  package mutating func member(_ key: String, _ value: (some JSONWritable)?) {
    guard let value else { return }
    begin(key)
    value.write(to: &self)
  }

  /// Writes a member of an object that is a text; nothing where there is none.
  package mutating func member(_ key: String, _ text: String?) {
    guard let text else { return }
    begin(key)
    write(text)
  }

  /// Writes a member of an object that is an object itself.
  package mutating func member(_ key: String, _ body: (inout JSONWriter) -> Void) {
    begin(key)
    object(body)
  }

  /// Writes a member of an object that is an array, unless that would be empty.
  package mutating func member(_ key: String, unlessEmpty elements: [some JSONWritable]) {
    if !elements.isEmpty { member(key, elements) }
  }

  /// Writes an element of an array.
  package mutating func element(_ value: some JSONWritable) {
    separate()
    value.write(to: &self)
  }

  private mutating func enclose(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: opening))
    indent = indent.map { $0 + 1 }
    isEmpty = true
    body(&self)
    indent = indent.map { $0 - 1 }
    if !isEmpty { breakLine() }
    bytes.append(UInt8(ascii: closing))
    isEmpty = false
  }

  /// Writes the key of a member: all but those of data are plain.
  private mutating func begin(_ key: String, isPlain: Bool = true) {
    separate()
    if isPlain { writePlain(key) } else { write(key) }
    bytes.append(UInt8(ascii: ":"))
    if indent != nil { bytes.append(UInt8(ascii: " ")) }
  }

  /// What stands before a member or an element.
  private mutating func separate() {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    breakLine()
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  // MARK: Values

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: add("null")
    case .bool(let flag): add(flag ? "true" : "false")
    case .int(let number): add(String(number))
    case .number(let number): add(number.isFinite ? number.description : "null")
    case .string(let string): write(string)
    case .array(let elements):
      array { json in
        for element in elements { json.element(element) }
      }
    case .object(let members):
      object { json in
        for (key, value) in members {
          json.begin(key, isPlain: false)
          json.write(value)
        }
      }
    }
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  // MARK: Strings

  fileprivate mutating func write(_ string: String) {
    // Nearly all need no escapes.
    let isPlain = unsafe string.utf8.withContiguousStorageIfAvailable { unsafe Self.arePlain($0) }
    if isPlain ?? false {
      writePlain(string)
    } else {
      bytes.append(UInt8(ascii: "\""))
      writeEscaped(string)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func writePlain(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: string.utf8)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether all bytes of a text in UTF-8 are signs of their own that need no escape (RFC 8259, section 7).
  private static func arePlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Without stopping, which goes many bytes at a time.
    var isOdd: UInt8 = 0
    for index in 0..<text.count {
      let byte = unsafe text[index]
      isOdd |= byte < 0x20 || byte >= 0x80 ? 1 : 0
      isOdd |= byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 1 : 0
    }
    return isOdd == 0
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
