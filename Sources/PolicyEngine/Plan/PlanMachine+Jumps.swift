import CEL

/// Walks jump code.
///
/// - INVARIANT: The tests were compiled for the machine's program by `JumpCompiler`: their targets are
///   tests, their cells lie within the frame, and a cell is written before it is read, with a row of the
///   type that the facts read from it belong to, or a number below zero.
extension PlanMachine {
  /// Puts the document's row, and the objects that are the same for all subjects, into their cells.
  @inline(__always)
  func enterDocument(_ objects: ConstantTable<JumpObject>) {
    unsafe frame[Int(JumpCells.document)] = documentRow
    for index in 0..<objects.count { load(objects[index]) }
  }

  /// Puts a subject's row, and the objects that are reached from it, into their cells.
  @inline(__always)
  func enterSubject(_ row: Int, _ objects: ConstantTable<JumpObject>, _ range: TableRange) {
    unsafe frame[0] = row
    for index in range.positions { load(objects[index]) }
  }

  @inline(__always)
  private func load(_ object: JumpObject) {
    let row = unsafe frame[Int(object.fact.object)]
    let isThere = row >= 0 && has(object.fact, row: row)
    unsafe frame[Int(object.cell)] =
      isThere ? Int(truncatingIfNeeded: facts[row &+ Int(object.fact.slot)]) : -1
  }

  /// Goes on from a test to the next one at which something is to be done, and gives its index.
  mutating func walk(_ tests: UnsafePointer<JumpTest>, from start: Int32) -> Int32 {
    var index = start
    while true {
      let test = unsafe tests + Int(index)
      switch unsafe test.pointee.operation {
      case .end, .violated, .doubtful: return index
      case .setBudget:
        unsafe budget = Int(truncatingIfNeeded: test.pointee.value)
        index = unsafe test.pointee.yes
      case .bind:
        unsafe frame[Int(test.pointee.b.object)] = frame[Int(test.pointee.a.object)]
        index = unsafe test.pointee.yes
      case .isObject:
        let row = unsafe frame[Int(test.pointee.a.object)]
        index = unsafe row >= 0 ? test.pointee.yes : test.pointee.doubt
      case .isPresent, .isRequiredPresent:
        let operand = unsafe test.pointee.a
        let row = unsafe frame[Int(operand.object)]
        if row < 0 {
          index = unsafe test.pointee.doubt
        } else if has(operand, row: row) {
          index = unsafe test.pointee.yes
        } else {
          index =
            unsafe test.pointee.operation == .isPresent ? test.pointee.no : test.pointee.doubt
        }
      case .bool: index = unsafe decide(test) { facts, place, _ in facts[place] != 0 }
      case .numberEquals:
        index = unsafe decide(test) { facts, place, test in
          unsafe facts.number(at: place) == test.pointee.value
        }
      case .inMask:
        index = unsafe decide(test) { facts, place, test in
          unsafe test.pointee.value &>> facts.number(at: place) & 1 != 0
        }
      case .numbersEqual: index = unsafe compareNumbers(test) { $0 == $1 }
      case .numberLess: index = unsafe compareNumbers(test) { $0 < $1 }
      case .numberLessOrEqual: index = unsafe compareNumbers(test) { $0 <= $1 }
      case .countWithin: index = unsafe countElements(test)
      case .instantsEqual:
        index = unsafe compare(test) { $0.instant(at: $1) == $0.instant(at: $2) }
      case .instantLess:
        index = unsafe compare(test) { $0.instant(at: $1) < $0.instant(at: $2) }
      case .instantLessOrEqual:
        index = unsafe compare(test) { !($0.instant(at: $2) < $0.instant(at: $1)) }
      case .stringsEqual:
        index = unsafe compare(test) { $0.string(at: $1) == $0.string(at: $2) }
      case .listHas: index = unsafe find(test)
      case .listHasString: index = unsafe findString(test)
      case .inStrings:
        index = unsafe decide(test) { facts, place, test in
          isIn(set: unsafe Int32(truncatingIfNeeded: test.pointee.value), facts.string(at: place))
        }
      case .elementInStrings:
        let element = unsafe facts.string(at: frame[Int(test.pointee.a.object)])
        let isIn = unsafe isIn(set: Int32(truncatingIfNeeded: test.pointee.value), element)
        index = unsafe isIn ? test.pointee.yes : test.pointee.no
      case .isBlank: index = unsafe checkBlank(test)
      case .node:
        let operand = unsafe test.pointee.a
        switch truth(operand.slot, Int(operand.object)) {
        case .yes: index = unsafe test.pointee.yes
        case .no: index = unsafe test.pointee.no
        case .undetermined: index = unsafe test.pointee.doubt
        }
      case .loop: index = unsafe begin(test)
      case .next: index = unsafe next(test)
      }
    }
  }

  /// Whether the object with a row has a fact.
  @inline(__always)
  private func has(_ operand: JumpTest.Operand, row: Int) -> Bool {
    facts.isSet(operand.presenceBit, at: row &+ Int(operand.presenceWord))
  }

  /// The row of the object that a fact is of; nil when it doesn't have it, or there is no object.
  @inline(__always)
  private func row(with operand: JumpTest.Operand) -> Int? {
    let row = unsafe frame[Int(operand.object)]
    return row >= 0 && has(operand, row: row) ? row : nil
  }

  @inline(__always)
  private func decide(
    _ test: UnsafePointer<JumpTest>,
    _ isTrue: (FactView, Int, UnsafePointer<JumpTest>) -> Bool
  ) -> Int32 {
    let operand = unsafe test.pointee.a
    guard let row = row(with: operand) else { return unsafe test.pointee.doubt }
    if unsafe _fastPath(isTrue(facts, row &+ Int(operand.slot), test)) {
      return unsafe test.pointee.yes
    }
    return unsafe test.pointee.no
  }

