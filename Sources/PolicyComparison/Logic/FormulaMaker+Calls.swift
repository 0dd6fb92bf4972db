import CEL
import Diagnostics
import PolicyEngine

/// Calls: comparisons, sums, lists, tables, and what is not followed.
extension FormulaMaker {
  func call(
    _ node: CheckedExpression, _ name: String, _ overloads: [Overload], _ arguments: [Symbolic]
  ) -> Symbolic {
    // Each choice is taken apart: what is called is a plain value then.
    for (index, argument) in arguments.enumerated() {
      switch argument {
      case .undetermined: return .undetermined
      case .choice:
        return map(argument) { value in
          var arguments = arguments
          arguments[index] = value
          return self.call(node, name, overloads, arguments)
        }
      default: continue
      }
    }
    if let constants = constants(arguments) {
      return evaluated(node, name, overloads, constants)
    }
    if arguments.count == 2, let followed = binary(name, arguments[0], arguments[1], node) {
      return followed
    }
    if let followed = other(name, arguments, node) { return followed }
    let ids = overloads.map { overload in
      overload.variable.map { history(ofParameterAt: $0) } ?? overload.id
    }.joined(separator: "|")
    let zone = overloads.contains(where: \.usesTimeZone) ? " \(policies.vocabulary.timeZone)" : ""
    return opaque(
      "\(overloads.contains { $0.variable != nil } ? "on" : name)[\(ids)]\(zone)", arguments,
      type: node.type,
      isTotal: Self.isTotal(name, overloads, isUsual: isUsual))
  }

  private func constants(_ values: [Symbolic]) -> [CELValue]? {
    var constants: [CELValue] = []
    for value in values {
      guard let constant = constant(value) else { return nil }
      constants.append(constant)
    }
    return constants
  }

  private func constant(_ value: Symbolic) -> CELValue? {
    switch value {
    case .constant(let value): value
    case .formula(let formula):
      formula == store.yes ? .bool(true) : formula == store.no ? .bool(false) : nil
    case .number(let form, let type):
      form.parts.isEmpty ? Count.value(form.constant, as: type) : nil
    case .empty: .optional(nil)
    case .some(let inner): constant(inner).map { .optional($0) }
    case .list(.literal(let elements)): constants(elements).map { .list($0) }
    default: nil
    }
  }

  /// The value of a call of constants.
  private func evaluated(
    _ node: CheckedExpression, _ name: String, _ overloads: [Overload], _ values: [CELValue]
  ) -> Symbolic {
    let arguments = values.map {
      CheckedExpression(kind: .constant($0), type: $0.type, range: node.range)
    }
    let call = CheckedExpression(
      kind: .call(name: name, overloads: overloads, arguments: arguments), type: node.type,
      range: node.range)
    let activation = Activation(timeZone: policies.vocabulary.timeZone)
    guard case .value(let value) = Evaluator(budget: 100_000).evaluate(call, in: activation) else {
      return .undetermined
    }
    return plain(value)
  }

  /// A constant as its parts can be followed.
  func plain(_ value: CELValue) -> Symbolic {
    switch value {
    case .bool(let flag): .formula(store.constant(flag))
    case .optional(nil): .empty
    case .optional(let inner?): .some(plain(inner))
    default: .constant(value)
    }
  }

  // MARK: Two values

  private func binary(
    _ name: String, _ left: Symbolic, _ right: Symbolic, _ node: CheckedExpression
  ) -> Symbolic? {
    switch name {
    case "_==_": return equal(left, right).map { .formula($0) }
    case "_!=_": return equal(left, right).map { .formula(store.not($0)) }
    case "_<_": return less(left, right, orEqual: false)
    case "_<=_": return less(left, right, orEqual: true)
    case "_>_": return less(right, left, orEqual: false)
    case "_>=_": return less(right, left, orEqual: true)
    case "@in": return member(left, of: right)
    case "_+_": return sum(left, right, times: 1, type: node.type)
    case "_-_": return sum(left, right, times: -1, type: node.type)
    case "_*_": return product(left, right)
    case "addDays": return sum(left, right, times: 1, type: .date)
    case "addWeeks": return sum(left, right, times: 7, type: .date)
    case "daysUntil": return sum(right, left, times: -1, type: .int)
    case "_[_]": return row(right, of: left, missing: .undetermined, isOptional: false)
    case "_[?_]": return row(right, of: left, missing: .empty, isOptional: true)
    case "orValue":
      switch left {
      case .some(let inner): return inner
      case .empty: return right
      case .constant(.optional(let inner)): return inner.map { plain($0) } ?? right
      default: return nil
      }
    case "or":
      switch left {
      case .some: return left
      case .empty: return right
      default: return nil
      }
    case "contains":
      // Of a list; a text has functions of its own.
      if case .list = left { return member(right, of: left) }
      return nil
    default: return nil
    }
  }

