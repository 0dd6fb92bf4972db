/// Makes jump code of a plan's nodes: conditions from their end to their start, so that the places to go
/// on at are known.
///
/// What has no test of its own becomes a `node` test, which asks the plan's nodes. The definitions of
/// terms are written out where they are used.
struct JumpCompiler {
  /// How many tests a condition may take before the rest of it is left to the nodes: terms written out
  /// in terms could grow without bound.
  private static let sizeLimit = 2000

  private let nodes: [PlanNode]
  private(set) var tests: [JumpTest] = []
  /// The objects of the document, and those of the subjects of the chain that is being compiled.
  private(set) var documentObjects: [JumpObject] = []
  private(set) var subjectObjects: [JumpObject] = []
  private var cells: [CellKey: Int16] = [:]
  private var freeCell = JumpCells.start + 1
  private var doubt: Int32 = 0
  private var start = 0
  private var usesBudget = false

  private struct CellKey: Hashable {
    let object: Int16
    let slot: Int32
  }

  /// What the locals of an expression are, in cells.
  private struct Scope {
    /// Where the frame begins.
    var base = 0
    /// The cells that hold what locals of the frame do, by the local's cell, where these differ.
    var aliases: [Int: Int16] = [:]
    /// The cells of loops that are running, and of the rows in them.
    var loopCells: Set<Int16> = []
  }

  /// A compiler of a plan's nodes.
  init(_ nodes: [PlanNode]) { self.nodes = nodes }

  /// Forgets the subject's objects, for a chain about another type.
  mutating func beginChain() {
    subjectObjects = []
    let documentCells = Set(documentObjects.map(\.cell))
    cells = cells.filter { documentCells.contains($0.value) }
  }

  /// Adds a test; gives its index.
  mutating func add(_ test: JumpTest) -> Int32 {
    tests.append(test)
    return Int32(truncatingIfNeeded: tests.count - 1)
  }

  /// The code of a view, which goes on at `next` where the rule has nothing to say.
  mutating func compile(_ view: DecisionPlan.View, number: Int, isInForce: Bool, next: Int32)
    -> Int32
  {
    let number = Int64(number)
    doubt = add(JumpTest(operation: .doubtful, no: next, value: number))
    let violated =
      isInForce ? add(JumpTest(operation: .violated, no: next, value: number)) : doubt
    start = tests.count
    usesBudget = false
    let unless = compile(view.unless, Scope(), yes: next, no: violated)
    let require = compile(view.require, Scope(), yes: next, no: unless)
    let when = compile(view.when, Scope(), yes: require, no: next)
    guard usesBudget else { return when }
    return add(JumpTest(operation: .setBudget, yes: when, value: Int64(view.budget)))
  }

  // MARK: - Truth

  private mutating func compile(_ index: Int32, _ scope: Scope, yes: Int32, no: Int32) -> Int32 {
    if tests.count - start < Self.sizeLimit,
      let start = exact(index, scope, yes: yes, no: no)
    {
      return start
    }
    return nodeTest(index, scope, yes: yes, no: no)
  }

