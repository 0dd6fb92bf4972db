import CEL

/// Evaluates compiled conditions over the facts of one document, recording and allocating nothing.
///
/// Each kind of value has its function, so that none is ever wrapped up; nil, or a row below zero, is
/// one that can't be known. In that case the general evaluator finds out why.
///
/// - INVARIANT: The nodes asked for are of the program, and of the kind that the function evaluates:
///   the compiler sees to that by the types of the expressions. The program outlives the machine.
@safe
struct PlanMachine {
  /// How many words the frames of one evaluation may take.
  static let frameCapacity = 256

  private let nodes: UnsafePointer<PlanNode>
  private let strings: UnsafePointer<PlanString>
  private let slots: UnsafePointer<PlanString>
  private let slotPositions: UnsafePointer<Int32>
  let program: Unmanaged<PlanProgram>
  let frame: UnsafeMutablePointer<Int>
  let facts: FactView
  let documentRow: Int
  /// How much work may still be done; below zero, nothing that needs loops can be decided.
  ///
  /// What is spent is no less than what the general evaluator counts as steps, which makes lists and texts
  /// anew when it reads them: what the plan decides within the bound, that one does too.
  var budget = 0

  /// A machine for a document, with a frame of `frameCapacity` words, and behind them the cells of jump
  /// code.
  init(
    _ program: PlanProgram, facts: FactView, documentRow: Int,
    unsafeFrame frame: UnsafeMutablePointer<Int>
  ) {
    unsafe nodes = program.nodes.start
    unsafe strings = program.strings.start
    unsafe slots = program.slots.start
    unsafe slotPositions = program.slotPositions.start
    unsafe self.program = Unmanaged.passUnretained(program)
    unsafe self.frame = frame
    self.facts = facts
    self.documentRow = documentRow
  }

  /// The truth of a condition for the subject with a row.
  @inline(__always)
  mutating func evaluate(_ node: Int32, row: Int, budget: Int) -> PlanTruth {
    // The first nodes are the constants, in the order of their truths.
    if node <= PlanCompiler.undetermined {
      return PlanTruth(rawValue: UInt8(truncatingIfNeeded: node)) ?? .undetermined
    }
    self.budget = budget
    unsafe frame[0] = row
    return truth(node, 0)
  }

  /// The date that a node gives for the document.
  mutating func evaluateDay(_ node: Int32, budget: Int) -> Int64? {
    self.budget = budget
    unsafe frame[0] = documentRow
    return number(node, 0)
  }

  /// The string that a node gives for the document.
  mutating func evaluateString(_ node: Int32, budget: Int) -> PlanString? {
    self.budget = budget
    unsafe frame[0] = documentRow
    return string(node, 0)
  }

  /// Whether work can be done within the budget; if not, nothing more can.
  @inline(__always)
  mutating func spend(_ work: Int) -> Bool {
    budget = budget >= work ? budget &- work : -1
    return budget >= 0
  }

  @inline(__always)
  func node(_ index: Int32) -> PlanNode { unsafe nodes[Int(index)] }

  @inline(__always)
  func constantString(_ index: Int) -> PlanString { unsafe strings[index] }

  @inline(__always)
  func local(_ index: Int32, _ base: Int) -> Int { unsafe frame[base &+ Int(index)] }

  /// The index of the slot of a fact that an object has; nil when it has not.
  @inline(__always)
  mutating func slot(_ node: PlanNode, _ base: Int) -> Int? {
    let row = row(node.a, base)
    guard row >= 0, facts.has(node.c, row: row) else { return nil }
    return row &+ Int(node.b)
  }
}

// MARK: - Truth