  private func form(_ value: Symbolic) -> LinearForm? {
    switch value {
    case .number(let form, _): form
    case .constant(let value): Count.number(of: value).map { LinearForm(constant: $0) }
    default: nil
    }
  }

  private func type(_ value: Symbolic) -> CELType? {
    switch value {
    case .number(_, let type): type
    case .constant(let value): value.type
    case .term(let term): store.type(of: term).plain
    default: nil
    }
  }

  func equal(_ left: Symbolic, _ right: Symbolic) -> FormulaID? {
    switch (left, right) {
    case (.formula(let a), _): return equalTruths(a, right)
    case (_, .formula(let b)): return equalTruths(b, left)
    case (.constant(.bool(let flag)), let other), (let other, .constant(.bool(let flag))):
      let truth = truth(other)
      return flag ? truth : store.not(truth)
    case (.empty, .empty): return store.yes
    case (.empty, .some(let inner)), (.some(let inner), .empty):
      return store.choice(isKnown(inner), store.no, store.undetermined)
    case (.some(let a), .some(let b)): return equalParts(a, b)
    default: break
    }
    if let a = form(left), let b = form(right) {
      guard type(left) == type(right) else { return nil }
      return store.and([atMost(a, b), atMost(b, a)].compactMap(\.self))
    }
    switch (left, right) {
    case (.term(let a), .term(let b)):
      let (first, second) = (store.type(of: a).plain, store.type(of: b).plain)
      // NaN is not equal to itself.
      return first == second && first == .string ? store.same(a, b) : nil
    case (.term(let term), .constant(let constant)), (.constant(let constant), .term(let term)):
      return member(term, [constant])
    case (.list(let list), .constant(.list(let items))),
      (.constant(.list(let items)), .list(let list)):
      return items.isEmpty ? isEmpty(list) : nil
    case (.list(let list), .list(.literal(let items))),
      (.list(.literal(let items)), .list(let list)):
      return items.isEmpty ? isEmpty(list) : nil
    default: return nil
    }
  }

  /// That two values are equal which may be choices.
  private func equalParts(_ left: Symbolic, _ right: Symbolic) -> FormulaID? {
    var isFollowed = true
    let result = map(left) { left in
      self.map(right) { right in
        guard let equal = self.equal(left, right) else {
          isFollowed = false
          return .undetermined
        }
        return .formula(equal)
      }
    }
    return isFollowed ? truth(result) : nil
  }

  private func equalTruths(_ left: FormulaID, _ right: Symbolic) -> FormulaID {
    let right = truth(right)
    return store.choice(left, right, store.not(right))
  }

  /// That a text is one of some constants.
  private func member(_ term: TermID, _ constants: [CELValue]) -> FormulaID? {
    guard store.type(of: term).plain == .string else { return nil }
    // What is of another type is equal to none.
    let texts = constants.compactMap { constant -> String? in
      if case .string(let text) = constant { store.constant(text) } else { nil }
    }
    return store.member(term, texts)
  }

  /// That one sum is at most another one.
  private func atMost(_ left: LinearForm, _ right: LinearForm) -> FormulaID? {
    guard let difference = left.adding(right, times: -1) else { return nil }
    // What falls out of the difference must still be known.
    let kept = Set(difference.parts.map(\.term))
    let gone = Set((left.parts + right.parts).map(\.term)).subtracting(kept)
    return store.whereKnown(gone.sorted(), store.atMost(difference, 0))
  }

