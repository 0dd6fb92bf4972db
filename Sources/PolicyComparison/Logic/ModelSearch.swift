import CEL

/// Searches for a way in which formulas can all have the truth values claimed of them.
///
/// Claims are taken apart until only statements about terms are left, once for every way in which they can hold.
/// What is claimed of all elements of a list is claimed of each that is met; that one element is so brings in an
/// element about which nothing else is known. Where all ways contradict themselves, no document is so.
struct ModelSearch {
  /// What came of a search.
  enum Outcome: Equatable {
    /// No document is so.
    case impossible
    /// A model was accepted.
    case found
    /// Models were found, and none was accepted.
    case open
    /// There was too much to try.
    case cutShort
  }

  /// Something claimed of a formula, or of a term.
  enum Claim: Hashable {
    case formula(FormulaID, TruthSet)
    case isKnown(TermID, Bool)
    /// For one element of the list.
    case some(of: TermID, variable: TermID, FormulaID, TruthSet)
    /// For all elements of the list.
    case each(of: TermID, variable: TermID, FormulaID, TruthSet)
  }

  /// One way, as far as it is followed.
  struct Branch {
    var facts: TermFacts
    /// What formulas may still be, where that is less than anything.
    var claimed: [FormulaID: TruthSet] = [:]
    /// What is claimed of all elements of lists.
    var rules: [TermID: [(variable: TermID, body: FormulaID, truth: TruthSet)]] = [:]
    /// The choices that are still to be made, each of claims that hold together.
    var choices: [[[Claim]]] = []
    /// What is still to be taken apart.
    var open: [Claim] = []
  }

  private let store: LogicStore
  private let isUsual: Bool
  /// How many ways may be tried.
  private var budget: Int
  /// Whether there is no time for more.
  private let isOver: () -> Bool
  private var accept: (Branch) -> Bool
  private var hasModel = false
  private var isCutShort = false
  /// How many claims were taken apart.
  private(set) var work = 0
  private static let mostElements = 12
  private static let mostDepth = 250

  init(
    store: LogicStore, isUsual: Bool, budget: Int, isOver: @escaping () -> Bool,
    accept: @escaping (Branch) -> Bool
  ) {
    self.store = store
    self.isUsual = isUsual
    self.budget = budget
    self.isOver = isOver
    self.accept = accept
  }

  /// Whether claims can all hold; each model is offered to be accepted, until one is.
  mutating func run(_ claims: [(FormulaID, TruthSet)]) -> Outcome {
    var branch = Branch(facts: TermFacts(store: store, isUsual: isUsual))
    branch.open = claims.map { .formula($0.0, $0.1) }
    // What has but one way to be followed takes time as well.
    if isOver() { return .cutShort }
    if follow(branch, depth: 0) { return .found }
    if isCutShort { return .cutShort }
    return hasModel ? .open : .impossible
  }

  /// Follows a branch; true when a model was accepted.
  private mutating func follow(_ start: Branch, depth: Int) -> Bool {
    var branch = start
    guard settle(&branch) else { return false }
    guard
      let index = branch.choices.indices.min(by: {
        branch.choices[$0].count < branch.choices[$1].count
      })
    else {
      hasModel = true
      return accept(branch)
    }
    guard depth < Self.mostDepth else {
      isCutShort = true
      return false
    }
    let options = branch.choices.remove(at: index)
    for option in options {
      budget -= 1
      guard budget > 0, !isOver() else {
        isCutShort = true
        return false
      }
      var next = branch
      next.open = option
      if follow(next, depth: depth + 1) { return true }
      if isCutShort { return false }
    }
    return false
  }

  /// Takes apart all that there is but one way to take; false where that contradicts itself.
  private mutating func settle(_ branch: inout Branch) -> Bool {
    while true {
      while let claim = branch.open.popLast() {
        work += 1
        guard take(claim, &branch), branch.facts.isPossible else { return false }
      }
      guard instantiate(&branch) else { return false }
      if !branch.open.isEmpty { continue }
      var isChanged = false
      var kept: [[[Claim]]] = []
      for options in branch.choices {
        if options.contains(where: { $0.allSatisfy { isEntailed($0, branch) } }) { continue }
        let left = options.filter { $0.allSatisfy { isPossible($0, branch) } }
        switch left.count {
        case 0: return false
        case 1:
          branch.open += left[0]
          isChanged = true
        default: kept.append(left)
        }
      }
      branch.choices = kept
      if !isChanged { return true }
    }
  }

