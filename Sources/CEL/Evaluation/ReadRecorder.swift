/// Collects, while an expression is evaluated, the reads that made the difference to its value.
///
/// The reads of a node follow each other in a log. Where only some of a node's parts mattered, the reads of
/// the others are taken out again when the node is left, so that the work is in proportion to the evaluation.
/// A path is cited once, by its end: for `session.workOrder.kind` the kind, not the work order, unless the
/// work order is what is missing.
struct ReadRecorder: Recorder {
  static var isRecording: Bool { true }
  // Of an object that a field is read of, the field alone is cited.
  static var seesObjects: Bool { false }

  /// A node that was left, while what it is part of was not.
  fileprivate struct Part {
    /// Where its reads begin in the log.
    var start: Int
    /// The position of the read of its own value, which is no read where something further inside of the
    /// value is read; negative where there is none.
    var ownRead = -1
    let outcome: Outcome
    /// Whether its value is a list of objects.
    let hasObjects: Bool
    let origin: AttributePath?
  }

  fileprivate enum Outcome {
    case yes, no
    /// Another value.
    case value
    case unknown, error

    var isValue: Bool { self != .unknown && self != .error }
  }

  /// A value that a variable was bound to, by what it was read from.
  private struct Binding {
    let reads: [DecisiveRead]
    let ownRead: Int
  }

  init() {
    // As many as most conditions need: growing one by one would take longer than evaluating them.
    log.reserveCapacity(16)
    parts.reserveCapacity(16)
    open.reserveCapacity(16)
  }

  private var log: [DecisiveRead] = []
  private var parts: [Part] = []
  /// Where the parts and the reads of each node begin that was entered and not left.
  private var open: [(part: Int, read: Int)] = []
  private var bindings: [Binding] = []
  /// The binding of the variable that was read last.
  private var binding: Int?
  /// The row that the call reads which is left next.
  private var row: DecisiveRead?
  /// What the call that is left next reads, even where it has no value.
  private var asked: DecisiveRead?

  /// The reads that decided, each once, in the order met.
  ///
  /// Elements of lists of plain values that are cited whole are not cited by themselves.
  var reads: [DecisiveRead] {
    let reads = log.withoutRepeats()
    guard reads.contains(where: { $0.listOfElement != nil }) else { return reads }
    let whole = Set(reads)
    return reads.filter { read in read.listOfElement.map { !whole.contains($0) } ?? true }
  }

  mutating func enter() { open.append((parts.count, log.count)) }

  mutating func bind(keepsReads: Bool) -> Int? {
    guard let part = parts.last else { return nil }
    let reads = Array(log[part.start...])
    // Values bound to one another would else be gone through again for each time that each is read.
    let once = reads.withoutRepeats()
    let own = part.ownRead < 0 ? nil : once.firstIndex(of: log[part.ownRead])
    // Read besides as something of its own, it stays.
    let isOnlyOwn = part.ownRead >= 0 && reads.count { $0 == log[part.ownRead] } == 1
    bindings.append(Binding(reads: once, ownRead: isOnlyOwn ? own ?? -1 : -1))
    if !keepsReads {
      log.removeSubrange(part.start...)
      parts.removeLast()
    }
    return bindings.count - 1
  }

  mutating func read(binding: Int?) { self.binding = binding }

  mutating func read(row: AttributePath.Step, ofGlobal slot: Int) {
    self.row = .row(ofGlobal: slot, at: row)
  }

  mutating func read(global slot: Int, on day: CivilDate) {
    asked = .dated(global: slot, on: day, row: nil)
  }

  mutating func read(_ days: ClosedRange<CivilDate>, ofCalendar name: String) {
    asked = .days(ofCalendar: name, from: days.lowerBound, through: days.upperBound)
  }