  private func less(_ left: Symbolic, _ right: Symbolic, orEqual: Bool) -> Symbolic? {
    if let a = form(left), let b = form(right), type(left) == type(right) {
      if orEqual { return atMost(a, b).map { .formula($0) } }
      return atMost(b, a).map { .formula(store.not($0)) }
    }
    guard type(left) == .string, type(right) == .string else { return nil }
    // All orders of texts are one relation.
    if orEqual {
      return map(opaque("less", [right, left], type: .bool, isTotal: true)) {
        .formula(self.store.not(self.truth($0)))
      }
    }
    return opaque("less", [left, right], type: .bool, isTotal: true)
  }

  /// That a value is in a list, or a key of a table.
  private func member(_ value: Symbolic, of collection: Symbolic) -> Symbolic? {
    switch collection {
    case .constant(.list(let items)):
      if case .term(let term) = value, let formula = member(term, items) {
        return .formula(formula)
      }
      let equal = items.map { self.equal(value, plain($0)) }
      guard !equal.contains(nil) else { return nil }
      if equal.isEmpty {
        return .formula(store.choice(isKnown(value), store.no, store.undetermined))
      }
      return .formula(store.or(equal.compactMap(\.self)))
    case .constant(.map(let map)):
      return member(value, of: .constant(.list(map.entries.map(\.key))))
    case .list(.literal(let elements)):
      let equal = elements.map { equalParts(value, $0) }
      guard !equal.contains(nil) else { return nil }
      let known = store.and(([value] + elements).map { isKnown($0) })
      return .formula(
        store.choice(known, store.or(equal.compactMap(\.self)), store.undetermined))
    case .list(let list):
      var isFollowed = true
      let found = exists(list) { element in
        guard let formula = self.equalParts(value, element) else {
          isFollowed = false
          return self.store.undetermined
        }
        return formula
      }
      guard isFollowed else { return nil }
      return .formula(store.choice(isKnown(value), found, store.undetermined))
    default: return nil
    }
  }

  // MARK: Sums

  private func sum(
    _ left: Symbolic, _ right: Symbolic, times: Int, type: CELType
  ) -> Symbolic? {
    guard type.isCounted, let a = form(left), let b = form(right),
      let sum = a.adding(b, times: times)
    else { return nil }
    let terms = Set((a.parts + b.parts).map(\.term)).subtracting(sum.parts.map(\.term)).sorted()
    let value = Symbolic.number(sum, type)
    guard !isSafe(sum, type) || !terms.isEmpty else { return value }
    var conditions = terms.map { store.atom(.known($0)) }
    if !isSafe(sum, type) {
      let range = Count.range(of: type)
      guard let negative = sum.times(-1) else { return nil }
      conditions += [
        store.atMost(sum, range.upperBound), store.atMost(negative, -range.lowerBound),
      ]
    }
    // A sum out of its range is an error.
    return choice(store.and(conditions), { value }, { .undetermined })
  }

  /// Whether a sum of usual values is never out of its range.
  private func isSafe(_ sum: LinearForm, _ type: CELType) -> Bool {
    if sum.parts.isEmpty { return Count.range(of: type).contains(sum.constant) }
    guard isUsual, sum.parts.reduce(0, { $0 + $1.factor.magnitude }) <= 1_000 else { return false }
    switch type {
    case .int: return sum.constant.magnitude < 1 << 60
    case .date: return sum.constant.magnitude < 500_000
    default: return sum.constant.magnitude < 40 * 365 * 86_400 * Count.second.magnitude
    }
  }

  private func product(_ left: Symbolic, _ right: Symbolic) -> Symbolic? {
    guard let a = form(left), let b = form(right), type(left) == .int, type(right) == .int else {
      return nil
    }
    let factor = a.parts.isEmpty ? a.constant : b.parts.isEmpty ? b.constant : nil
    guard let factor = factor.flatMap({ Int(exactly: $0) }), factor != 0, factor.magnitude < 1 << 20
    else { return nil }
    return sum(
      .number(LinearForm(constant: 0), .int), .number(a.parts.isEmpty ? b : a, .int), times: factor,
      type: .int)
  }

