import CEL

/// What is assumed of terms on one branch of a search, and whether it can be so together.
///
/// INVARIANT: what is found to be impossible can't be so in any document; the reverse is not claimed.
struct TermFacts {
  private let store: LogicStore
  private let isUsual: Bool
  /// Whether each term's value is known; nothing is said of the others.
  private(set) var known: [TermID: Bool] = [:]
  /// The optional facts that are known not to be there.
  private(set) var absent: Set<TermID> = []
  private(set) var truths: [TermID: Bool] = [:]
  /// The constants that a text may be.
  private(set) var allowed: [TermID: Set<String>] = [:]
  private(set) var excluded: [TermID: Set<String>] = [:]
  private(set) var equalities: [(TermID, TermID)] = []
  private(set) var differences: [(TermID, TermID)] = []
  /// Sums that are at most a number.
  private(set) var bounds: [LinearForm: Int128] = [:]
  /// The elements of each list.
  private(set) var elements: [TermID: [TermID]] = [:]
  private(set) var isPossible = true

  init(store: LogicStore, isUsual: Bool) {
    self.store = store
    self.isUsual = isUsual
    known = [store.document: true, store.today: true]
    enterRange(of: store.today)
  }

  mutating func fail() { isPossible = false }

  // MARK: What is known

  /// Takes in that a value is known, or that it is not.
  ///
  /// What must then be known as well is too.
  mutating func assume(_ term: TermID, isKnown: Bool) {
    if let before = known[term] {
      if before != isKnown { isPossible = false }
      return
    }
    known[term] = isKnown
    guard isKnown else {
      // An element is there because its list is.
      if case .element = store[term] { isPossible = false }
      return
    }
    enterRange(of: term)
    switch store[term] {
    case .document, .today: break
    case .fact(let owner, _): assume(owner, isKnown: true)
    case .element(let list, _): add(term, to: list)
    case .position(let list, _): add(term, to: list)
    case .count(let list, _, _): assume(list, isKnown: true)
    case .function(_, let operands): for operand in operands { assumeKnown(operand) }
    }
  }

  private mutating func assumeKnown(_ operand: Operand) {
    switch operand {
    case .term(let term): assume(term, isKnown: true)
    case .number(let form): for part in form.parts { assume(part.term, isKnown: true) }
    case .several(let operands): for operand in operands { assumeKnown(operand) }
    // Whether a formula is known is not a matter of one term.
    case .formula, .constant: break
    }
  }

  /// Takes in that an optional fact is not there.
  mutating func assumeAbsent(_ term: TermID) {
    guard case .fact(let owner, let name) = store[term], store.optionalFacts.contains(name) else {
      isPossible = false
      return
    }
    assume(owner, isKnown: true)
    assume(term, isKnown: false)
    absent.insert(term)
  }

  mutating func add(_ element: TermID, to list: TermID) {
    guard !(elements[list] ?? []).contains(element) else { return }
    elements[list, default: []].append(element)
    assume(list, isKnown: true)
    if known[element] == nil { assume(element, isKnown: true) }
  }

  /// The terms, for a total function, without whose values alone it has none; nil for others.
  func terms(neededBy term: TermID) -> [TermID]? {
    if case .count(let list, _, let body) = store[term] { return body == store.yes ? [list] : nil }
    guard case .function(let name, let operands) = store[term], store.totalFunctions.contains(name)
    else { return nil }
    var needed: [TermID] = []
    for operand in operands {
      switch operand {
      case .term(let term): needed.append(term)
      case .number(let form): needed += form.parts.map(\.term)
      case .constant: break
      case .formula, .several: return nil
      }
    }
    return needed
  }

  // MARK: Statements

  /// Takes in that an atom about values is true, or that it is false; its values are known then.
  mutating func assume(_ atom: Atom, _ isTrue: Bool) {
    for term in atom.terms { assume(term, isKnown: true) }
    switch atom {
    case .present, .known: break
    case .truth(let term):
      if let before = truths[term], before != isTrue { isPossible = false }
      truths[term] = isTrue
    case .member(let term, let constants):
      if isTrue {
        allowed[term] = allowed[term].map { $0.intersection(constants) } ?? Set(constants)
      } else {
        excluded[term, default: []].formUnion(constants)
      }
      checkTexts()
    case .same(let left, let right):
      if isTrue { equalities.append((left, right)) } else { differences.append((left, right)) }
      checkTexts()
    case .atMost(let form, let bound):
      if isTrue {
        limit(form, to: bound)
      } else if let turned = form.times(-1) {
        limit(turned, to: -bound - 1)
      }
      checkNumbers()
    }
  }

