package import CEL

extension Rounding {
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
  package func units(_ number: Int64, by divisor: Int64) -> Int64? {
    quotient(Int128(number), by: Int128(divisor)).flatMap(Int64.init(exactly:))
  }
}

extension CellFormat {
  /// The ways of rounding by the names that files have for them, with what they do.
  package static var roundings: [(String, String)] {
    Rounding.allCases.map { ($0.rawValue, $0.words) }
  }
}
