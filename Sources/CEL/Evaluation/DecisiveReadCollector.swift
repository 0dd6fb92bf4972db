/// Collects the reads of a trace that made the difference.
///
/// One function for each kind of node whose parts don't all matter. A path is cited once, by its end: for
/// `session.workOrder.kind` the kind, not the work order, unless the work order is what is missing.
struct DecisiveReadCollector {
  private var reads: [DecisiveRead] = []
  private var seen: Set<DecisiveRead> = []
  /// The variables of the frame, by depth, that `cel.bind` and its like bound to a value.
  private var frame: [Int: Binding] = [:]
  /// The bindings whose reads are among `reads` already.
  ///
  /// They are kept for as long: another one might else get the identity of one that is gone.
  private var added: [Added: Binding] = [:]

  private struct Added: Hashable {
    let binding: ObjectIdentifier
    let asOperand: Bool
  }

  /// A value that a variable was bound to: how it came about, and the variables that it was in sight of.
  ///
  /// Its reads are collected once: values bound to one another, each read twice by the next, would
  /// otherwise be gone through twice as often with each.
  private final class Binding {
    let trace: Trace
    let frame: [Int: Binding]
    var reads: [DecisiveRead]?
    var readsAsOperand: [DecisiveRead]?

    init(trace: Trace, frame: [Int: Binding]) {
      self.trace = trace
      self.frame = frame
    }
  }

  /// The reads, without the elements of lists of plain values that are cited whole.
  var finished: [DecisiveRead] {
    reads.filter { read in
      guard case .fact(let path) = read, case .index? = path.steps.last else { return true }
      let list = AttributePath(root: path.root, steps: Array(path.steps.dropLast()))
      return !seen.contains(.fact(list))
    }
  }

  private mutating func add(_ read: DecisiveRead) {
    if seen.insert(read).inserted { reads.append(read) }
  }

  /// Collects what decided the result of a node.
  mutating func collect(_ trace: Trace) {
    switch trace.expression.kind {
    case .constant, .unresolved, .error: break
    case .global(let slot, _): collectGlobal(slot, trace)
    case .local(let depth, _): collectLocal(depth, trace)
    case .field, .optionalField: collectField(trace, asPresence: false)
    case .hasField: collectField(trace, asPresence: true)
    case .derived(_, let field): collectDerived(field, trace, asOperand: false)
    case .member, .optionalMember: collectMember(trace, asPresence: false)
    case .hasMember: collectMember(trace, asPresence: true)
    case .and: collectLogic(trace, absorbing: false)
    case .or: collectLogic(trace, absorbing: true)
    case .call("_[_]", _, _): collectIndex(trace)
    case .call, .list, .map: collectStrict(trace)
    case .not, .conditional: collectAll(trace.children)
    case .comprehension(let comprehension): collectComprehension(comprehension, trace)
    case .bind(_, let depth, _, _), .optionalMap(_, _, let depth, _, _):
      collectBinding(trace, depth)
    }
  }

  /// Collects with other variables on the frame.
  private mutating func collect(
    within inner: [Int: Binding], _ body: (inout DecisiveReadCollector) -> Void
  ) {
    let outer = frame
    frame = inner
    body(&self)
    frame = outer
  }

  /// Adds the reads of the value that a variable was bound to.
  private mutating func collect(_ binding: Binding, asOperand: Bool) {
    let key = Added(binding: ObjectIdentifier(binding), asOperand: asOperand)
    guard added.updateValue(binding, forKey: key) == nil else { return }
    let path = asOperand ? \Binding.readsAsOperand : \Binding.reads
    let known =
      binding[keyPath: path]
      ?? reads(within: binding.frame) {
        if asOperand {
          $0.collectAsOperand(binding.trace)
        } else {
          $0.collect(binding.trace)
        }
      }
    binding[keyPath: path] = known
    for read in known { add(read) }
  }

  /// What a closure collects alone, with the given variables on the frame.
  private func reads(
    within frame: [Int: Binding], _ body: (inout DecisiveReadCollector) -> Void
  ) -> [DecisiveRead] {
    var collector = DecisiveReadCollector()
    collector.frame = frame
    body(&collector)
    return collector.reads
  }

  private mutating func collectAll(_ traces: [Trace]) {
    for trace in traces { collect(trace) }
  }

  // MARK: Reads

  private mutating func collectGlobal(_ slot: Int, _ trace: Trace) {
    switch trace.result {
    case .value(.object(let object)): add(.fact(object.path))
    case .unknown(let facts): for path in facts.paths { add(.fact(path)) }
    case .value, .error: add(.global(slot: slot))
    }
  }

  private mutating func collectLocal(_ depth: Int, _ trace: Trace) {
    if let bound = frame[depth] {
      collect(bound, asOperand: false)
    } else if let origin = trace.origin {
      add(.fact(origin))
    }
  }

