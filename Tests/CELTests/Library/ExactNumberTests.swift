import CEL
import Diagnostics
import TestSupport
import Testing

struct `Exact numbers` {
  private static let environment: Environment = {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "hours", type: .decimal),
      Environment.Variable(name: "pay", type: .money),
      Environment.Variable(name: "days", type: .int),
      Environment.Variable(name: "ratio", type: .double),
      Environment.Variable(name: "worked", type: .duration),
      Environment.Variable(name: "rates", type: .list(.decimal)),
      Environment.Variable(name: "bonus", type: .optional(.money)),
    ]
    return environment
  }()

  private static let activation = Activation(globals: [
    .value(.decimal(CELDecimal("7.25") ?? CELDecimal(0))),
    .value(.money(CELMoney(CELDecimal("27.5") ?? CELDecimal(0)))), .value(.int(3)),
    .value(.double(0.5)), .value(.duration(CELDuration(seconds: 3_600 + 22 * 60 + 30))),
    .value(.list([.decimal(CELDecimal(1)), .decimal(CELDecimal("0.1") ?? CELDecimal(0))])),
    .value(.optional(nil)),
  ])

  private func value(_ text: String) -> String {
    let checked = Checked(text, in: Self.environment)
    guard checked.diagnostics.isEmpty else { return checked.messages.joined(separator: "; ") }
    return shown(Evaluator().evaluate(checked.expression, in: Self.activation))
  }

  @Test(
    arguments: [
      ("hours * 0.5", "3.625"), ("0.1 + hours", "7.35"), ("hours + days", "10.25"),
      ("days * hours", "21.75"), ("hours - 7.25 == 0", "true"), ("hours > 7", "true"),
      ("days < hours", "true"), ("decimal('0.1') + 0.2 == 0.3", "true"),
      ("decimal(days) == days", "true"), ("-hours", "-7.25"), ("pay * hours", "money 199.375"),
      ("pay * 3", "money 82.50"), ("1.5 * pay", "money 41.25"), ("pay + 100", "money 127.50"),
      ("pay <= 5000", "true"), ("pay == 27.50", "true"), ("5000 > pay", "true"),
      ("[pay, 20.25].min()", "money 20.25"), ("[hours, days, 1.5].max()", "7.25"),
      ("days > 2 ? pay : 0", "money 27.50"), ("bonus.orValue(0) + pay", "money 27.50"),
      ("pay in [27.5, 30]", "true"), ("0.10 in rates", "true"), ("sum(rates)", "1.1"),
      ("rates.sum(r, r * pay)", "money 30.25"), ("rates.sort()", "[0.1, 1]"),
      ("rates.reduce(s, 0, r, s + r * 2)", "2.2"), ("rates.runningSum(r, r)", "[1, 1.1]"),
      ("[1, 2].reduce(s, 0, x, s + pay * x)", "money 82.50"),
      ("[hours, 7.250, 1].distinct().size()", "2"), ("rates.maxBy(r, -r)", "0.1"),
      ("pay.divide(days, 0.01, 'half-up')", "money 9.17"),
      ("pay.divide(days, 0.01, 'down')", "money 9.16"), ("days.divide(8, 0.01, 'up')", "0.38"),
      ("pay.divide(pay, 1, 'half-even')", "1"), ("hours.round(0.5, 'half-up')", "7.5"),
      ("hours.round(0.5, 'half-even')", "7"), ("(-hours).round(0.5, 'half-up')", "-7.5"),
      ("(-hours).round(0.5, 'down')", "-7"), ("pay.round(1, 'half-even')", "money 28"),
      ("worked.inHours(0.25, 'half-up')", "1.5"), ("worked.inHours(0.25, 'down')", "1.25"),
      ("worked.round(duration('15m'), 'half-up')", "5400s"), ("worked * 2", "9900s"),
      ("2 * worked", "9900s"), ("worked.divide(2, duration('1m'), 'up')", "2520s"),
      ("worked.divide(duration('1h'), 0.1, 'half-up')", "1.4"), ("int(hours.round(1, 'up'))", "8"),
      ("int(hours)", "error: the decimal has a fraction, or is too large for an int"),
      ("string(hours) + string(pay)", "'7.2527.50'"), ("decimal('1e3')", "1000"),
      ("hours.divide(days - 3, 0.01, 'up')", "error: division by zero"),
      ("hours.round(hours - hours, 'up')", "error: the step that is rounded to must be above zero"),
      ("'%s'.format([pay])", "'27.50'"), ("type(hours) == decimal", "true"),
      (
        "decimal('9999999999999999999999999999') + days",
        "error: out of range: a decimal has at most 18 digits after the point and 28 in all"
      ),
      (
        "decimal('0.000000000000000001') * hours",
        "error: out of range: a decimal has at most 18 digits after the point and 28 in all"
      ),
      ("decimal('x' + string(days))", "error: the text can't be converted: it is not a decimal"),
    ])
  func `are calculated as written`(text: String, result: String) {
    #expect(value(text) == result, "\(text)")
  }

  @Test(
    arguments: [
      ("pay * pay", "an amount is multiplied by a plain number"),
      ("hours / 2", "a quotient says how it is rounded: a.divide(b, 0.01, 'half-up')"),
      ("hours * ratio", "a double holds binary fractions"),
      ("pay + hours", "a plain number is made an amount with money(number)"),
      ("pay + days", "a plain number is made an amount with money(number)"),
      ("pay.round(0.01, 'half-upp')", "did you mean 'half-up'?"),
      ("worked.inHours(0.25, 'nearest')", "the ways are 'half-up', 'half-even', 'down', 'up'"),
    ])
  func `say what is to be written instead`(text: String, help: String) {
    let found = Checked(text, in: Self.environment).diagnostics
    #expect(found.count == 1)
    #expect(found.first?.help?.contains(help) == true, "\(text): \(found)")
  }

  @Test(arguments: ["pay == ratio", "pay == days", "hours == ratio"])
  func `are never equal to what they can't be compared with`(text: String) {
    #expect(Checked(text, in: Self.environment).diagnostics.count == 1)
  }

  @Test(
    arguments: [
      ("1", "1"), ("-0.50", "-0.5"), ("100.00", "100"),
      ("0.000000000000000001", "0.000000000000000001"),
      ("1e-3", "0.001"), ("-0", "0"), ("1.5E2", "150"), ("1.", nil), (".5", nil), ("", nil),
      ("+1", nil), ("1e", nil), ("1,5", nil), ("0.0000000000000000001", nil),
      ("9999999999999999999999999999", "9999999999999999999999999999"),
      ("10000000000000000000000000000", nil), ("1e400", nil), ("0e400", "0"), ("1e-400", nil),
      ("340282366920938463463374607431768211456", nil),
    ] as [(String, String?)])
  func `are read from their digits`(text: String, read: String?) {
    #expect(CELDecimal(text)?.description == read)
  }

  @Test func `leave values as small as they were`() {
    // A text, and one byte to say what it is.
    #expect(MemoryLayout<CELValue>.size == MemoryLayout<String>.size + 1)
  }

  /// A fraction, for comparison: nothing is ever rounded in it.
  private struct Fraction {
    var top: Int
    var bottom: Int

    static func * (left: Fraction, right: Fraction) -> Fraction {
      Fraction(top: left.top * right.top, bottom: left.bottom * right.bottom)
    }
    static func + (left: Fraction, right: Fraction) -> Fraction {
      Fraction(
        top: left.top * right.bottom + right.top * left.bottom, bottom: left.bottom * right.bottom)
    }
    func isEqual(_ other: Fraction) -> Bool { top * other.bottom == other.top * bottom }
    func isBelow(_ other: Fraction) -> Bool { top * other.bottom < other.top * bottom }
  }

  private func number(_ random: inout SeededNumbers) -> (text: String, fraction: Fraction) {
    let scale = [1, 10, 100, 1000][random.below(4)]
    let top = random.below(4_000) - 2_000
    let digits = String(top.magnitude % scale.magnitude)
    let width = String(scale).count - 1
    let point = scale == 1 ? "" : "." + String(repeating: "0", count: width - digits.count) + digits
    return (
      (top < 0 ? "-" : "") + String(top.magnitude / scale.magnitude) + point,
      Fraction(top: top, bottom: scale)
    )
  }

  private func fraction(_ value: CELValue) -> Fraction? {
    guard case .decimal(let number) = value else { return nil }
    let parts = number.description.split(separator: ".")
    let digits = parts.count > 1 ? parts[1].count : 0
    var bottom = 1
    for _ in 0..<digits { bottom *= 10 }
    return Int(parts.joined()).map { Fraction(top: $0, bottom: bottom) }
  }

  @Test func `are what fractions are`() throws {
    var random = SeededNumbers(seed: 3)
    for _ in 0..<400 {
      let (a, b) = (number(&random), number(&random))
      func result(_ text: String) throws -> CELValue {
        let evaluated = Evaluator().evaluate(Checked(text).expression, in: Activation())
        guard case .value(let value) = evaluated else {
          Issue.record("\(text): \(evaluated)")
          return .null
        }
        return value
      }
      let (left, right) = ("decimal('\(a.text)')", "decimal('\(b.text)')")
      let sum = try #require(fraction(try result("\(left) + \(right)")))
      #expect(sum.isEqual(a.fraction + b.fraction), "\(a.text) + \(b.text)")
      let product = try #require(fraction(try result("\(left) * \(right)")))
      #expect(product.isEqual(a.fraction * b.fraction), "\(a.text) * \(b.text)")
      let isBelow = shown(try result("\(left) < \(right)"))
      #expect(isBelow == "\(a.fraction.isBelow(b.fraction))", "\(a.text) < \(b.text)")
      guard b.fraction.top != 0 else { continue }
      for way in ["half-up", "half-even", "down", "up"] {
        let text = "\(left).divide(\(right), 0.05, '\(way)')"
        let quotient = try #require(fraction(try result(text)))
        // In steps of 0.05: a / b * 20.
        let exact = Fraction(
          top: a.fraction.top * b.fraction.bottom * 20, bottom: a.fraction.bottom * b.fraction.top)
        #expect(quotient.isEqual(Fraction(top: rounded(exact, way), bottom: 20)), "\(text)")
      }
    }
  }

  /// The whole number that a fraction is rounded to, found by trying.
  private func rounded(_ fraction: Fraction, _ way: String) -> Int {
    let isNegative = (fraction.top < 0) != (fraction.bottom < 0)
    let (top, bottom) = (abs(fraction.top), abs(fraction.bottom))
    var whole = 0
    while (whole + 1) * bottom <= top { whole += 1 }
    let rest = top - whole * bottom
    let isAway =
      switch way {
      case "up": rest > 0
      case "half-up": rest * 2 >= bottom
      case "half-even": rest * 2 > bottom || rest * 2 == bottom && whole % 2 == 1
      default: false
      }
    let magnitude = whole + (isAway ? 1 : 0)
    return isNegative ? -magnitude : magnitude
  }
}
