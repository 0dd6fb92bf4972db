import CEL

/// All terms and formulas of a comparison, each once: equal ones have one number.
///
/// Formulas are kept in a form in which what is the same by the laws of the logic mostly is the same: no `or`
/// and no `exists` (they are negations), operands in one order and each once, constants taken out.
final class LogicStore {
  private(set) var terms: [Term] = []
  private var termNumbers: [Term: TermID] = [:]
  /// The type of each term's values.
  private(set) var types: [CELType] = []
  private(set) var formulas: [Formula] = []
  private var formulaNumbers: [Formula: FormulaID] = [:]
  private var freshCount = 0
  private var texts: [String: Int] = [:]
  /// The texts that constants are.
  private(set) var strings: [String: String] = [:]
  /// How deep comprehensions are nested in each formula and term: variables are named by that.
  private var formulaDepths: [Int] = []
  private var termDepths: [Int] = []
  /// What became of formulas with a term in place of another one.
  private var replaced: [ReplacementKey: FormulaID] = [:]
  /// The facts that a document need not have.
  var optionalFacts: Set<FactName> = []
  /// The cases that values of enumerations may be.
  var cases: [String: [String]] = [:]
  /// The functions, by their names, that have a value whenever what they are given has.
  private(set) var totalFunctions: Set<String> = []

  let yes: FormulaID
  let no: FormulaID
  let undetermined: FormulaID
  let document: TermID
  let today: TermID

  init(documentType: String) {
    formulas = [.constant(true), .constant(false), .undetermined]
    formulaDepths = [0, 0, 0]
    formulaNumbers = [:]
    for (index, formula) in formulas.enumerated() {
      formulaNumbers[formula] = FormulaID(index: Int32(index))
    }
    (yes, no, undetermined) = (
      FormulaID(index: 0), FormulaID(index: 1), FormulaID(index: 2)
    )
    terms = [.document, .today]
    types = [.object(documentType), .date]
    termDepths = [0, 0]
    (document, today) = (TermID(index: 0), TermID(index: 1))
    termNumbers = [.document: document, .today: today]
  }

  // MARK: Terms

  func term(_ term: Term, type: CELType) -> TermID {
    if let known = termNumbers[term] { return known }
    let id = TermID(index: Int32(terms.count))
    terms.append(term)
    types.append(type)
    termDepths.append(depth(of: term))
    termNumbers[term] = id
    return id
  }

  func function(_ name: String, _ operands: [Operand], type: CELType, isTotal: Bool) -> TermID {
    if isTotal { totalFunctions.insert(name) }
    return term(.function(name, operands), type: type)
  }

  /// How many elements of a list satisfy a condition on a variable.
  func count(_ list: TermID, variable: TermID, _ body: FormulaID) -> TermID {
    let level = formulaDepths[Int(body.index)] + 1
    let name = term(.element(of: list, .bound(level)), type: elementType(of: list))
    return term(
      .count(list, variable: name, replacing(variable, by: name, in: body)), type: .int)
  }

  /// The constant that a text of the domain is, noted so that documents can be made of constants.
  func constant(_ text: String) -> String {
    let constant = CELValue.string(text).constantText
    strings[constant] = text
    return constant
  }

  /// A number for a text, the same for the same one.
  func number(of text: String) -> Int {
    if let known = texts[text] { return known }
    texts[text] = texts.count
    return texts.count - 1
  }

  /// An element of a list that nothing else is known of.
  func freshElement(of list: TermID) -> TermID {
    freshCount += 1
    return term(.element(of: list, .fresh(freshCount)), type: elementType(of: list))
  }

  func elementType(of list: TermID) -> CELType {
    if case .list(let element) = type(of: list) { element } else { .dyn }
  }

  subscript(id: TermID) -> Term { terms[Int(id.index)] }
  func type(of id: TermID) -> CELType { types[Int(id.index)] }
  subscript(id: FormulaID) -> Formula { formulas[Int(id.index)] }

  private func depth(of term: Term) -> Int {
    switch term {
    case .document, .today: 0
    case .fact(let owner, _), .position(let owner, _): termDepths[Int(owner.index)]
    case .element(let list, _): termDepths[Int(list.index)]
    case .count(let list, _, let body):
      max(termDepths[Int(list.index)], formulaDepths[Int(body.index)] + 1)
    case .function(_, let operands): operands.map { depth(of: $0) }.max() ?? 0
    }
  }

  private func depth(of operand: Operand) -> Int {
    switch operand {
    case .term(let term): termDepths[Int(term.index)]
    case .formula(let formula): formulaDepths[Int(formula.index)]
    case .number(let form): form.parts.map { termDepths[Int($0.term.index)] }.max() ?? 0
    case .constant: 0
    case .several(let operands): operands.map { depth(of: $0) }.max() ?? 0
    }
  }

  // MARK: Formulas

