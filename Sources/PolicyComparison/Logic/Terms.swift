import CEL

/// A value that is not taken apart further, by its number in a `LogicStore`.
struct TermID: Hashable, Comparable {
  let index: Int32

  static func < (left: TermID, right: TermID) -> Bool { left.index < right.index }
}

/// What a term is.
enum Term: Hashable {
  /// The document.
  case document
  /// The date decided for.
  case today
  /// A fact of an object.
  case fact(TermID, FactName)
  /// An element of a list, which one is told by its mark.
  case element(of: TermID, ElementMark)
  /// The element at a position of a list.
  case position(TermID, Int)
  /// How many elements of a list satisfy a condition, which speaks of the variable.
  case count(TermID, variable: TermID, FormulaID)
  /// What a function makes of values.
  case function(String, [Operand])
}

/// A fact by its type's name and its own.
struct FactName: Hashable {
  let type: String
  let name: String
}

/// Which element of a list is meant.
enum ElementMark: Hashable {
  /// The variable of a comprehension, counted from the innermost.
  case bound(Int)
  /// One that nothing else is known of.
  case fresh(Int)
}

/// A value that a function is given.
enum Operand: Hashable {
  case term(TermID)
  case formula(FormulaID)
  case number(LinearForm)
  /// A constant, by its text.
  case constant(String)
  /// Several values, such as those of a list.
  case several([Operand])
}

/// A sum of terms with whole factors and a constant: whole numbers, days, or nanoseconds.
struct LinearForm: Hashable {
  /// Each term once, by its number, with a factor that is not 0.
  var parts: [Part]
  var constant: Int128

  struct Part: Hashable {
    let term: TermID
    let factor: Int
  }

  init(parts: [Part] = [], constant: Int128) {
    self.parts = parts
    self.constant = constant
  }

  init(_ term: TermID) { self.init(parts: [Part(term: term, factor: 1)], constant: 0) }

  /// Whether the form stands before another one, in an order that is always the same.
  func isBefore(_ other: LinearForm) -> Bool {
    for (left, right) in zip(parts, other.parts) where left != right {
      return (left.term, left.factor) < (right.term, right.factor)
    }
    return (parts.count, constant) < (other.parts.count, other.constant)
  }

  /// Both together, the other so many times; nil where factors become too large.
  func adding(_ other: LinearForm, times: Int) -> LinearForm? {
    var factors: [TermID: Int] = [:]
    for part in parts { factors[part.term] = part.factor }
    for part in other.parts {
      let (product, overflow) = part.factor.multipliedReportingOverflow(by: times)
      let (sum, more) = product.addingReportingOverflow(factors[part.term] ?? 0)
      guard !overflow, !more, sum.magnitude < 1 << 31 else { return nil }
      factors[part.term] = sum
    }
    let (scaled, overflow) = other.constant.multipliedReportingOverflow(by: Int128(times))
    let (constant, more) = self.constant.addingReportingOverflow(scaled)
    guard !overflow, !more, constant.magnitude < 1 << 100 else { return nil }
    return LinearForm(
      parts: factors.filter { $0.value != 0 }.map { Part(term: $0.key, factor: $0.value) }
        .sorted { $0.term < $1.term }, constant: constant)
  }

  /// The sum so many times; nil where it becomes too large.
  func times(_ factor: Int) -> LinearForm? { LinearForm(constant: 0).adding(self, times: factor) }
}