  // MARK: Tables

  /// The row of a table, or the element of a list, at a key.
  func row(
    _ key: Symbolic, of table: Symbolic, missing: Symbolic, isOptional: Bool
  ) -> Symbolic {
    func found(_ value: Symbolic) -> Symbolic { isOptional ? Self.wrapped(value) : value }
    switch table {
    case .constant(.map(let map)):
      if case .constant(let key) = key { return map[key].map { found(plain($0)) } ?? missing }
      var result = missing
      for entry in map.entries.reversed() {
        guard let equal = equal(key, .constant(entry.key)) else {
          return opaqueRow(key, table, isOptional)
        }
        result = choice(equal, { found(self.plain(entry.value)) }, { result })
      }
      if map.entries.isEmpty {
        return choice(isKnown(key), { missing }, { .undetermined })
      }
      return result
    case .some(let inner):
      return self.map(inner) { self.row(key, of: $0, missing: .empty, isOptional: true) }
    case .empty: return .empty
    case .list(.term(let list)):
      guard case .constant(.int(let index)) = key, let position = Int(exactly: index), position >= 0
      else { break }
      let element = symbolic(
        store.term(.position(list, position), type: store.elementType(of: list)))
      let isThere = store.not(atMost(size: .term(list), Int128(position)))
      return choice(isThere, { found(element) }, { missing })
    default: break
    }
    return opaqueRow(key, table, isOptional)
  }

  private func opaqueRow(_ key: Symbolic, _ table: Symbolic, _ isOptional: Bool) -> Symbolic {
    let type: CELType =
      switch table {
      case .constant(.map(let map)): map.entries.first?.value.type ?? .dyn
      case .list(.term(let list)): store.elementType(of: list)
      default: .dyn
      }
    return opaque(
      isOptional ? "_[?_]" : "_[_]", [table, key], type: isOptional ? .optional(type) : type)
  }

  // MARK: The rest

  private func other(
    _ name: String, _ arguments: [Symbolic], _ node: CheckedExpression
  ) -> Symbolic? {
    switch (name, arguments.count) {
    case ("size", 1):
      guard case .list(let list) = arguments[0] else { return nil }
      return size(of: list)
    case ("-_", 1):
      return sum(.number(LinearForm(constant: 0), .int), arguments[0], times: -1, type: node.type)
    case ("date", 1):
      if case .number(_, .date) = arguments[0] { return arguments[0] }
      return nil
    case ("optional.of", 1): return .some(arguments[0])
    case ("optional.none", 0): return .empty
    case ("hasValue", 1):
      switch arguments[0] {
      case .some(let inner):
        return .formula(store.choice(isKnown(inner), store.yes, store.undetermined))
      case .empty: return .formula(store.no)
      default: return nil
      }
    case ("value", 1):
      switch arguments[0] {
      case .some(let inner): return inner
      case .empty: return .undetermined
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether a function has a value for all values that it can be given.
  private static func isTotal(_ name: String, _ overloads: [Overload], isUsual: Bool) -> Bool {
    guard !overloads.isEmpty, overloads.count == 1,
      overloads.allSatisfy({ $0.parameters.first != DayCalendar.type })
    else { return false }
    let always: Set<String> = [
      "startsWith", "endsWith", "contains", "trim", "lowerAscii", "upperAscii", "year", "month",
      "day", "dayOfWeek", "getFullYear", "normalize", "size", "reverse",
    ]
    let usually: Set<String> = [
      "date", "timeOfDay", "getHours", "getMinutes", "getSeconds", "getDayOfWeek", "getMonth",
      "getDate", "getDayOfMonth", "getDayOfYear",
    ]
    if always.contains(name) { return true }
    if name == "_+_", overloads.allSatisfy({ $0.result == .string }) { return true }
    return isUsual && usually.contains(name) && !overloads.contains(where: \.takesTimeZone)
      && overloads.allSatisfy {
        $0.parameters.first == .timestamp || $0.parameters.first == .duration
      }
  }
}