  private mutating func exact(
    _ index: Int32, _ scope: Scope, yes: Int32, no: Int32
  ) -> Int32? {
    let node = nodes[Int(index)]
    switch node.operation {
    case .no: return no
    case .yes: return yes
    case .undetermined: return doubt
    case .not: return compile(node.a, scope, yes: no, no: yes)
    case .and:
      let right = compile(node.b, scope, yes: yes, no: no)
      return compile(node.a, scope, yes: right, no: no)
    case .or:
      let right = compile(node.b, scope, yes: yes, no: no)
      return compile(node.a, scope, yes: yes, no: right)
    case .conditional:
      let then = compile(node.b, scope, yes: yes, no: no)
      let otherwise = compile(node.c, scope, yes: yes, no: no)
      return compile(node.a, scope, yes: then, no: otherwise)
    case .term: return term(node, scope, yes: yes, no: no)
    case .boolAt:
      return operand(node, scope).map { test(.bool, $0, yes: yes, no: no) }
    case .isPresent:
      return operand(node, scope).map {
        test(node.b == 1 ? .isPresent : .isRequiredPresent, $0, yes: yes, no: no)
      }
    case .numberEqualsConstant:
      return operand(of: .numberAt, node.a, scope).map {
        test(.numberEquals, $0, value: node.value, yes: yes, no: no)
      }
    case .inMask:
      return operand(of: .numberAt, node.a, scope).map {
        test(.inMask, $0, value: node.value, yes: yes, no: no)
      }
    case .numbersEqual, .numberLess, .numberLessOrEqual:
      return countTest(node, scope, yes: yes, no: no)
        ?? numberTest(node, scope, yes: yes, no: no)
    case .instantsEqual: return pair(.instantsEqual, .instantAt, node, scope, yes: yes, no: no)
    case .instantLess: return pair(.instantLess, .instantAt, node, scope, yes: yes, no: no)
    case .instantLessOrEqual:
      return pair(.instantLessOrEqual, .instantAt, node, scope, yes: yes, no: no)
    case .stringsEqual: return pair(.stringsEqual, .stringAt, node, scope, yes: yes, no: no)
    case .inNumberList:
      guard nodes[Int(node.a)].operation == .number,
        let list = operand(of: .listAt, node.b, scope)
      else { return nil }
      usesBudget = true
      return test(.listHas, list, value: nodes[Int(node.a)].value, yes: yes, no: no)
    case .inStringList:
      guard let string = operand(of: .stringAt, node.a, scope),
        let list = operand(of: .listAt, node.b, scope)
      else { return nil }
      usesBudget = true
      return test(.listHasString, list, string, yes: yes, no: no)
    case .inStrings:
      if let element = element(of: .stringOfLocal, node.a, scope) {
        return test(.elementInStrings, element, value: Int64(node.b), yes: yes, no: no)
      }
      return operand(of: .stringAt, node.a, scope).map {
        test(.inStrings, $0, value: Int64(node.b), yes: yes, no: no)
      }
    case .isBlank:
      usesBudget = true
      return operand(of: .stringAt, node.a, scope).map { test(.isBlank, $0, yes: yes, no: no) }
    case .exists: return loop(node, scope, found: yes, end: no, isWanted: true)
    case .all: return loop(node, scope, found: no, end: yes, isWanted: false)
    default: return nil
    }
  }

  private mutating func test(
    _ operation: JumpTest.Operation, _ a: JumpTest.Operand, _ b: JumpTest.Operand = .init(),
    value: Int64 = 0, yes: Int32, no: Int32
  ) -> Int32 {
    add(
      JumpTest(
        operation: operation, doubt: doubt, yes: yes, no: no, a: a, b: b, value: value))
  }

  /// A test that asks a node, after the locals of its frame have been put into their cells.
  private mutating func nodeTest(
    _ index: Int32, _ scope: Scope, yes: Int32, no: Int32
  ) -> Int32 {
    usesBudget = true
    var start = test(
      .node, JumpTest.Operand(object: Int16(truncatingIfNeeded: scope.base), slot: index),
      yes: yes, no: no)
    for (local, cell) in scope.aliases.sorted(by: { $0.key < $1.key }) {
      start = test(
        .bind, JumpTest.Operand(object: cell),
        JumpTest.Operand(object: Int16(truncatingIfNeeded: local)), yes: start, no: start)
    }
    return start
  }

  private mutating func pair(
    _ operation: JumpTest.Operation, _ kind: PlanNode.Operation, _ node: PlanNode, _ scope: Scope,
    yes: Int32, no: Int32
  ) -> Int32? {
    guard let left = operand(of: kind, node.a, scope), let right = operand(of: kind, node.b, scope)
    else { return nil }
    return test(operation, left, right, yes: yes, no: no)
  }