  func formula(_ formula: Formula) -> FormulaID {
    if let known = formulaNumbers[formula] { return known }
    let id = FormulaID(index: Int32(formulas.count))
    formulas.append(formula)
    formulaDepths.append(depth(of: formula))
    formulaNumbers[formula] = id
    return id
  }

  private func depth(of formula: Formula) -> Int {
    switch formula {
    case .constant, .undetermined: 0
    case .atom(let atom):
      switch atom {
      case .present(let term), .known(let term): termDepths[Int(term.index)]
      default: atom.terms.map { termDepths[Int($0.index)] }.max() ?? 0
      }
    case .not(let operand), .known(let operand): formulaDepths[Int(operand.index)]
    case .and(let operands): operands.map { formulaDepths[Int($0.index)] }.max() ?? 0
    case .choice(let a, let b, let c):
      max(formulaDepths[Int(a.index)], formulaDepths[Int(b.index)], formulaDepths[Int(c.index)])
    case .all(let list, _, let body):
      max(termDepths[Int(list.index)], formulaDepths[Int(body.index)] + 1)
    }
  }

  func atom(_ atom: Atom) -> FormulaID { formula(.atom(atom)) }

  func constant(_ value: Bool) -> FormulaID { value ? yes : no }

  func not(_ operand: FormulaID) -> FormulaID {
    switch self[operand] {
    case .constant(let value): constant(!value)
    case .undetermined: operand
    case .not(let inner): inner
    case .choice(let condition, let then, let otherwise):
      choice(condition, not(then), not(otherwise))
    default: formula(.not(operand))
    }
  }

  func and(_ operands: [FormulaID]) -> FormulaID {
    var kept: Set<FormulaID> = []
    for operand in operands {
      switch self[operand] {
      case .constant(true): continue
      case .constant(false): return no
      case .and(let inner): kept.formUnion(inner)
      default: kept.insert(operand)
      }
    }
    switch kept.count {
    case 0: return yes
    case 1: return kept.first ?? yes
    default: return formula(.and(kept.sorted()))
    }
  }

  func or(_ operands: [FormulaID]) -> FormulaID { not(and(operands.map { not($0) })) }

  func choice(_ condition: FormulaID, _ then: FormulaID, _ otherwise: FormulaID) -> FormulaID {
    switch self[condition] {
    case .constant(let value): return value ? then : otherwise
    case .undetermined: return undetermined
    case .not(let inner): return choice(inner, otherwise, then)
    default: break
    }
    if then == yes, otherwise == no { return condition }
    if then == no, otherwise == yes { return not(condition) }
    if then == undetermined, otherwise == undetermined { return undetermined }
    return formula(.choice(condition, then, otherwise))
  }

  func known(_ operand: FormulaID) -> FormulaID {
    switch self[operand] {
    case .constant, .known: return yes
    case .undetermined: return no
    case .not(let inner): return known(inner)
    case .atom(let atom):
      switch atom {
      case .known: return yes
      case .present: return formula(.known(operand))
      default: return and(atom.terms.map { self.atom(.known($0)) })
      }
    default: return formula(.known(operand))
    }
  }

  /// That a condition on a variable is so of all elements of a list.
  func all(_ list: TermID, variable: TermID, _ body: FormulaID) -> FormulaID {
    // The variable is named by how deep comprehensions are nested within, so that names don't matter.
    let level = formulaDepths[Int(body.index)] + 1
    let name = term(.element(of: list, .bound(level)), type: elementType(of: list))
    return formula(.all(list, variable: name, replacing(variable, by: name, in: body)))
  }

  func exists(_ list: TermID, variable: TermID, _ body: FormulaID) -> FormulaID {
    not(all(list, variable: variable, not(body)))
  }

  // MARK: Replacing

  /// A formula with a term in place of another one.
  func replacing(_ old: TermID, by new: TermID, in formula: FormulaID) -> FormulaID {
    let key = ReplacementKey(old: old, new: new, formula: formula)
    if let known = replaced[key] { return known }
    var replacement = Replacement(store: self, old: old, new: new)
    let result = replacement.formula(formula)
    replaced[key] = result
    return result
  }

  private struct ReplacementKey: Hashable {
    let old: TermID
    let new: TermID
    let formula: FormulaID
  }
}

/// Puts a term in place of another one, in formulas and terms.
private struct Replacement {
  let store: LogicStore
  let old: TermID
  let new: TermID
  private var terms: [TermID: TermID] = [:]
  private var formulas: [FormulaID: FormulaID] = [:]

  init(store: LogicStore, old: TermID, new: TermID) {
    self.store = store
    self.old = old
    self.new = new
  }

  mutating func formula(_ id: FormulaID) -> FormulaID {
    if let known = formulas[id] { return known }
    let result: FormulaID
    switch store[id] {
    case .constant, .undetermined: result = id
    case .atom(let atom): result = self.atom(atom)
    case .not(let operand): result = store.not(formula(operand))
    case .and(let operands):
      var replaced: [FormulaID] = []
      for operand in operands { replaced.append(formula(operand)) }
      result = store.and(replaced)
    case .choice(let a, let b, let c): result = store.choice(formula(a), formula(b), formula(c))
    case .known(let operand): result = store.known(formula(operand))
    case .all(let list, let variable, let body):
      let (newList, newBody) = (term(list), formula(body))
      // The variable stands for elements of the list that is meant now.
      result = store.all(newList, variable: term(variable), newBody)
    }
    formulas[id] = result
    return result
  }