extension PlanMachine {
  mutating func truth(_ index: Int32, _ base: Int) -> PlanTruth {
    let node = node(index)
    switch node.operation {
    case .no: return .no
    case .yes: return .yes
    case .not:
      switch truth(node.a, base) {
      case .no: return .yes
      case .yes: return .no
      case .undetermined: return .undetermined
      }
    case .and:
      let left = truth(node.a, base)
      if left == .no { return .no }
      let right = truth(node.b, base)
      if right == .no { return .no }
      return left == .yes ? right : .undetermined
    case .or:
      let left = truth(node.a, base)
      if left == .yes { return .yes }
      let right = truth(node.b, base)
      if right == .yes { return .yes }
      return left == .no ? right : .undetermined
    case .conditional:
      switch truth(node.a, base) {
      case .yes: return truth(node.b, base)
      case .no: return truth(node.c, base)
      case .undetermined: return .undetermined
      }
    case .term:
      guard let inner = enter(node, base) else { return .undetermined }
      return truth(node.b, inner)
    case .boolAt:
      guard let slot = slot(node, base) else { return .undetermined }
      return PlanTruth(facts[slot] != 0)
    case .boolOfLocal: return PlanTruth(facts[local(node.a, base)] != 0)
    case .isPresent:
      let row = row(node.a, base)
      guard row >= 0 else { return .undetermined }
      if facts.has(node.c, row: row) { return .yes }
      return node.b == 1 ? .no : .undetermined
    case .numbersEqual: return compareNumbers(node, base) { $0 == $1 }
    case .numberLess: return compareNumbers(node, base) { $0 < $1 }
    case .numberLessOrEqual: return compareNumbers(node, base) { $0 <= $1 }
    case .numberEqualsConstant:
      guard let number = number(node.a, base) else { return .undetermined }
      return PlanTruth(number == node.value)
    case .inMask:
      guard let number = number(node.a, base) else { return .undetermined }
      return PlanTruth(node.value &>> number & 1 != 0)
    case .inNumberList:
      guard let number = number(node.a, base), let list = list(node.b, base) else {
        return .undetermined
      }
      return find(in: list, stride: 1) { facts, index in facts.number(at: index) == number }
    case .instantsEqual: return compareInstants(node, base) { $0 == $1 }
    case .instantLess: return compareInstants(node, base) { $0 < $1 }
    case .instantLessOrEqual: return compareInstants(node, base) { $0 <= $1 }
    case .all: return search(node, base, for: .no)
    case .exists: return search(node, base, for: .yes)
    default: return otherTruth(node, base)
    }
  }

  /// The operations that need more registers, or are rare: in a function of their own, so that entering
  /// the other one, which calls itself all the time, saves few.
  @inline(never)
  private mutating func otherTruth(_ node: PlanNode, _ base: Int) -> PlanTruth {
    switch node.operation {
    case .sameTruth:
      let (left, right) = (truth(node.a, base), truth(node.b, base))
      guard left != .undetermined, right != .undetermined else { return .undetermined }
      return PlanTruth(left == right)
    case .inNumbers:
      guard let number = number(node.a, base) else { return .undetermined }
      return PlanTruth(unsafe constantNumbers(node).contains(number))
    case .stringsEqual: return compareStrings(node, base) { $0 == $1 }
    case .stringLess: return compareStrings(node, base) { $0 < $1 }
    case .stringLessOrEqual: return compareStrings(node, base) { !($1 < $0) }
    case .inStrings:
      guard let string = string(node.a, base) else { return .undetermined }
      return PlanTruth(isIn(set: node.b, string))
    case .inStringList:
      guard let string = string(node.a, base), let list = list(node.b, base) else {
        return .undetermined
      }
      // Each comparison may go through all of the string.
      guard spend(list.count &* (string.count / CELValue.bytesPerStep)) else {
        return .undetermined
      }
      return find(in: list, stride: 2) { facts, index in facts.string(at: index) == string }
    case .isBlank:
      guard let string = string(node.a, base) else { return .undetermined }
      return spend(string.count) ? PlanTruth(string.isBlank) : .undetermined
    case .startsWith: return compareStrings(node, base) { $0.starts(with: $1) }
    case .endsWith: return compareStrings(node, base) { $0.ends(with: $1) }
    case .contains:
      return compareStrings(node, base, work: { $0.workOfSearching($1) }) { $0.contains($1) }
    case .existsOne: return existsOne(node, base)
    default: return .undetermined
    }
  }

  @inline(__always)
  private mutating func compareNumbers(
    _ node: PlanNode, _ base: Int, _ isTrue: (Int64, Int64) -> Bool
  ) -> PlanTruth {
    guard let left = number(node.a, base), let right = number(node.b, base) else {
      return .undetermined
    }
    return PlanTruth(isTrue(left, right))
  }

  @inline(__always)
  private mutating func compareStrings(
    _ node: PlanNode, _ base: Int,
    work: (PlanString, PlanString) -> Int = { ($0.count &+ $1.count) / 8 },
    _ isTrue: (PlanString, PlanString) -> Bool
  ) -> PlanTruth {
    guard let left = string(node.a, base), let right = string(node.b, base),
      spend(work(left, right))
    else { return .undetermined }
    return PlanTruth(isTrue(left, right))
  }

  @inline(__always)
  private mutating func compareInstants(
    _ node: PlanNode, _ base: Int, _ isTrue: (PlanInstant, PlanInstant) -> Bool
  ) -> PlanTruth {
    guard let left = instant(node.a, base), let right = instant(node.b, base) else {
      return .undetermined
    }
    return PlanTruth(isTrue(left, right))
  }

  @inline(__always)
  func isIn(set: Int32, _ string: PlanString) -> Bool {
    unsafe program._withUnsafeGuaranteedRef { program in
      unsafe program.sets.start[Int(set)].contains(string, slots: slots)
    }
  }