  /// Collects what a node reads on the way to something further inside of its value.
  private mutating func collectAsOperand(_ trace: Trace) {
    guard case .value(let value) = trace.result, trace.origin != nil else { return collect(trace) }
    switch value {
    case .object, .map, .list, .optional: break
    default: return collect(trace)
    }
    switch trace.expression.kind {
    case .global: break
    case .local(let depth, _):
      if let bound = frame[depth] { collect(bound, asOperand: true) }
    case .field, .optionalField, .member, .optionalMember:
      trace.children.first.map { collectAsOperand($0) }
    case .call("_[_]", _, _):
      trace.children.first.map { collectAsOperand($0) }
      collectAll(Array(trace.children.dropFirst()))
    case .derived(_, let field): collectDerived(field, trace, asOperand: true)
    case .conditional:
      trace.children.first.map { collect($0) }
      trace.children.last.map { collectAsOperand($0) }
    default: collect(trace)
    }
  }

  private mutating func collectField(_ trace: Trace, asPresence: Bool) {
    guard let operand = trace.children.first else { return }
    guard let origin = trace.origin else { return collect(operand) }
    collectAsOperand(operand)
    add(asPresence ? .presence(origin) : .fact(origin))
  }

  private mutating func collectMember(_ trace: Trace, asPresence: Bool) {
    guard let operand = trace.children.first else { return }
    guard let origin = trace.origin else { return collect(operand) }
    collectAsOperand(operand)
    add(asPresence ? .presence(origin) : .fact(origin))
  }

  private mutating func collectDerived(
    _ field: FieldReference, _ trace: Trace, asOperand: Bool
  ) {
    guard let operand = trace.children.first else { return }
    guard trace.children.count > 1, let definition = trace.children.last else {
      return collect(operand)
    }
    collectAsOperand(operand)
    add(.derived(field, on: operand.origin))
    collect(within: [:]) {
      if asOperand { $0.collectAsOperand(definition) } else { $0.collect(definition) }
    }
  }

  private mutating func collectIndex(_ trace: Trace) {
    guard let operand = trace.children.first, let origin = trace.origin,
      case .value = trace.result
    else { return collectStrict(trace) }
    collectAsOperand(operand)
    collectAll(Array(trace.children.dropFirst()))
    add(.fact(origin))
  }

  // MARK: Logic

  /// The first operand that decided alone; both, when none did.
  private mutating func collectLogic(_ trace: Trace, absorbing: Bool) {
    if let decisive = trace.children.first(where: { $0.isBool(absorbing) }) {
      collect(decisive)
    } else {
      collectAll(trace.children)
    }
  }

  /// All parts; of a node that is unknown, those that are.
  private mutating func collectStrict(_ trace: Trace) {
    guard case .unknown = trace.result else { return collectAll(trace.children) }
    collectAll(
      trace.children.filter {
        if case .unknown = $0.result { true } else { false }
      })
  }

  /// The body, in which the variable stands for what it was bound to.
  private mutating func collectBinding(_ trace: Trace, _ depth: Int) {
    guard trace.children.count > 1, let value = trace.children.first, let body = trace.children.last
    else { return collectAll(trace.children) }
    // Whether the optional has a value matters in any case.
    if case .optionalMap = trace.expression.kind { collect(value) }
    var inner = frame
    inner[depth] = Binding(trace: value, frame: frame)
    collect(within: inner) { $0.collect(body) }
  }

  // MARK: Comprehensions

  private mutating func collectComprehension(
    _ comprehension: CheckedExpression.Comprehension, _ trace: Trace
  ) {
    guard let range = trace.children.first, case .value = range.result else {
      return collectAll(trace.children)
    }
    let iterations = Array(trace.children.dropFirst())
    let absorbing: Bool? =
      switch comprehension.macro {
      case .all: false
      case .exists: true
      default: nil
      }
    if let absorbing, let decisive = iterations.last, decisive.isBool(absorbing) {
      collectAsOperand(range)
      let within = reads(within: frame) { $0.collect(decisive) }
      // An element that is read stands for its list; otherwise it matters that there is one.
      if let origin = range.origin, !within.contains(where: { $0.isInside(origin) }) {
        collectList(range)
      }
      for read in within { add(read) }
      return
    }
    collectList(range)
    collectAll(iterations)
  }

  /// The list or map itself: which elements it has.
  private mutating func collectList(_ range: Trace) {
    guard let origin = range.origin else { return collect(range) }
    collectAsOperand(range)
    add(range.hasObjects ? .presence(origin) : .fact(origin))
  }
}

extension DecisiveRead {
  /// Whether a fact further down from a path is read.
  fileprivate func isInside(_ path: AttributePath) -> Bool {
    switch self {
    case .fact(let other), .presence(let other):
      other.root == path.root && other.steps.count > path.steps.count
        && other.steps.starts(with: path.steps)
    case .global, .derived: false
    }
  }
}

extension Trace {
  fileprivate func isBool(_ wanted: Bool) -> Bool {
    if case .value(.bool(wanted)) = result { true } else { false }
  }

  /// Whether the value is a list of objects.
  fileprivate var hasObjects: Bool {
    if case .list(.object) = expression.type { return true }
    guard case .value(.list(let elements)) = result, case .object? = elements.first else {
      return false
    }
    return true
  }
}