  /// A comparison of a list's number of elements with a constant.
  private mutating func countTest(
    _ node: PlanNode, _ scope: Scope, yes: Int32, no: Int32
  ) -> Int32? {
    let (left, right) = (nodes[Int(node.a)], nodes[Int(node.b)])
    let largest = Int64(Int32.max)
    var (lower, upper) = (Int64(0), largest)
    let list: Int32
    switch (left.operation, right.operation) {
    case (.number, .listCount):
      // No list has so many elements that a constant out of these bounds would say more.
      let number = max(-1, min(left.value, largest - 1))
      list = right.a
      lower = node.operation == .numberLess ? number + 1 : number
      if node.operation == .numbersEqual { upper = number }
    case (.listCount, .number):
      let number = max(-1, min(right.value, largest - 1))
      list = left.a
      upper = node.operation == .numberLess ? number - 1 : number
      if node.operation == .numbersEqual { lower = number }
    default: return nil
    }
    guard let operand = operand(of: .listAt, list, scope) else { return nil }
    // An upper bound below zero is kept, and no count is within.
    return test(
      .countWithin, operand, value: max(lower, 0) | upper << 32, yes: yes, no: no)
  }

  /// A comparison of two numbers that are facts, one of them perhaps moved by days.
  private mutating func numberTest(
    _ node: PlanNode, _ scope: Scope, yes: Int32, no: Int32
  ) -> Int32? {
    guard let left = number(node.a, scope), let right = number(node.b, scope) else { return nil }
    let operation: JumpTest.Operation
    switch node.operation {
    case .numbersEqual: operation = .numbersEqual
    case .numberLess: operation = .numberLess
    default: operation = .numberLessOrEqual
    }
    if left.days == 0 {
      return test(operation, left.fact, right.fact, value: right.days, yes: yes, no: no)
    }
    guard right.days == 0 else { return nil }
    // Turned round: a < b where not b <= a.
    switch operation {
    case .numbersEqual:
      return test(.numbersEqual, right.fact, left.fact, value: left.days, yes: yes, no: no)
    case .numberLess:
      return test(.numberLessOrEqual, right.fact, left.fact, value: left.days, yes: no, no: yes)
    default:
      return test(.numberLess, right.fact, left.fact, value: left.days, yes: no, no: yes)
    }
  }

  /// The fact that a number is, and by how many days it is moved.
  private mutating func number(
    _ index: Int32, _ scope: Scope
  ) -> (fact: JumpTest.Operand, days: Int64)? {
    let node = nodes[Int(index)]
    switch node.operation {
    case .numberAt: return operand(node, scope).map { ($0, 0) }
    case .addDays:
      let count = nodes[Int(node.b)]
      guard count.operation == .number, let start = number(node.a, scope), start.days == 0
      else { return nil }
      let (days, overflow) = count.value.multipliedReportingOverflow(by: node.value)
      // What goes further is outside the calendar, wherever it starts.
      guard !overflow, days.magnitude < 1 << 32 else { return nil }
      return (start.fact, days)
    case .term:
      guard let (scope, cell) = enter(node, scope), isAlwaysThere(cell) else { return nil }
      return number(node.b, scope)
    default: return nil
    }
  }

  private mutating func term(
    _ node: PlanNode, _ scope: Scope, yes: Int32, no: Int32
  ) -> Int32? {
    guard let (inner, cell) = enter(node, scope) else { return nil }
    let body = compile(node.b, inner, yes: yes, no: no)
    if isAlwaysThere(cell) { return body }
    // A term of an object that isn't there is not known, even if its definition doesn't read it.
    return test(.isObject, JumpTest.Operand(object: cell), yes: body, no: no)
  }

  /// The scope of a term's definition, and the cell of the object that it is a term of.
  private mutating func enter(_ node: PlanNode, _ scope: Scope) -> (Scope, cell: Int16)? {
    let base = scope.base + Int(node.c)
    guard base < PlanMachine.frameCapacity, let cell = cell(node.a, scope) else { return nil }
    var inner = scope
    inner.base = base
    inner.aliases[base] = cell
    return (inner, cell)
  }

