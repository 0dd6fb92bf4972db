/// A way of rounding a quotient to a whole number.
package enum Rounding: String, Sendable, CaseIterable {
  /// To the nearest; a half goes away from zero.
  case halfUp = "half-up"
  /// To the nearest; a half goes to the even one.
  case halfEven = "half-even"
  /// Towards zero.
  case down
  /// Away from zero.
  case up

  /// A quotient, rounded; nil for a divisor of zero.
  package func quotient(_ dividend: Int128, by divisor: Int128) -> Int128? {
    guard divisor != 0 else { return nil }
    let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
    guard !overflow else { return nil }
    let rest = (dividend % divisor).magnitude
    guard rest != 0 else { return quotient }
    // A rest is below 2^127, so that twice as much fits.
    let isAway =
      switch self {
      case .down: false
      case .up: true
      case .halfUp: rest * 2 >= divisor.magnitude
      case .halfEven:
        rest * 2 > divisor.magnitude || rest * 2 == divisor.magnitude && quotient % 2 != 0
      }
    guard isAway else { return quotient }
    return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
  }
}