  /// What an atom may still be, as far as that is seen at once.
  func possible(_ atom: Atom) -> TruthSet {
    switch atom {
    case .present(let term):
      if known[term] == true { return .yes }
      if absent.contains(term) { return .no }
      return known[term] == false ? .notYes : .any
    case .known(let term):
      return known[term].map { $0 ? .yes : .no } ?? .settled
    case .truth(let term):
      return base(of: [term]).intersection(truths[term].map { $0 ? .notNo : .notYes } ?? .any)
    case .member(let term, let constants):
      var result = base(of: [term])
      let left = allowed[term].map { $0.subtracting(excluded[term] ?? []) }
      if let left {
        if left.isSubset(of: constants) { result.remove(.no) }
        if left.isDisjoint(with: constants) { result.remove(.yes) }
      } else if let excluded = excluded[term], excluded.isSuperset(of: constants) {
        result.remove(.yes)
      }
      return result
    case .same(let left, let right): return base(of: [left, right])
    case .atMost(let form, let bound):
      var result = base(of: form.parts.map(\.term))
      if let upper = bounds[form], upper <= bound { result.remove(.no) }
      if let turned = form.times(-1), let lower = bounds[turned], -lower > bound {
        result.remove(.yes)
      }
      return result
    }
  }

  private func base(of terms: [TermID]) -> TruthSet {
    if terms.contains(where: { known[$0] == false }) { return .undetermined }
    return terms.allSatisfy { known[$0] == true } ? .settled : .any
  }

  // MARK: Texts

  private mutating func enterRange(of term: TermID) {
    let type = store.type(of: term)
    switch type {
    case .enumeration(let name):
      if let cases = store.cases[name] {
        let texts = Set(cases.map { store.constant($0) })
        allowed[term] = allowed[term].map { $0.intersection(texts) } ?? texts
      }
    case .int, .date, .timestamp, .duration:
      var range = isUsual ? Count.usualRange(of: type) : Count.range(of: type)
      switch store[term] {
      case .count: range = 0...Count.range(of: .int).upperBound
      case .function(let name, _) where type == .duration && name.hasPrefix("timeOfDay"):
        range = 0...86_400 * Count.second - 1
      // What functions make of usual values may be anything.
      case .function: range = Count.range(of: type)
      default: break
      }
      limit(LinearForm(term), to: range.upperBound)
      if let turned = LinearForm(term).times(-1) { limit(turned, to: -range.lowerBound) }
    default: break
    }
  }

  /// The terms in groups that are equal.
  func textGroups() -> [TermID: TermID] {
    var leaders: [TermID: TermID] = [:]
    func leader(_ term: TermID) -> TermID {
      var term = term
      while let next = leaders[term], next != term { term = next }
      return term
    }
    for (left, right) in equalities {
      let (a, b) = (leader(left), leader(right))
      if a != b { leaders[max(a, b)] = min(a, b) }
    }
    var result: [TermID: TermID] = [:]
    for (left, right) in equalities {
      result[left] = leader(left)
      result[right] = leader(right)
    }
    return result
  }

  private mutating func checkTexts() {
    let groups = textGroups()
    var left: [TermID: Set<String>] = [:]
    var without: [TermID: Set<String>] = [:]
    for (term, constants) in allowed {
      let leader = groups[term] ?? term
      left[leader] = left[leader].map { $0.intersection(constants) } ?? constants
    }
    for (term, constants) in excluded {
      without[groups[term] ?? term, default: []].formUnion(constants)
    }
    var only: [TermID: String] = [:]
    for (leader, constants) in left {
      let rest = constants.subtracting(without[leader] ?? [])
      if rest.isEmpty { isPossible = false }
      if rest.count == 1, let text = rest.first { only[leader] = text }
    }
    for (a, b) in differences {
      let (first, second) = (groups[a] ?? a, groups[b] ?? b)
      if first == second { isPossible = false }
      if let text = only[first], text == only[second] { isPossible = false }
    }
  }

  // MARK: Numbers

  private mutating func limit(_ form: LinearForm, to bound: Int128) {
    if let before = bounds[form], before <= bound { return }
    bounds[form] = bound
    if let turned = form.times(-1), let lower = bounds[turned], -lower > bound {
      isPossible = false
    }
  }

  private mutating func checkNumbers() {
    guard isPossible, bounds.keys.contains(where: { $0.parts.count > 1 }) else { return }
    if NumberSolver(bounds).values(preferring: { _ in nil }, isOnlyCheck: true) == nil {
      isPossible = false
    }
  }
}
