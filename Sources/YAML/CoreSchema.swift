/// What a scalar means by the core schema (YAML 1.2.2, section 10.3).
enum CoreSchema {
  /// The tags of the schema, by the name that follows `!!`.
  enum Tag: String {
    case null, bool, int, float, str, seq, map

    /// What a resolved tag starts with when it is one of YAML's own.
    static let prefix = "tag:yaml.org,2002:"

    /// The schema's tag of a resolved name; nil for the tags that the schema does not have.
    init?(resolved tag: String) {
      guard tag.hasPrefix(Self.prefix) else { return nil }
      self.init(rawValue: String(tag.dropFirst(Self.prefix.count)))
    }
  }

  /// What a plain scalar without a tag means (section 10.3.2).
  static func resolve(_ text: String) -> YAMLScalar.Value {
    // Most scalars are words or expressions: one byte shows of most that they are nothing else.
    switch text.utf8.first {
    case nil, UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
      guard text.utf8.count <= 5 else { return .string(text) }
    default: return number(text) ?? .string(text)
    }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return .string(text)
    }
  }

  /// What a scalar means that is tagged; nil when its text is not of that kind.
  static func resolve(_ text: String, as tag: Tag) -> YAMLScalar.Value? {
    switch (tag, resolve(text)) {
    case (.str, _): .string(text)
    case (.null, .null): .null
    case (.bool, .bool(let value)): .bool(value)
    case (.int, .int(let value)): .int(value)
    // An integer that does not fit 64 bits: `resolve` made it a float, but the text is an integer's.
    case (.int, .float(let value)) where integer(Array(text.utf8)) != nil: .float(value)
    case (.float, .int(let value)): .float(Double(value))
    case (.float, .float(let value)): .float(value)
    default: nil
    }
  }

  private static func number(_ text: String) -> YAMLScalar.Value? {
    guard let first = text.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      break
    default: return nil
    }
    switch text {
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    default: break
    }
    let bytes = Array(text.utf8)
    if let integer = integer(bytes) { return integer }
    return isDecimalFraction(bytes) ? Double(text).map { .float($0) } : nil
  }

  /// `[-+]?[0-9]+`, `0o[0-7]+` or `0x[0-9a-fA-F]+`, as a float where 64 bits are too few.
  private static func integer(_ bytes: [UInt8]) -> YAMLScalar.Value? {
    if bytes.starts(with: "0o".utf8) { return integer(bytes.dropFirst(2), radix: 8) }
    if bytes.starts(with: "0x".utf8) { return integer(bytes.dropFirst(2), radix: 16) }
    let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    return integer(
      bytes.dropFirst(isSigned ? 1 : 0), radix: 10, isNegative: bytes.first == UInt8(ascii: "-"))
  }

  private static func integer(
    _ digits: ArraySlice<UInt8>, radix: Int64, isNegative: Bool = false
  ) -> YAMLScalar.Value? {
    guard !digits.isEmpty else { return nil }
    var value: Int64? = 0
    for byte in digits {
      guard let digit = digitValue(byte), digit < radix else { return nil }
      value = value.flatMap { sum in
        let (product, overflow) = sum.multipliedReportingOverflow(by: radix)
        // Negative numbers are summed downwards: the least Int64 has no positive counterpart.
        let (next, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
        return overflow || carry ? nil : next
      }
    }
    if let value { return .int(value) }
    let text = String(decoding: digits, as: UTF8.self)
    let float = radix == 10 ? Double(text) : largeNumber(digits, radix: radix)
    return float.map { .float(isNegative ? -$0 : $0) }
  }

  private static func largeNumber(_ digits: ArraySlice<UInt8>, radix: Int64) -> Double {
    digits.reduce(0) { $0 * Double(radix) + Double(digitValue($1) ?? 0) }
  }

  /// Whether a text is `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
  private static func isDecimalFraction(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func skip(_ characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    func digits() -> Int {
      let count = rest.prefix(while: isDigit).count
      rest.removeFirst(count)
      return count
    }
    _ = skip("+-")
    let whole = digits()
    let fraction = skip(".") ? digits() : 0
    guard whole + fraction > 0 else { return false }
    if skip("eE") {
      _ = skip("+-")
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func digitValue(_ byte: UInt8) -> Int64? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map(Int64.init)
  }
}
