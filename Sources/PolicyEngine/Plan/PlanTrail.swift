/// What the way of an evaluation depended on: the truth of every comparison, which facts there were, how many
/// elements lists had.
///
/// Evaluations of one rule with the same trail go the same way, whatever the values are: they read the same facts,
/// and the same of them decide. So what is found out for one is true of all.
package struct PlanTrail: Hashable, Sendable {
  private var words: [UInt64] = []
  /// How many bits of the last word are used.
  private var used = 64
  /// Whether all that the evaluation depends on is in it.
  private(set) var isWhole = true

  /// How many words a trail may have: one through a long list is not compared with others.
  private static let limit = 16

  /// Takes note of something that is told by some bits.
  mutating func add(_ bits: UInt64, count: Int) {
    guard words.count <= Self.limit else {
      isWhole = false
      return
    }
    if used + count > 64 {
      words.append(0)
      used = 0
    }
    words[words.count - 1] |= bits << UInt64(used)
    used += count
  }

  mutating func add(_ truth: PlanTruth) { add(UInt64(truth.rawValue), count: 2) }

  /// Takes note of which element or row something is; nil where it is none.
  mutating func add(position: Int64?) {
    guard let position else { return add(0, count: 16) }
    guard (0..<0xFFFF).contains(position) else { return giveUp() }
    add(UInt64(position) + 1, count: 16)
  }

  /// Takes note of something that can't be told.
  mutating func giveUp() { isWhole = false }
}

extension PlanMachine {
  /// The trail of a rule that is evaluated for the subject with a row, all parts of it; nil where it can't be told.
  mutating func trail(of view: DecisionPlan.View, row: Int) -> PlanTrail? {
    guard view.isFaithful else { return nil }
    var trail = PlanTrail()
    for node in [view.when, view.unless, view.require] {
      unsafe frame[0] = row
      follow(node, 0, view.budget, &trail)
    }
    return trail.isWhole ? trail : nil
  }

  private mutating func follow(
    _ index: Int32, _ base: Int, _ budget: Int, _ trail: inout PlanTrail
  ) {
    // Objects below zero are variables, which are there.
    guard index >= 0, trail.isWhole else { return }
    let node = node(index)
    switch node.operation {
    case .no, .yes, .number, .string, .instant, .numberOfLocal, .numberInLocal, .stringOfLocal,
      .instantOfLocal, .listOfLocal:
      break
    case .undetermined: trail.giveUp()
    case .boolOfLocal: addTruth(index, base, budget, &trail)
    case .not, .listCount, .scalarCount, .addDays, .datePart, .dayOfInstant, .caseName,
      .numberOfPosition, .instantOfPosition, .durationPart, .timeOfDay:
      follow(node.a, base, budget, &trail)
    case .positionInStrings:
      follow(node.a, base, budget, &trail)
      // Which row of a table it is tells which one is cited.
      self.budget = budget
      trail.add(position: number(index, base))
    case .and, .or, .add, .subtract, .multiply, .difference:
      follow(node.a, base, budget, &trail)
      follow(node.b, base, budget, &trail)
    case .conditional, .orValue:
      follow(node.a, base, budget, &trail)
      follow(node.b, base, budget, &trail)
      follow(node.c, base, budget, &trail)
    case .numberAt, .stringAt, .instantAt, .objectAt, .listAt:
      follow(node.a, base, budget, &trail)
      let row = row(node.a, base)
      trail.add(row >= 0 && facts.has(node.c, row: row) ? 1 : 0, count: 1)
    case .boolAt, .isPresent, .numberEqualsConstant, .inMask, .inNumbers, .inStrings, .isBlank:
      follow(node.a, base, budget, &trail)
      addTruth(index, base, budget, &trail)
    case .sameTruth, .numbersEqual, .numberLess, .numberLessOrEqual, .inNumberList, .stringsEqual,
      .stringLess, .stringLessOrEqual, .inStringList, .startsWith, .endsWith, .contains,
      .instantsEqual, .instantLess, .instantLessOrEqual:
      follow(node.a, base, budget, &trail)
      follow(node.b, base, budget, &trail)
      addTruth(index, base, budget, &trail)
    case .stringElement:
      follow(node.a, base, budget, &trail)
      follow(node.b, base, budget, &trail)
      // Which element it is tells which one is read.
      self.budget = budget
      trail.add(position: number(node.b, base))
    case .term:
      follow(node.a, base, budget, &trail)
      guard let inner = enter(node, base) else { return trail.add(.undetermined) }
      follow(node.b, inner, budget, &trail)
    case .all, .exists, .existsOne:
      follow(node.a, base, budget, &trail)
      self.budget = budget
      guard let loop = loop(node, base) else { return trail.add(.undetermined) }
      trail.add(UInt64(truncatingIfNeeded: loop.count), count: 32)
      for position in 0..<loop.count {
        bind(position, of: loop, to: node.c, base)
        follow(node.b, base, budget, &trail)
      }
    }
  }

  private mutating func addTruth(
    _ index: Int32, _ base: Int, _ budget: Int, _ trail: inout PlanTrail
  ) {
    self.budget = budget
    trail.add(truth(index, base))
  }
}