  /// The position of a string in a set; nil where it isn't in it.
  func position(inSet set: Int32, of string: PlanString) -> Int64? {
    unsafe program._withUnsafeGuaranteedRef { program in
      let slot = unsafe program.sets.start[Int(set)].slot(of: string, slots: slots)
      return slot.map { unsafe Int64(slotPositions[$0]) }
    }
  }

  /// The constant at a position that a set has, of those from an index on.
  func constantNumber(_ start: Int32, _ position: Int) -> Int64 {
    unsafe program._withUnsafeGuaranteedRef { unsafe $0.numbers.start[Int(start) &+ position] }
  }

  func constantNumbers(_ node: PlanNode) -> UnsafeBufferPointer<Int64> {
    unsafe program._withUnsafeGuaranteedRef { program in
      unsafe UnsafeBufferPointer(
        start: program.numbers.start + Int(node.b), count: Int(node.c))
    }
  }

  /// Whether an element is what is looked for.
  @inline(__always)
  private mutating func find(
    in list: FactList, stride: Int, _ isIt: (FactView, Int) -> Bool
  ) -> PlanTruth {
    guard spend(3 &* list.count) else { return .undetermined }
    var index = list.start
    for _ in 0..<list.count {
      if isIt(facts, index) { return .yes }
      index &+= stride
    }
    return .no
  }
}

// MARK: - Loops and terms

extension PlanMachine {
  /// `exists`, which a true element decides, or `all`, which a false one does, whatever the others are.
  private mutating func search(_ node: PlanNode, _ base: Int, for wanted: PlanTruth) -> PlanTruth {
    guard let loop = loop(node, base) else { return .undetermined }
    var isSettled = true
    for position in 0..<loop.count {
      bind(position, of: loop, to: node.c, base)
      let truth = truth(node.b, base)
      if truth == wanted { return wanted }
      if truth == .undetermined { isSettled = false }
    }
    if !isSettled { return .undetermined }
    return wanted == .yes ? .no : .yes
  }

  private mutating func existsOne(_ node: PlanNode, _ base: Int) -> PlanTruth {
    guard let loop = loop(node, base) else { return .undetermined }
    var found = 0
    for position in 0..<loop.count {
      bind(position, of: loop, to: node.c, base)
      switch truth(node.b, base) {
      case .no: continue
      case .yes: found &+= 1
      case .undetermined: return .undetermined
      }
    }
    return PlanTruth(found == 1)
  }

  struct Loop {
    let start: Int
    let count: Int
    let element: PlanElement
  }

  /// The elements of a loop; nil when they or the room for them can't be had.
  @inline(__always)
  mutating func loop(_ node: PlanNode, _ base: Int) -> Loop? {
    guard let list = list(node.a, base), base &+ Int(node.c) < Self.frameCapacity else {
      return nil
    }
    // A list has less than 2^32 elements and a body's cost is within the budget: no overflow.
    guard spend(list.count &* (Int(node.value &>> 8) &+ 1)) else { return nil }
    let element = PlanElement(rawValue: UInt8(truncatingIfNeeded: node.value)) ?? .oneWord
    return Loop(start: list.start, count: list.count, element: element)
  }

  @inline(__always)
  func bind(_ position: Int, of loop: Loop, to local: Int32, _ base: Int) {
    let value =
      switch loop.element {
      case .row: Int(truncatingIfNeeded: facts[loop.start &+ position])
      case .oneWord: loop.start &+ position
      case .twoWords: loop.start &+ 2 &* position
      }
    unsafe frame[base &+ Int(local)] = value
  }

  /// The base of a frame with the object of a term; nil when there is no object, or no room.
  @inline(__always)
  mutating func enter(_ node: PlanNode, _ base: Int) -> Int? {
    let row = row(node.a, base)
    let inner = base &+ Int(node.c)
    guard row >= 0, inner < Self.frameCapacity else { return nil }
    unsafe frame[inner] = row
    return inner
  }

  /// The value of an optional that may be there, or the other one, which is known.
  @inline(__always)
  mutating func choose<Value>(
    _ node: PlanNode, _ base: Int, _ other: Value,
    _ value: (inout PlanMachine, Int32) -> Value?
  ) -> Value? {
    switch truth(node.a, base) {
    case .yes: value(&self, node.b)
    case .no: other
    case .undetermined: nil
    }
  }

  /// Which side of a conditional is taken; nil when that can't be known.
  @inline(__always)
  mutating func branch(_ node: PlanNode, _ base: Int) -> Int32? {
    switch truth(node.a, base) {
    case .yes: node.b
    case .no: node.c
    case .undetermined: nil
    }
  }
}
