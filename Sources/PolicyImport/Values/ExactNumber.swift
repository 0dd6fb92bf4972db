/// Numbers that are the same in decimal and in binary fractions, as far as comparisons can tell.
enum ExactNumber {
  /// The value of a number; nil where it has more than the 15 digits that a double always keeps apart.
  static func value(of text: some StringProtocol) -> Double? {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber)
    var digits = Substring(mantissa).drop { $0 == "0" }
    while digits.last == "0" { digits.removeLast() }
    guard digits.count <= 15, let value = Double(String(text)), value.isFinite else { return nil }
    return value == 0 && !digits.isEmpty ? nil : value
  }
}
