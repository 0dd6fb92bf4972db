/// A condition in three-valued logic, by its number in a `LogicStore`.
struct FormulaID: Hashable, Comparable {
  let index: Int32

  static func < (left: FormulaID, right: FormulaID) -> Bool { left.index < right.index }
}

/// What a formula is made of.
///
/// Each is true, false or undetermined, as the condition is.
enum Formula: Hashable {
  case constant(Bool)
  /// Neither true nor false, whatever the document.
  case undetermined
  case atom(Atom)
  case not(FormulaID)
  /// True when all are, false when one is.
  case and([FormulaID])
  /// The second where the first is true, the third where it is false.
  case choice(FormulaID, FormulaID, FormulaID)
  /// Whether the formula is true or false; never undetermined itself.
  case known(FormulaID)
  /// True when it is for all elements of a list, false when it is for one.
  case all(TermID, variable: TermID, FormulaID)
}

/// A statement about terms that is not taken apart further.
enum Atom: Hashable {
  /// A fact is given: false where it is known to be none, undetermined where it should be there and is not.
  case present(TermID)
  /// The value is known; never undetermined itself.
  case known(TermID)
  /// The value is true.
  case truth(TermID)
  /// The value is one of these constants, by their texts in order.
  case member(TermID, [String])
  /// Two values are equal.
  case same(TermID, TermID)
  /// A sum of terms, without a constant and the first factor above 0, is at most a number.
  case atMost(LinearForm, Int128)

  /// The terms without whose values it is neither true nor false.
  var terms: [TermID] {
    switch self {
    case .present, .known: []
    case .truth(let term), .member(let term, _): [term]
    case .same(let left, let right): [left, right]
    case .atMost(let form, _): form.parts.map(\.term)
    }
  }
}

/// Which of the three a formula may be.
struct TruthSet: OptionSet, Hashable {
  let rawValue: UInt8

  static let yes = TruthSet(rawValue: 1)
  static let no = TruthSet(rawValue: 2)
  static let undetermined = TruthSet(rawValue: 4)
  static let settled: TruthSet = [.yes, .no]
  static let notYes: TruthSet = [.no, .undetermined]
  static let notNo: TruthSet = [.yes, .undetermined]
  static let any: TruthSet = [.yes, .no, .undetermined]

  /// The same said of the negation.
  var flipped: TruthSet {
    var result = intersection(.undetermined)
    if contains(.yes) { result.insert(.no) }
    if contains(.no) { result.insert(.yes) }
    return result
  }
}