  /// Whether a cell always has an object: the document's, the subject's and those of loops' elements do.
  private func isAlwaysThere(_ cell: Int16) -> Bool {
    cell == JumpCells.document || cell < PlanMachine.frameCapacity
  }

  private mutating func loop(
    _ node: PlanNode, _ scope: Scope, found: Int32, end: Int32, isWanted: Bool
  ) -> Int32? {
    let local = scope.base + Int(node.c)
    let element = PlanElement(rawValue: UInt8(truncatingIfNeeded: node.value)) ?? .oneWord
    guard local < PlanMachine.frameCapacity, let list = operand(of: .listAt, node.a, scope),
      let cursor = takeCells(2)
    else { return nil }
    usesBudget = true
    let words: Int32 = element == .twoWords ? 2 : 1
    // Where the body goes on is known before the body is.
    let next = add(JumpTest(operation: .next))
    var inner = scope
    inner.aliases[local] = nil
    inner.loopCells.insert(Int16(truncatingIfNeeded: local))
    let body = compile(
      node.b, inner, yes: isWanted ? found : next, no: isWanted ? next : found)
    tests[Int(next)] = JumpTest(
      operation: .next, doubt: doubt, yes: body, no: end,
      a: JumpTest.Operand(
        object: Int16(truncatingIfNeeded: local), presenceBit: element == .row ? 1 : 0,
        slot: words),
      b: JumpTest.Operand(object: cursor))
    return test(
      .loop, list, JumpTest.Operand(object: cursor, slot: words), value: node.value >> 8,
      yes: next, no: end)
  }

  // MARK: - Facts

  private mutating func operand(
    of kind: PlanNode.Operation, _ index: Int32, _ scope: Scope
  ) -> JumpTest.Operand? {
    let node = nodes[Int(index)]
    return node.operation == kind ? operand(node, scope) : nil
  }

  /// The element that a node reads, by the cell that names its first word.
  private func element(
    of kind: PlanNode.Operation, _ index: Int32, _ scope: Scope
  ) -> JumpTest.Operand? {
    let node = nodes[Int(index)]
    guard node.operation == kind else { return nil }
    let local = scope.base + Int(node.a)
    return (scope.aliases[local] ?? Int16(exactly: local)).map { JumpTest.Operand(object: $0) }
  }

  /// The fact that a node reads; nil when its object has no cell.
  private mutating func operand(_ node: PlanNode, _ scope: Scope) -> JumpTest.Operand? {
    guard let cell = cell(node.a, scope), let word = UInt8(exactly: node.c / 64) else { return nil }
    return JumpTest.Operand(
      object: cell, presenceWord: word, presenceBit: UInt8(truncatingIfNeeded: node.c % 64),
      slot: node.b)
  }

  /// The cell that has an object's row; nil when there is none.
  private mutating func cell(_ object: Int32, _ scope: Scope) -> Int16? {
    if object == PlanObject.document { return JumpCells.document }
    if object < 0 {
      let local = scope.base - 2 - Int(object)
      return scope.aliases[local] ?? Int16(exactly: local)
    }
    let node = nodes[Int(object)]
    guard node.operation == .objectAt, let fact = operand(node, scope),
      !scope.loopCells.contains(fact.object)
    else { return nil }
    let key = CellKey(object: fact.object, slot: fact.slot)
    if let known = cells[key] { return known }
    guard let cell = takeCells(1) else { return nil }
    cells[key] = cell
    let isOfDocument =
      fact.object == JumpCells.document || documentObjects.contains { $0.cell == fact.object }
    if isOfDocument {
      documentObjects.append(JumpObject(cell: cell, fact: fact))
    } else {
      subjectObjects.append(JumpObject(cell: cell, fact: fact))
    }
    return cell
  }

  private mutating func takeCells(_ count: Int) -> Int16? {
    guard freeCell + count <= JumpCells.start + JumpCells.count else { return nil }
    defer { freeCell += count }
    return Int16(exactly: freeCell)
  }
}
