/// How a number between two that can be written is put on one of them; negative ones mirror positive ones, so
/// that a row that is taken back takes back exactly what it gave.
package enum Rounding: String, Sendable, CaseIterable {
  /// The nearer one; from the middle away from zero.
  case halfUp = "half-up"
  /// The nearer one; from the middle to the even one.
  case halfEven = "half-even"
  /// The one nearer to zero.
  case down
  /// The one farther from zero.
  case up

  /// What it does, in words.
  package var words: String {
    switch self {
    case .halfUp: "to the nearer, from the middle away from zero"
    case .halfEven: "to the nearer, from the middle to the even one"
    case .down: "towards zero"
    case .up: "away from zero"
    }
  }

  /// A quotient of whole numbers as a whole number; nil where it is too large.
  ///
  /// INVARIANT: `divisor` is positive.
  package func quotient(_ number: Int64, by divisor: Int64) -> Int64? {
    guard divisor > 0, number != .min else { return nil }
    let (whole, rest) = abs(number).quotientAndRemainder(dividingBy: divisor)
    let isAway =
      switch self {
      case .down: false
      case .up: rest > 0
      case .halfUp: rest >= divisor - rest
      case .halfEven: rest > divisor - rest || rest == divisor - rest && !whole.isMultiple(of: 2)
      }
    let (rounded, isTooLarge) = whole.addingReportingOverflow(isAway && rest > 0 ? 1 : 0)
    guard !isTooLarge else { return nil }
    return number < 0 ? -rounded : rounded
  }
}