  private func isPossible(_ claim: Claim, _ branch: Branch) -> Bool {
    switch claim {
    case .formula(let id, let truth): !possible(id, branch).isDisjoint(with: truth)
    case .isKnown(let term, let isKnown): branch.facts.known[term].map { $0 == isKnown } ?? true
    case .some, .each: true
    }
  }

  private func isEntailed(_ claim: Claim, _ branch: Branch) -> Bool {
    switch claim {
    case .formula(let id, let truth): certain(id, branch).isSubset(of: truth)
    case .isKnown(let term, let isKnown): branch.facts.known[term] == isKnown
    case .some, .each: false
    }
  }

  /// What a formula can only be by what was taken in: a claim on an atom that was not taken in yet counts for
  /// nothing, since it would be lost.
  private func certain(_ id: FormulaID, _ branch: Branch) -> TruthSet {
    switch store[id] {
    case .not(let operand): certain(operand, branch).flipped
    case .atom(let atom): branch.facts.possible(atom)
    default: possible(id, branch)
    }
  }

  /// What a formula may still be, as far as that is seen at once.
  private func possible(_ id: FormulaID, _ branch: Branch) -> TruthSet {
    let own = branch.claimed[id] ?? .any
    switch store[id] {
    case .constant(let value): return value ? .yes : .no
    case .undetermined: return .undetermined
    case .not(let operand):
      return own.intersection(possible(operand, branch).flipped)
    case .atom(let atom): return own.intersection(branch.facts.possible(atom))
    case .known(let operand):
      var result = own.intersection(.settled)
      let inner = possible(operand, branch)
      if inner == .undetermined { result.remove(.yes) }
      if !inner.contains(.undetermined) { result.remove(.no) }
      return result
    default: return own
    }
  }

  // MARK: Taking apart

  private mutating func take(_ claim: Claim, _ branch: inout Branch) -> Bool {
    switch claim {
    case .formula(let id, let truth): return take(id, truth, &branch)
    case .isKnown(let term, let isKnown): return take(term, isKnown: isKnown, &branch)
    case .some(let list, let variable, let body, let truth):
      guard (branch.facts.elements[list] ?? []).count < Self.mostElements else {
        isCutShort = true
        return false
      }
      let element = store.freshElement(of: list)
      branch.facts.add(element, to: list)
      branch.open.append(.formula(store.replacing(variable, by: element, in: body), truth))
      return true
    case .each(let list, let variable, let body, let truth):
      branch.rules[list, default: []].append((variable, body, truth))
      for element in branch.facts.elements[list] ?? [] {
        branch.open.append(.formula(store.replacing(variable, by: element, in: body), truth))
      }
      return true
    }
  }

  /// Says of elements that were met since what is claimed of all elements of their lists.
  private func instantiate(_ branch: inout Branch) -> Bool {
    for (list, rules) in branch.rules.sorted(by: { $0.key < $1.key }) {
      for element in branch.facts.elements[list] ?? [] {
        for rule in rules {
          let body = store.replacing(rule.variable, by: element, in: rule.body)
          let before = branch.claimed[body] ?? .any
          switch store[body] {
          case .constant, .undetermined:
            if possible(body, branch).isDisjoint(with: rule.truth) { return false }
          default:
            if !before.isSubset(of: rule.truth) { branch.open.append(.formula(body, rule.truth)) }
          }
        }
      }
    }
    return true
  }

  private mutating func take(_ term: TermID, isKnown: Bool, _ branch: inout Branch) -> Bool {
    guard branch.facts.known[term] != isKnown else { return true }
    branch.facts.assume(term, isKnown: isKnown)
    // What a total function is given must then not be known.
    if !isKnown, let needed = branch.facts.terms(neededBy: term) {
      branch.choices.append(needed.map { [.isKnown($0, false)] })
    }
    return branch.facts.isPossible
  }