  @inline(__always)
  private func compare(
    _ test: UnsafePointer<JumpTest>, _ isTrue: (FactView, Int, Int) -> Bool
  ) -> Int32 {
    let (a, b) = unsafe (test.pointee.a, test.pointee.b)
    guard let left = row(with: a), let right = row(with: b) else {
      return unsafe test.pointee.doubt
    }
    if _fastPath(isTrue(facts, left &+ Int(a.slot), right &+ Int(b.slot))) {
      return unsafe test.pointee.yes
    }
    return unsafe test.pointee.no
  }

  @inline(__always)
  private func countElements(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let operand = unsafe test.pointee.a
    guard let row = row(with: operand) else { return unsafe test.pointee.doubt }
    let count = Int64(FactList(word: facts[row &+ Int(operand.slot)]).count)
    // The general evaluator reads the list, which counts as many steps: of a long one it has to decide.
    guard count < 100_000 else { return unsafe test.pointee.doubt }
    let value = unsafe test.pointee.value
    if count >= value & 0xFFFF_FFFF, count <= value &>> 32 { return unsafe test.pointee.yes }
    return unsafe test.pointee.no
  }

  @inline(__always)
  private func compareNumbers(
    _ test: UnsafePointer<JumpTest>, _ isTrue: (Int64, Int64) -> Bool
  ) -> Int32 {
    let (a, b) = unsafe (test.pointee.a, test.pointee.b)
    guard let left = row(with: a), let right = row(with: b) else {
      return unsafe test.pointee.doubt
    }
    let days = unsafe test.pointee.value
    // No overflow: what is moved is a day, and the compiler sees to it that it isn't moved far.
    let moved = facts.number(at: right &+ Int(b.slot)) &+ days
    if days != 0, !DaysOfCalendar.range.contains(moved) { return unsafe test.pointee.doubt }
    if _fastPath(isTrue(facts.number(at: left &+ Int(a.slot)), moved)) {
      return unsafe test.pointee.yes
    }
    return unsafe test.pointee.no
  }

  @inline(never)
  private mutating func findString(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let (a, b) = unsafe (test.pointee.a, test.pointee.b)
    guard let owner = row(with: a), let row = row(with: b) else {
      return unsafe test.pointee.doubt
    }
    let string = facts.string(at: row &+ Int(b.slot))
    let list = FactList(word: facts[owner &+ Int(a.slot)])
    // The list is read and each element looked at twice, as the general evaluator counts.
    guard spend(list.count &* (3 &+ string.count / CELValue.bytesPerStep)) else {
      return unsafe test.pointee.doubt
    }
    for position in 0..<list.count
    where facts.string(at: list.start &+ 2 &* position) == string {
      return unsafe test.pointee.yes
    }
    return unsafe test.pointee.no
  }

  @inline(__always)
  private mutating func find(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let operand = unsafe test.pointee.a
    guard let row = row(with: operand) else { return unsafe test.pointee.doubt }
    let list = FactList(word: facts[row &+ Int(operand.slot)])
    guard spend(3 &* list.count) else { return unsafe test.pointee.doubt }
    for element in list.start..<list.start &+ list.count
    where unsafe facts.number(at: element) == test.pointee.value {
      return unsafe test.pointee.yes
    }
    return unsafe test.pointee.no
  }

  @inline(never)
  private mutating func checkBlank(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let operand = unsafe test.pointee.a
    guard let row = row(with: operand) else { return unsafe test.pointee.doubt }
    let string = facts.string(at: row &+ Int(operand.slot))
    guard spend(string.count) else { return unsafe test.pointee.doubt }
    return unsafe string.isBlank ? test.pointee.yes : test.pointee.no
  }

  @inline(__always)
  private mutating func begin(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let operand = unsafe test.pointee.a
    guard let row = row(with: operand) else { return unsafe test.pointee.doubt }
    let list = FactList(word: facts[row &+ Int(operand.slot)])
    // A list has less than 2^32 elements and a body's cost is within the budget: no overflow.
    guard unsafe spend(list.count &* (Int(truncatingIfNeeded: test.pointee.value) &+ 1)) else {
      return unsafe test.pointee.doubt
    }
    let cursor = unsafe Int(test.pointee.b.object)
    unsafe frame[cursor] = list.start
    unsafe frame[cursor &+ 1] = list.start &+ list.count &* Int(test.pointee.b.slot)
    return unsafe test.pointee.yes
  }

  @inline(__always)
  private func next(_ test: UnsafePointer<JumpTest>) -> Int32 {
    let cursor = unsafe Int(test.pointee.b.object)
    let word = unsafe frame[cursor]
    if unsafe word == frame[cursor &+ 1] { return unsafe test.pointee.no }
    let element = unsafe test.pointee.a
    unsafe frame[cursor] = word &+ Int(element.slot)
    unsafe frame[Int(element.object)] =
      element.presenceBit == 1 ? Int(truncatingIfNeeded: facts[word]) : word
    return unsafe test.pointee.yes
  }
}

/// The days that there are dates of.
private enum DaysOfCalendar {
  static let range: ClosedRange<Int64> = {
    guard let first = CivilDate(year: 1, month: 1, day: 1),
      let last = CivilDate(year: 9999, month: 12, day: 31)
    else { preconditionFailure("the calendar begins and ends with these") }
    return Int64(first.daysSinceEpoch)...Int64(last.daysSinceEpoch)
  }()
}