  private mutating func atom(_ atom: Atom) -> FormulaID {
    switch atom {
    case .present(let term): return store.atom(.present(self.term(term)))
    case .known(let term): return store.atom(.known(self.term(term)))
    case .truth(let term): return store.atom(.truth(self.term(term)))
    case .member(let term, let constants): return store.member(self.term(term), constants)
    case .same(let left, let right): return store.same(term(left), term(right))
    case .atMost(let form, let bound):
      guard let replaced = linear(form) else { return store.undetermined }
      return store.atMost(replaced, bound)
    }
  }

  mutating func term(_ id: TermID) -> TermID {
    if id == old { return new }
    if let known = terms[id] { return known }
    let result: TermID
    let type = store.type(of: id)
    switch store[id] {
    case .document, .today: result = id
    case .fact(let owner, let name): result = store.term(.fact(term(owner), name), type: type)
    case .element(let list, let mark):
      result = store.term(.element(of: term(list), mark), type: type)
    case .position(let list, let index):
      result = store.term(.position(term(list), index), type: type)
    case .count(let list, let variable, let body):
      result = store.term(
        .count(term(list), variable: term(variable), formula(body)), type: type)
    case .function(let name, let operands):
      var replaced: [Operand] = []
      for operand in operands { replaced.append(self.operand(operand)) }
      result = store.term(.function(name, replaced), type: type)
    }
    terms[id] = result
    return result
  }

  private mutating func operand(_ operand: Operand) -> Operand {
    switch operand {
    case .term(let term): return .term(self.term(term))
    case .formula(let formula): return .formula(self.formula(formula))
    case .number(let form): return .number(linear(form) ?? form)
    case .constant: return operand
    case .several(let operands):
      var replaced: [Operand] = []
      for operand in operands { replaced.append(self.operand(operand)) }
      return .several(replaced)
    }
  }

  private mutating func linear(_ form: LinearForm) -> LinearForm? {
    var result: LinearForm? = LinearForm(constant: form.constant)
    for part in form.parts {
      result = result?.adding(LinearForm(term(part.term)), times: part.factor)
    }
    return result
  }
}

/// Statements about terms, in one form each.
extension LogicStore {
  /// That a value is one of some constants.
  func member(_ term: TermID, _ constants: [String]) -> FormulaID {
    atom(.member(term, Array(Set(constants)).sorted()))
  }

  /// That two values are equal.
  func same(_ left: TermID, _ right: TermID) -> FormulaID {
    if left == right { return whereKnown([left], yes) }
    return atom(.same(min(left, right), max(left, right)))
  }

  /// A formula where values are known, and undetermined where one is not.
  func whereKnown(_ terms: [TermID], _ formula: FormulaID) -> FormulaID {
    choice(and(terms.map { atom(.known($0)) }), formula, undetermined)
  }

  /// That a sum is at most a number.
  func atMost(_ form: LinearForm, _ bound: Int128) -> FormulaID {
    let limit = bound - form.constant
    guard let first = form.parts.first else { return constant(limit >= 0) }
    // In one direction, and without a factor that all have.
    let divisor = form.parts.dropFirst().reduce(first.factor.magnitude) {
      gcd($0, $1.factor.magnitude)
    }
    let isTurned = first.factor < 0
    let parts = form.parts.map {
      LinearForm.Part(
        term: $0.term, factor: (isTurned ? -$0.factor : $0.factor) / Int(divisor))
    }
    let sum = LinearForm(parts: parts, constant: 0)
    let scaled = limit.flooredQuotient(by: Int128(divisor))
    // -x <= b is x >= -b, which is not (x <= -b - 1).
    return isTurned ? not(bounded(sum, -scaled - 1)) : bounded(sum, scaled)
  }

  /// The same of a sum in its one direction; what is said of a count tells of the elements, too.
  private func bounded(_ sum: LinearForm, _ bound: Int128) -> FormulaID {
    guard sum.parts.count == 1, let part = sum.parts.first,
      case .count(let list, let variable, let body) = self[part.term]
    else { return atom(.atMost(sum, bound)) }
    let none = all(list, variable: variable, not(body))
    if bound < 0 { return choice(known(none), no, undetermined) }
    return bound == 0 ? none : or([none, atom(.atMost(sum, bound))])
  }
}

private func gcd(_ left: UInt, _ right: UInt) -> UInt {
  var (a, b) = (left, right)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}

extension Int128 {
  /// The quotient, rounded down; the divisor is above 0.
  fileprivate func flooredQuotient(by divisor: Int128) -> Int128 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
