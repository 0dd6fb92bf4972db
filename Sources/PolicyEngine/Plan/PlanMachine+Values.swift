import CEL

/// Numbers, strings, instants, lists and objects: what truths compare.
extension PlanMachine {
  mutating func number(_ index: Int32, _ base: Int) -> Int64? {
    let node = node(index)
    switch node.operation {
    case .number: return node.value
    case .numberAt: return slot(node, base).map { facts.number(at: $0) }
    case .numberOfLocal: return facts.number(at: local(node.a, base))
    case .numberInLocal: return Int64(local(node.a, base))
    case .listCount:
      guard let list = list(node.a, base), spend(list.count) else { return nil }
      return Int64(list.count)
    case .scalarCount:
      guard let string = string(node.a, base), spend(string.count / 8) else { return nil }
      return Int64(string.scalarCount)
    case .add: return calculate(node, base) { $0.addingReportingOverflow($1) }
    case .subtract: return calculate(node, base) { $0.subtractingReportingOverflow($1) }
    case .multiply: return calculate(node, base) { $0.multipliedReportingOverflow(by: $1) }
    case .addDays:
      guard let day = number(node.a, base), let count = number(node.b, base) else { return nil }
      let (days, overflow) = count.multipliedReportingOverflow(by: node.value)
      guard !overflow, let start = Int32(exactly: day) else { return nil }
      return CivilDate(daysSinceEpoch: start).adding(days: days).map { Int64($0.daysSinceEpoch) }
    case .datePart:
      guard let day = number(node.a, base), let days = Int32(exactly: day) else { return nil }
      let date = CivilDate(daysSinceEpoch: days)
      switch node.value {
      case 0: return Int64(date.year)
      case 1: return Int64(date.month)
      case 2: return Int64(date.day)
      default: return Int64(date.dayOfWeek)
      }
    case .dayOfInstant: return instant(node.a, base).flatMap { day(of: $0) }
    case .durationPart: return instant(node.a, base).map { $0.seconds / node.value }
    case .positionInStrings:
      guard let string = string(node.a, base), spend(string.count / 8) else { return nil }
      return position(inSet: node.b, of: string)
    case .numberOfPosition:
      return number(node.a, base).map { constantNumber(node.b, Int($0)) }
    case .orValue:
      guard let other = number(node.c, base) else { return nil }
      return choose(node, base, other) { $0.number($1, base) }
    case .conditional: return branch(node, base).flatMap { number($0, base) }
    case .term: return enter(node, base).flatMap { number(node.b, $0) }
    default: return nil
    }
  }

  @inline(__always)
  private mutating func calculate(
    _ node: PlanNode, _ base: Int,
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Int64? {
    guard let left = number(node.a, base), let right = number(node.b, base) else { return nil }
    let (result, overflow) = operation(left, right)
    return overflow ? nil : result
  }

  mutating func string(_ index: Int32, _ base: Int) -> PlanString? {
    let node = node(index)
    switch node.operation {
    case .string: return constantString(Int(node.a))
    case .stringAt: return slot(node, base).map { facts.string(at: $0) }
    case .stringOfLocal: return facts.string(at: local(node.a, base))
    case .stringElement:
      guard let list = list(node.a, base), let position = number(node.b, base), position >= 0,
        position < Int64(list.count)
      else { return nil }
      return facts.string(at: list.start &+ 2 &* Int(position))
    case .caseName:
      guard let position = number(node.a, base), position >= 0, position < Int64(node.c) else {
        return nil
      }
      return constantString(Int(node.b) &+ Int(position))
    case .orValue:
      guard let other = string(node.c, base) else { return nil }
      return choose(node, base, other) { $0.string($1, base) }
    case .conditional: return branch(node, base).flatMap { string($0, base) }
    case .term: return enter(node, base).flatMap { string(node.b, $0) }
    default: return nil
    }
  }

  mutating func instant(_ index: Int32, _ base: Int) -> PlanInstant? {
    let node = node(index)
    switch node.operation {
    case .instant: return PlanInstant(seconds: node.value, nanoseconds: Int64(node.a))
    case .instantAt: return slot(node, base).map { facts.instant(at: $0) }
    case .instantOfLocal: return facts.instant(at: local(node.a, base))
    case .instantOfPosition:
      return number(node.a, base).map {
        PlanInstant(
          seconds: constantNumber(node.b, 2 &* Int($0)),
          nanoseconds: constantNumber(node.b, 2 &* Int($0) &+ 1))
      }
    case .difference:
      guard let left = instant(node.a, base), let right = instant(node.b, base) else { return nil }
      return left.since(right)
    case .timeOfDay: return instant(node.a, base).flatMap { timeOfDay(of: $0) }
    case .orValue:
      guard let other = instant(node.c, base) else { return nil }
      return choose(node, base, other) { $0.instant($1, base) }
    case .conditional: return branch(node, base).flatMap { instant($0, base) }
    case .term: return enter(node, base).flatMap { instant(node.b, $0) }
    default: return nil
    }
  }

  mutating func list(_ index: Int32, _ base: Int) -> FactList? {
    let node = node(index)
    switch node.operation {
    case .listAt: return slot(node, base).map { FactList(word: facts[$0]) }
    case .listOfLocal: return FactList(word: facts[local(node.a, base)])
    case .conditional: return branch(node, base).flatMap { list($0, base) }
    case .term: return enter(node, base).flatMap { list(node.b, $0) }
    default: return nil
    }
  }

  /// The row of an object; negative when it can't be known.
  @inline(__always)
  mutating func row(_ object: Int32, _ base: Int) -> Int {
    if object == PlanObject.document { return documentRow }
    if object < 0 { return unsafe frame[base &- 2 &- Int(object)] }
    return rowOfNode(object, base)
  }

  private mutating func rowOfNode(_ index: Int32, _ base: Int) -> Int {
    let node = node(index)
    switch node.operation {
    case .objectAt: return slot(node, base).map { Int(truncatingIfNeeded: facts[$0]) } ?? -1
    case .conditional: return branch(node, base).map { row($0, base) } ?? -1
    case .term: return enter(node, base).map { row(node.b, $0) } ?? -1
    default: return -1
    }
  }
}