  mutating func leave(
    _ node: CheckedExpression, _ result: Evaluation, iteration: Int?, origin: AttributePath?
  ) {
    guard let start = open.popLast() else { return }
    let children = start.part..<parts.count
    let outcome: Outcome
    var (isContainer, hasObjects) = (false, false)
    switch result {
    case .value(.bool(let isTrue)): outcome = isTrue ? .yes : .no
    case .value(.list(let elements)):
      (outcome, isContainer) = (.value, true)
      hasObjects = node.type.isObjectList || elements.first?.isObject ?? false
    case .value(.object), .value(.map), .value(.optional): (outcome, isContainer) = (.value, true)
    case .value: outcome = .value
    case .unknown: outcome = .unknown
    case .error: outcome = .error
    }
    var own = -1
    switch node.kind {
    case .constant, .unresolved, .error, .not, .bind, .optionalMap: break
    case .global(let slot, _): own = addGlobal(slot, result)
    case .local: own = addLocal(origin)
    case .field, .optionalField, .member, .optionalMember:
      own = addRead(origin.map { .fact($0) }, of: children)
    case .hasField, .hasMember: _ = addRead(origin.map { .presence($0) }, of: children)
    case .derived(_, let field): own = addDerived(field, children)
    case .and: keepDecisive(.no, children)
    case .or: keepDecisive(.yes, children)
    case .conditional: own = children.count == 2 ? parts[children.upperBound - 1].ownRead : -1
    case .call("_[_]", _, _) where origin != nil && outcome.isValue:
      own = addRead(origin.map { .fact($0) }, of: children)
    case .call(let name, _, _) where name.hasPrefix("@") && name != "@in" && !children.isEmpty:
      if outcome == .unknown { keepUnknown(children) } else { keepKeys(children) }
    case .call, .list, .map:
      if outcome == .unknown { keepUnknown(children) }
      if let row = row.take(), outcome.isValue { log.append(dated(row, since: start.read)) }
      if let asked = asked.take() { log.append(asked) }
    case .comprehension(let comprehension): leave(comprehension, children)
    }
    parts.removeLast(children.count)
    parts.append(
      Part(
        start: start.read, ownRead: isContainer && origin != nil ? own : -1, outcome: outcome,
        hasObjects: hasObjects, origin: origin))
  }

  // MARK: Sections

  /// The reads of a node, wherever it is read from.
  struct Section: Sendable {
    fileprivate let part: Part
    fileprivate let reads: [DecisiveRead]

    /// Where the node's value stands in the data.
    var origin: AttributePath? { part.origin }
  }

  var lastSection: Section? {
    guard var part = parts.last else { return nil }
    let reads = Array(log[part.start...])
    if part.ownRead >= 0 { part.ownRead -= part.start }
    part.start = 0
    return Section(part: part, reads: reads)
  }

  mutating func add(_ section: Section?) -> Bool {
    guard let section else { return false }
    var part = section.part
    part.start = log.count
    if part.ownRead >= 0 { part.ownRead += log.count }
    log += section.reads
    parts.append(part)
    return true
  }

  // MARK: Reads

  /// The row of a variable that was read as of another day, where it was, since a place in the log.
  private func dated(_ row: DecisiveRead, since start: Int) -> DecisiveRead {
    guard case .row(let slot, let step) = row else { return row }
    for case .dated(slot, let day, nil) in log[start...] {
      return .dated(global: slot, on: day, row: step)
    }
    return row
  }

  private mutating func add(_ read: DecisiveRead) -> Int {
    log.append(read)
    return log.count - 1
  }

  private mutating func addGlobal(_ slot: Int, _ result: Evaluation) -> Int {
    switch result {
    case .value(.object(let object)): return add(.fact(object.path))
    case .unknown(let facts): log += facts.paths.map { .fact($0) }
    case .value, .error: log.append(.global(slot: slot))
    }
    return -1
  }

  private mutating func addLocal(_ origin: AttributePath?) -> Int {
    guard let number = binding.take() else { return origin.map { add(.fact($0)) } ?? -1 }
    let start = log.count
    log += bindings[number].reads
    return bindings[number].ownRead < 0 ? -1 : start + bindings[number].ownRead
  }

  /// Adds a read of something inside of what the first of some parts came to; where there is none, that
  /// part's own value is what was read.
  private mutating func addRead(_ read: DecisiveRead?, of children: Range<Int>) -> Int {
    guard let read else { return -1 }
    if !children.isEmpty { takeOwnRead(of: children.lowerBound, before: children.upperBound) }
    return add(read)
  }

  private mutating func addDerived(_ field: FieldReference, _ children: Range<Int>) -> Int {
    guard children.count > 1 else { return -1 }
    let definition = children.lowerBound + 1
    let operand = parts[children.lowerBound]
    replaceOwnRead(
      of: children.lowerBound, before: children.upperBound, by: .derived(field, on: operand.origin))
    return parts[definition].ownRead
  }

