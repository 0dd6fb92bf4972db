import CEL

/// What one value may still be, after all that is said of it.
struct ValueRange {
  private struct Bound {
    let constant: Constant
    let isIncluded: Bool
  }

  private let domain: ValueDomain
  /// The only values possible; nil while there is no such list.
  private var allowed: Set<Constant>?
  private var excluded: Set<Constant> = []
  private var lower: Bound?
  private var upper: Bound?

  init(_ domain: ValueDomain) {
    self.domain = domain
    if case .cases(let cases) = domain { allowed = Set(cases.map { Constant(.string($0)) }) }
    if case .whole(let least?) = domain {
      lower = Bound(constant: Constant(.int(least)), isIncluded: true)
    }
  }

  /// Takes in that the statement is true, or that it is false.
  mutating func assume(_ statement: Atom.Statement, isTrue: Bool) {
    switch statement {
    case .isOneOf(let values):
      if isTrue {
        allowed = allowed.map { $0.intersection(values) } ?? values
      } else {
        excluded.formUnion(values)
      }
    case .isLess(let constant): bound(constant, isBelow: isTrue, isIncluded: !isTrue)
    case .isAtMost(let constant): bound(constant, isBelow: isTrue, isIncluded: isTrue)
    case .isTrue, .isGiven, .stands: break
    }
  }

  private mutating func bound(_ constant: Constant, isBelow: Bool, isIncluded: Bool) {
    let new = Bound(constant: constant, isIncluded: isIncluded)
    let old = isBelow ? upper : lower
    if let old, let order = new.constant.value.order(to: old.constant.value) {
      let isTighter = isBelow ? order == .ascending : order == .descending
      guard isTighter || (order == .equal && !isIncluded) else { return }
    }
    if isBelow { upper = new } else { lower = new }
  }

  /// Whether no value is left.
  var isEmpty: Bool {
    if let allowed { return !allowed.contains { !excluded.contains($0) && isWithin($0) } }
    if case .whole = domain { return isEmptyOfWholeNumbers }
    guard let lower, let upper,
      let order = lower.constant.value.order(to: upper.constant.value)
    else { return false }
    switch order {
    case .ascending, .unordered: return false
    case .descending: return true
    case .equal:
      return !lower.isIncluded || !upper.isIncluded || excluded.contains(lower.constant)
    }
  }

  private func isWithin(_ constant: Constant) -> Bool {
    for (bound, isBelow) in [(lower, false), (upper, true)] {
      guard let bound, let order = constant.value.order(to: bound.constant.value) else { continue }
      switch order {
      case .equal: if !bound.isIncluded { return false }
      case .ascending: if !isBelow { return false }
      case .descending: if isBelow { return false }
      case .unordered: continue
      }
    }
    return true
  }

  private var isEmptyOfWholeNumbers: Bool {
    guard let lower, let upper, var low = lower.constant.wholeNumber,
      var high = upper.constant.wholeNumber
    else { return false }
    if !lower.isIncluded {
      guard low < .max else { return true }
      low += 1
    }
    if !upper.isIncluded {
      guard high > .min else { return true }
      high -= 1
    }
    guard low <= high else { return true }
    // More values than are excluded: one is left.
    let (count, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, count < Int64(excluded.count) else { return false }
    let taken = Set(excluded.compactMap(\.wholeNumber))
    return (low...high).allSatisfy { taken.contains($0) }
  }
}

extension Constant {
  /// The number that an integer is, and the one that counts a date's days.
  fileprivate var wholeNumber: Int64? {
    switch value {
    case .int(let number): number
    case .date(let date): Int64(date.daysSinceEpoch)
    default: nil
    }
  }
}
