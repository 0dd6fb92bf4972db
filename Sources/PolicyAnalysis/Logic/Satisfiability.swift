/// Searches for a way in which formulas can all be what they are claimed to be.
///
/// A tableau: claims are taken apart until only statements are left, once for every way in which they
/// can hold. Where all ways lead to statements that contradict each other, there is none.
struct Satisfiability {
  /// What is claimed of a formula.
  enum Claim: Hashable, Sendable {
    case isTrue, isFalse, isNotTrue, isNotFalse

    /// The same said of the negation.
    var flipped: Claim {
      switch self {
      case .isTrue: .isFalse
      case .isFalse: .isTrue
      case .isNotTrue: .isNotFalse
      case .isNotFalse: .isNotTrue
      }
    }

    var denial: Claim {
      switch self {
      case .isTrue: .isNotTrue
      case .isFalse: .isNotFalse
      case .isNotTrue: .isTrue
      case .isNotFalse: .isFalse
      }
    }
  }

  /// A formula with what is claimed of it.
  struct Claimed: Hashable, Sendable {
    let formula: Formula
    let claim: Claim

    init(_ formula: Formula, _ claim: Claim) {
      self.formula = formula
      self.claim = claim
    }
  }

  /// How many ways are tried before it is left open.
  private var budget = 4_000
  /// How many choices may be open at a time: each takes room on the stack.
  private static let maximumDepth = 300

  /// How many claims were taken apart.
  private var work = 0

  /// Whether the claims are proved to be impossible together, and how many were taken apart for that.
  static func isImpossible(
    _ claims: [Claimed], unknownKey: String? = nil
  ) -> (Bool, work: Int) {
    var search = Satisfiability()
    let canHold = search.canHold(claims, [], Facts(unknownKey: unknownKey))
    return (!canHold, search.work)
  }

  private mutating func canHold(
    _ claims: [Claimed], _ choices: [[[Claimed]]], _ facts: Facts
  ) -> Bool {
    var claims = claims
    var choices = choices
    var facts = facts
    while let next = claims.popLast() {
      work += 1
      guard take(next, &claims, &choices, &facts), facts.isConsistent else { return false }
    }
    var concluded = facts
    concluded.conclude()
    guard concluded.isConsistent else { return false }
    guard let choice = choices.popLast() else { return true }
    guard choices.count < Self.maximumDepth else { return true }
    for option in choice {
      budget -= 1
      // Too many ways to try: nothing is proved.
      if budget <= 0 || canHold(option, choices, facts) { return true }
    }
    return false
  }

  /// Takes a claim apart; false when it can't be so.
  private func take(
    _ claimed: Claimed, _ claims: inout [Claimed], _ choices: inout [[[Claimed]]],
    _ facts: inout Facts
  ) -> Bool {
    let claim = claimed.claim
    switch claimed.formula {
    case .constant(let value):
      switch claim {
      case .isTrue, .isNotFalse: return value
      case .isFalse, .isNotTrue: return !value
      }
    case .undetermined: return claim == .isNotTrue || claim == .isNotFalse
    case .atom(let atom):
      switch claim {
      case .isTrue: facts.assume(atom, isTrue: true)
      case .isFalse: facts.assume(atom, isTrue: false)
      case .isNotTrue: facts.deny(atom, isTrue: true)
      case .isNotFalse: facts.deny(atom, isTrue: false)
      }
    case .not(let operand): claims.append(Claimed(operand, claim.flipped))
    case .and(let operands):
      distribute(
        operands, claim, isTogether: claim == .isTrue || claim == .isNotFalse, &claims, &choices)
    case .or(let operands):
      distribute(
        operands, claim, isTogether: claim == .isFalse || claim == .isNotTrue, &claims, &choices)
    case .choice(let condition, let then, let otherwise):
      switch claim {
      case .isTrue, .isFalse:
        choices.append([
          [Claimed(condition, .isTrue), Claimed(then, claim)],
          [Claimed(condition, .isFalse), Claimed(otherwise, claim)],
        ])
      case .isNotTrue, .isNotFalse:
        choices.append([[Claimed(condition, .isNotTrue)], [Claimed(then, claim)]])
        choices.append([[Claimed(condition, .isNotFalse)], [Claimed(otherwise, claim)]])
      }
    }
    return true
  }

  private func distribute(
    _ operands: [Formula], _ claim: Claim, isTogether: Bool, _ claims: inout [Claimed],
    _ choices: inout [[[Claimed]]]
  ) {
    if isTogether {
      claims += operands.map { Claimed($0, claim) }
    } else {
      choices.append(operands.map { [Claimed($0, claim)] })
    }
  }
}
