#if Server
import Foundation

/// What a form sent: fields by their names, in the order in which they came, each as often as it came.
package struct FormBody: Hashable, Sendable {
  /// A field with its value.
  package struct Field: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The value; what people type is neither trimmed nor read here.
    package let value: String
  }

  /// The text is not what forms send.
  package struct Malformed: Error {
    /// What is wrong.
    package let message: String
  }

  /// How many fields a form may have: one of fifty students with twenty facts each has a thousand.
  static let fieldLimit = 4_000

  /// The fields.
  package let fields: [Field]
  private let byName: [String: [String]]

  /// A form of some fields.
  package init(_ fields: [Field] = []) {
    self.fields = fields
    byName = Dictionary(grouping: fields, by: \.name).mapValues { $0.map(\.value) }
  }

  /// The form in a text of the kind `application/x-www-form-urlencoded`.
  ///
  /// - Throws: `Malformed` for escapes that are none, for bytes that are not UTF-8, and for too many fields.
  package init(urlEncoded bytes: some Collection<UInt8>) throws(Malformed) {
    var fields: [Field] = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      guard fields.count < Self.fieldLimit else {
        throw Malformed(message: "The form has more than \(Self.fieldLimit) fields.")
      }
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(parts[0])
      let value = try parts.count > 1 ? Self.decoded(parts[1]) : ""
      fields.append(Field(name: name, value: value))
    }
    self.init(fields)
  }

  /// The value of a field that came once; the first where it came more than once, nil where it did not.
  package subscript(name: String) -> String? { byName[name]?.first }

  /// The value without white space around it; nil where that leaves nothing.
  package func text(_ name: String) -> String? {
    guard let value = self[name]?.trimmingCharacters(in: .whitespacesAndNewlines), !value.isEmpty
    else { return nil }
    return value
  }

  /// All values of a field.
  package func all(_ name: String) -> [String] { byName[name] ?? [] }

  private static func decoded(_ bytes: some Collection<UInt8>) throws(Malformed) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue)
        else { throw Malformed(message: "The form has a % that is not the start of an escape.") }
        decoded.append(high << 4 | low)
      default: decoded.append(byte)
      }
    }
    // A zero byte ends texts in the database, and is nothing that people type.
    guard let text = String(validating: decoded, as: UTF8.self), !decoded.contains(0) else {
      throw Malformed(message: "The form has bytes that are not text in UTF-8.")
    }
    return text
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
#endif
