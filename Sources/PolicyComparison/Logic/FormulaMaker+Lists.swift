import CEL
import Diagnostics
import PolicyEngine

/// Comprehensions: what is said of all elements of a list is said of a variable that stands for any of them.
extension FormulaMaker {
  func comprehension(
    _ comprehension: CheckedExpression.Comprehension, _ node: CheckedExpression,
    locals: [Symbolic]
  ) -> Symbolic {
    map(value(of: comprehension.range, locals: locals)) { range in
      self.comprehension(comprehension, over: range, node, locals: locals)
    }
  }

  private func comprehension(
    _ comprehension: CheckedExpression.Comprehension, over range: Symbolic,
    _ node: CheckedExpression, locals: [Symbolic]
  ) -> Symbolic {
    guard let list = list(range, isPair: comprehension.variables.count == 2) else {
      return unfollowed(node, locals: locals + [range])
    }
    func predicate(_ items: [Symbolic]) -> FormulaID {
      comprehension.predicate.map { formula(of: $0, locals: locals + items) } ?? store.yes
    }
    func transformed(_ items: [Symbolic]) -> Symbolic {
      comprehension.transform.map { value(of: $0, locals: locals + items) } ?? items.last
        ?? .undetermined
    }
    switch (comprehension.macro, list) {
    case (.all, .pairs(let pairs)): return .formula(store.and(pairs.map(predicate)))
    case (.exists, .pairs(let pairs)): return .formula(store.or(pairs.map(predicate)))
    case (.existsOne, .pairs(let pairs)): return .formula(exactlyOne(pairs.map(predicate)))
    case (.filter, .pairs(let pairs)), (.map, .pairs(let pairs)),
      (.transformList, .pairs(let pairs)):
      // Which elements are left must be plain, to write the list out.
      var kept: [Symbolic] = []
      for pair in pairs {
        let condition = predicate(pair)
        guard condition == store.yes || condition == store.no else {
          return unfollowed(node, locals: locals + [range])
        }
        if condition == store.yes { kept.append(transformed(pair)) }
      }
      return .list(.literal(kept))
    case (.all, .list(let list)): return .formula(all(list) { predicate([$0]) })
    case (.exists, .list(let list)): return .formula(exists(list) { predicate([$0]) })
    case (.existsOne, .list(let list)):
      // None may be undetermined.
      let known = all(list) { self.store.known(predicate([$0])) }
      guard let count = count(list, where: { predicate([$0]) }) else {
        return unfollowed(node, locals: locals + [range])
      }
      let one = store.and([
        atMost(count, 1), store.not(atMost(count, 0)),
      ])
      return .formula(store.choice(known, one, store.undetermined))
    case (.filter, .list(let list)):
      return made(from: list, where: predicate) { $0[0] }
        ?? unfollowed(node, locals: locals + [range])
    case (.map, .list(let list)), (.transformList, .list(let list)):
      return made(from: list, where: predicate, transformed)
        ?? unfollowed(node, locals: locals + [range])
    default: return unfollowed(node, locals: locals + [range])
    }
  }

  private enum Range {
    case list(SymbolicList)
    /// What each element gives the variables.
    case pairs([[Symbolic]])
  }

  private func list(_ range: Symbolic, isPair: Bool) -> Range? {
    switch range {
    case .constant(.list(let items)):
      .pairs(
        items.enumerated().map { index, item in
          isPair ? [.constant(.int(Int64(index))), plain(item)] : [plain(item)]
        })
    case .constant(.map(let map)):
      .pairs(
        map.entries.map { isPair ? [plain($0.key), plain($0.value)] : [plain($0.key)] })
    case .list(let list): isPair ? nil : .list(list)
    default: nil
    }
  }

  private func exactlyOne(_ formulas: [FormulaID]) -> FormulaID {
    let known = store.and(formulas.map { store.known($0) })
    let alone = formulas.indices.map { index in
      store.and(
        formulas.indices.map { $0 == index ? formulas[$0] : store.not(formulas[$0]) })
    }
    return store.choice(known, store.or(alone), store.undetermined)
  }

  /// A list of what a condition lets through; nil where which elements these are can't be written.
  private func made(
    from list: SymbolicList, where condition: ([Symbolic]) -> FormulaID,
    _ transform: ([Symbolic]) -> Symbolic
  ) -> Symbolic? {
    switch list {
    case .term(let term):
      let variable = store.freshElement(of: term)
      let element = symbolic(variable)
      return .list(
        .made(from: term, variable: variable, where: condition([element]), transform([element])))
    case .made(let term, let variable, let given, let value):
      // The second condition is asked only of what the first lets through.
      return .list(
        .made(
          from: term, variable: variable, where: store.choice(given, condition([value]), store.no),
          transform([value])))
    case .literal: return nil
    }
  }

  // MARK: Quantifiers

  /// True when a condition is for all elements, false when it is not for one.
  func all(_ list: SymbolicList, _ condition: (Symbolic) -> FormulaID) -> FormulaID {
    switch list {
    case .term(let term):
      let variable = store.freshElement(of: term)
      return store.all(term, variable: variable, condition(symbolic(variable)))
    case .literal(let elements):
      // A list that is written out has no value where one of its elements has none.
      let known = store.and(elements.map { isKnown($0) })
      let each = elements.map { element in
        truth(map(element) { .formula(condition($0)) })
      }
      return store.choice(known, store.and(each), store.undetermined)
    case .made(let term, let variable, let given, let value):
      let holds = truth(map(value) { .formula(condition($0)) })
      let each = store.all(term, variable: variable, store.choice(given, holds, store.yes))
      return store.choice(isKnown(.list(list)), each, store.undetermined)
    }
  }

  func exists(_ list: SymbolicList, _ condition: (Symbolic) -> FormulaID) -> FormulaID {
    store.not(all(list) { store.not(condition($0)) })
  }

  // MARK: Sizes

  func isEmpty(_ list: SymbolicList) -> FormulaID { all(list) { _ in store.no } }

  /// How many elements there are.
  func size(of list: SymbolicList) -> Symbolic {
    if case .literal(let elements) = list {
      return choice(
        isKnown(.list(list)), { .constant(.int(Int64(elements.count))) }, { .undetermined })
    }
    guard let count = count(list, where: { _ in store.yes }) else { return .undetermined }
    return choice(isKnown(.list(list)), { .number(LinearForm(count), .int) }, { .undetermined })
  }

  /// The number of elements that satisfy a condition, as a term.
  private func count(
    _ list: SymbolicList, where condition: (Symbolic) -> FormulaID
  ) -> TermID? {
    switch list {
    case .term(let term):
      let variable = store.freshElement(of: term)
      return store.count(term, variable: variable, condition(symbolic(variable)))
    case .made(let term, let variable, let given, let value):
      let holds = truth(map(value) { .formula(condition($0)) })
      return store.count(term, variable: variable, store.choice(given, holds, store.no))
    case .literal: return nil
    }
  }

  /// That a count is at most a number.
  private func atMost(_ count: TermID, _ bound: Int128) -> FormulaID {
    store.atMost(LinearForm(count), bound)
  }

  func atMost(size list: SymbolicList, _ bound: Int128) -> FormulaID {
    truth(
      map(size(of: list)) { size in
        guard case .number(let form, _) = size else { return .undetermined }
        return .formula(self.store.atMost(form, bound))
      })
  }
}
