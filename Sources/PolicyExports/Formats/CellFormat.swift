package import CEL

/// How a value is written in a cell.
package enum CellFormat: Hashable, Sendable {
  /// As it stands.
  case text
  /// A whole number.
  case number
  /// A whole number divided by another, with so many decimals: the one place where anything is rounded.
  case decimal(per: Int64, decimals: Int, Rounding)
  /// A day or an instant, as a pattern says.
  case moment(MomentPattern)

  /// The names that a format has in files, with what they are.
  package static let names = [
    ("text", "as it stands"), ("number", "a whole number"),
    ("decimal", "a whole number divided by 'per', with 'decimals', rounded as 'rounding' says"),
  ]
}

/// A number with a fixed count of decimals: what stands in a cell, as it is added up.
package struct FixedDecimal: Hashable, Sendable {
  /// The number without its point.
  package var units: Int64
  /// How many of its digits stand behind the point.
  package let decimals: Int

  /// A number of so many units.
  package init(units: Int64, decimals: Int) {
    self.units = units
    self.decimals = decimals
  }

  /// The sum with a number of as many decimals; nil where it is too large.
  package func adding(_ other: FixedDecimal) -> FixedDecimal? {
    let (sum, isTooLarge) = units.addingReportingOverflow(other.units)
    return isTooLarge ? nil : FixedDecimal(units: sum, decimals: decimals)
  }

  /// The number as it is written, such as `-1.50`.
  package var text: String {
    guard decimals > 0 else { return String(units) }
    var digits = String(units.magnitude)
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    return (units < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }
}
