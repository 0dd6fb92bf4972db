package import CEL

/// Amounts of money as people write them: `$1,500.00`, or with the currency's code where its sign is not well known.
package enum CurrencyWords {
  private static let signs = [
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "PHP": "₱", "ILS": "₪",
  ]
  /// How many digits a currency's smaller unit has, where that is not two.
  private static let digits = ["JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "TND": 3]

  /// The amount in the currency of a code; without one, the number alone.
  package static func text(of money: CELMoney, in currency: String?) -> String {
    let sign = money.amount.isNegative ? "-" : ""
    let number = money.amount.text(
      minimumScale: currency.flatMap { digits[$0] } ?? 2, isGrouped: true)
    let magnitude = String(number.drop { $0 == "-" })
    guard let currency else { return sign + magnitude }
    return signs[currency].map { "\(sign)\($0)\(magnitude)" } ?? "\(sign)\(magnitude) \(currency)"
  }
}