  /// Takes a part's own read out of the log; the parts behind it, before another, move up.
  private mutating func takeOwnRead(of part: Int, before end: Int) {
    let own = parts[part].ownRead
    guard own >= 0 else { return }
    log.remove(at: own)
    parts[part].ownRead = -1
    move(part + 1..<end, by: -1)
  }

  /// Puts a read behind those of a part, instead of that of its own value.
  private mutating func replaceOwnRead(
    of part: Int, before end: Int, by read: DecisiveRead
  ) {
    let own = parts[part].ownRead
    let place = part + 1 < end ? parts[part + 1].start : log.count
    if own >= 0, own == place - 1 {
      log[own] = read
      parts[part].ownRead = -1
      return
    }
    log.insert(read, at: place)
    move(part + 1..<end, by: 1)
    takeOwnRead(of: part, before: end)
  }

  private mutating func move(_ range: Range<Int>, by distance: Int) {
    for index in range {
      parts[index].start += distance
      if parts[index].ownRead >= 0 { parts[index].ownRead += distance }
    }
  }

  // MARK: Logic

  /// The first operand that decided alone; both, when none did.
  private mutating func keepDecisive(_ absorbing: Outcome, _ children: Range<Int>) {
    guard let decisive = children.first(where: { parts[$0].outcome == absorbing }) else { return }
    if decisive + 1 < children.upperBound { log.removeSubrange(parts[decisive + 1].start...) }
    log.removeSubrange(parts[children.lowerBound].start..<parts[decisive].start)
  }

  /// Of a node that is unknown, the parts that are.
  private mutating func keepUnknown(_ children: Range<Int>) {
    var end = log.count
    for index in children.reversed() {
      let start = parts[index].start
      if parts[index].outcome != .unknown { log.removeSubrange(start..<end) }
      end = start
    }
  }

  /// Of a function that picks elements by their keys, or puts them in order, the keys: of a list of objects
  /// that it is given besides, it matters only which there are.
  private mutating func keepKeys(_ children: Range<Int>) {
    let list = children.lowerBound
    guard parts[list].hasObjects, let origin = parts[list].origin else { return }
    replaceOwnRead(of: list, before: children.upperBound, by: .presence(origin))
  }

  // MARK: Comprehensions

  private mutating func leave(
    _ comprehension: CheckedExpression.Comprehension, _ children: Range<Int>
  ) {
    guard let range = children.first, parts[range].outcome.isValue else { return }
    let absorbing: Outcome? =
      switch comprehension.macro {
      case .all: .no
      case .exists: .yes
      default: nil
      }
    let last = children.upperBound - 1
    var isRead = true
    if last > range, parts[last].outcome == absorbing {
      log.removeSubrange(parts[range + 1].start..<parts[last].start)
      // An element that is read stands for its list; otherwise it matters that there is one.
      let reads = log[parts[range + 1].start...]
      isRead =
        parts[range].origin.map { origin in !reads.contains { $0.isInside(origin) } } ?? false
    }
    guard let origin = parts[range].origin else { return }
    let end = min(range + 2, children.upperBound)
    if isRead {
      replaceOwnRead(
        of: range, before: end, by: parts[range].hasObjects ? .presence(origin) : .fact(origin))
    } else {
      takeOwnRead(of: range, before: end)
    }
  }
}

extension DecisiveRead {
  /// Whether a fact further down from a path is read.
  fileprivate func isInside(_ path: AttributePath) -> Bool {
    switch self {
    case .fact(let other), .presence(let other):
      other.isInside(path)
    case .global, .row, .dated, .days, .derived: false
    }
  }

  /// The read of the list that this is a read of an element of; nil for others.
  fileprivate var listOfElement: DecisiveRead? {
    guard case .fact(let path) = self, case .index? = path.last else { return nil }
    return path.parent.map { .fact($0) }
  }
}

extension [DecisiveRead] {
  /// Each read once, in the order met.
  fileprivate func withoutRepeats() -> [DecisiveRead] {
    // Few are compared faster than they are hashed.
    if count <= 8 {
      var once: [DecisiveRead] = []
      once.reserveCapacity(count)
      for read in self where !once.contains(read) { once.append(read) }
      return once
    }
    var seen: Set<DecisiveRead> = []
    return filter { seen.insert($0).inserted }
  }
}

extension CELType {
  fileprivate var isObjectList: Bool { if case .list(.object) = self { true } else { false } }
}

extension CELValue {
  fileprivate var isObject: Bool { if case .object = self { true } else { false } }
}