  private mutating func take(_ id: FormulaID, _ truth: TruthSet, _ branch: inout Branch) -> Bool {
    let before = branch.claimed[id] ?? .any
    let now = before.intersection(truth)
    guard !now.isEmpty else { return false }
    switch store[id] {
    case .constant(let value): return now.contains(value ? .yes : .no)
    case .undetermined: return now.contains(.undetermined)
    default: break
    }
    guard now != before else { return true }
    branch.claimed[id] = now
    switch store[id] {
    case .constant, .undetermined: return true
    case .not(let operand): branch.open.append(.formula(operand, now.flipped))
    case .atom(let atom): return take(atom, now, &branch)
    case .known(let operand):
      let left = now.intersection(.settled)
      if left == .yes { branch.open.append(.formula(operand, .settled)) }
      if left == .no { branch.open.append(.formula(operand, .undetermined)) }
      return !left.isEmpty
    case .and(let operands): takeAnd(operands, now, &branch)
    case .choice(let condition, let then, let otherwise):
      var options: [[Claim]] = []
      if now.contains(.undetermined) { options.append([.formula(condition, .undetermined)]) }
      options.append([.formula(condition, .yes), .formula(then, now)])
      options.append([.formula(condition, .no), .formula(otherwise, now)])
      branch.choices.append(options)
    case .all(let list, let variable, let body):
      takeAll(list, variable, body, now, &branch)
    }
    return true
  }

  private func takeAnd(_ operands: [FormulaID], _ truth: TruthSet, _ branch: inout Branch) {
    func each(_ truth: TruthSet) -> [Claim] { operands.map { .formula($0, truth) } }
    func one(_ truth: TruthSet) -> [[Claim]] { operands.map { [.formula($0, truth)] } }
    switch truth {
    case .yes: branch.open += each(.yes)
    case .no: branch.choices.append(one(.no))
    case .notYes: branch.choices.append(one(.notYes))
    case .settled: branch.choices.append([each(.yes)] + one(.no))
    case .undetermined:
      branch.open += each(.notNo)
      branch.choices.append(one(.undetermined))
    default: if !truth.contains(.no) { branch.open += each(.notNo) }
    }
  }

  private func takeAll(
    _ list: TermID, _ variable: TermID, _ body: FormulaID, _ truth: TruthSet,
    _ branch: inout Branch
  ) {
    func each(_ truth: TruthSet) -> Claim { .each(of: list, variable: variable, body, truth) }
    func some(_ truth: TruthSet) -> Claim { .some(of: list, variable: variable, body, truth) }
    switch truth {
    case .yes: branch.open += [.isKnown(list, true), each(.yes)]
    case .no: branch.open.append(some(.no))
    case .notYes: branch.choices.append([[some(.notYes)], [.isKnown(list, false)]])
    case .settled: branch.choices.append([[.isKnown(list, true), each(.yes)], [some(.no)]])
    case .undetermined:
      branch.open.append(each(.notNo))
      branch.choices.append([[some(.undetermined)], [.isKnown(list, false)]])
    default: if !truth.contains(.no) { branch.open.append(each(.notNo)) }
    }
  }

  private mutating func take(_ atom: Atom, _ truth: TruthSet, _ branch: inout Branch) -> Bool {
    switch atom {
    case .known(let term):
      let left = truth.intersection(.settled)
      guard left == .yes || left == .no else { return !left.isEmpty }
      return take(term, isKnown: left == .yes, &branch)
    case .present(let term): return takePresent(term, truth, &branch)
    default: break
    }
    switch truth {
    case .yes: branch.facts.assume(atom, true)
    case .no: branch.facts.assume(atom, false)
    case .settled: branch.open += atom.terms.map { .isKnown($0, true) }
    case .undetermined:
      branch.choices.append(atom.terms.map { [.isKnown($0, false)] })
    default:
      // One of two: that it is undetermined, or the truth that is left.
      let id = store.atom(atom)
      branch.choices.append([
        [.formula(id, truth.subtracting(.undetermined))], [.formula(id, .undetermined)],
      ])
    }
    return true
  }

  private mutating func takePresent(
    _ term: TermID, _ truth: TruthSet, _ branch: inout Branch
  ) -> Bool {
    guard case .fact(let owner, let name) = store[term] else { return false }
    let isOptional = store.optionalFacts.contains(name)
    let id = store.atom(.present(term))
    switch truth {
    case .yes: return take(term, isKnown: true, &branch)
    case .no:
      branch.facts.assumeAbsent(term)
      return branch.facts.isPossible
    case .undetermined:
      // An optional fact of something known is there or not.
      if isOptional { return take(owner, isKnown: false, &branch) }
      return take(term, isKnown: false, &branch)
    default:
      let options = [TruthSet.yes, .no, .undetermined].filter {
        truth.contains($0) && ($0 != .no || isOptional)
      }
      branch.choices.append(options.map { [.formula(id, $0)] })
      return !options.isEmpty
    }
  }
}
