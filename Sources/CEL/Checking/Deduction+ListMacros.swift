import Diagnostics

/// Macros over all elements of a list: each is checked as what it is short for, a function of what the
/// elements become.
///
/// So whoever reads checked expressions (the plan, the proofs, SQL) meets `map`, `filter` and a call, as they do
/// for `sum(list.map(x, e))`. A list that is needed twice is bound to a variable that no expression can name.
extension Deduction {
  mutating func checkListMacro(
    _ macro: Expression.ListMacro, _ expression: Expression
  ) -> CheckedExpression {
    switch macro.name {
    case .sum, .count: return checkTotal(macro, expression)
    case .reduce: return checkReduce(macro, expression)
    case .runningSum, .longestRun, .mostWithin:
      let range = checkedList(macro)
      let mapped = mapped(range, macro, macro.bodies[0], expression)
      let argument = macro.argument.map { check($0) }
      return call(macro, [mapped] + (argument.map { [$0] } ?? []), expression)
    case .minBy, .maxBy, .sortBy, .groupBy, .mostAtOnce:
      let list = checkedList(macro)
      let variable = Environment.Variable(name: "@list", type: type(of: list))
      let bound = CheckedExpression(
        kind: .local(depth: locals.count, name: variable.name), type: list.type, range: list.range)
      let depth = locals.count
      let body = with([variable]) { deduction in
        let mapped = macro.bodies.map { deduction.mapped(bound, macro, $0, expression) }
        let elements = macro.name == .mostAtOnce ? [] : [bound]
        return deduction.call(macro, elements + mapped, expression)
      }
      if case .error = body.kind { return body }
      return node(
        .bind(name: variable.name, depth: depth, value: list, body: body), body.type, expression)
    }
  }

  /// The list that a macro goes through, which can't be a map: a map has no order.
  private mutating func checkedList(_ macro: Expression.ListMacro) -> CheckedExpression {
    let list = check(macro.range)
    if case .map = type(of: list) {
      report(.notAList(macro.name.rawValue, type(of: list), at: list.range))
      return errorNode(list.range)
    }
    return list
  }

  /// What each element becomes, as a list.
  private mutating func mapped(
    _ range: CheckedExpression, _ macro: Expression.ListMacro, _ body: Expression,
    _ expression: Expression
  ) -> CheckedExpression {
    let element = variableTypes(range, count: 1)[0]
    let variable = self.variable(macro.variables[0], element)
    let isCondition = macro.name == .longestRun
    let transform = with([variable]) { isCondition ? $0.checkCondition(body) : $0.check(body) }
    return node(
      .comprehension(
        CheckedExpression.Comprehension(
          macro: .map, range: range, variables: [variable.name], predicate: nil,
          transform: transform)), .list(type(of: transform)), expression)
  }

  /// `sum(list.map(x, e))` or `size(list.filter(x, condition))`.
  private mutating func checkTotal(
    _ macro: Expression.ListMacro, _ expression: Expression
  ) -> CheckedExpression {
    let range = check(macro.range)
    guard macro.name == .count else {
      return call(macro, [mapped(range, macro, macro.bodies[0], expression)], expression)
    }
    let element = variableTypes(range, count: 1)[0]
    let variable = self.variable(macro.variables[0], element)
    let condition = with([variable]) { $0.checkCondition(macro.bodies[0]) }
    let filtered = node(
      .comprehension(
        CheckedExpression.Comprehension(
          macro: .filter, range: range, variables: [variable.name], predicate: condition,
          transform: nil)), .list(element), expression)
    return call(macro, [filtered], expression)
  }

  private mutating func checkReduce(
    _ macro: Expression.ListMacro, _ expression: Expression
  ) -> CheckedExpression {
    let range = checkedList(macro)
    let written = macro.argument.map { check($0) } ?? errorNode(expression.range)
    let element = variableTypes(range, count: 1)[0]
    let result = type(of: written)
    let variables = [
      variable(macro.variables[0], result), variable(macro.variables[1], element),
    ]
    let (start, next) = next(macro, written, variables)
    guard let joined = joinable(start, next) else {
      report(.otherResult(type(of: next), start: type(of: start), at: next.range))
      return errorNode(expression.range)
    }
    return node(
      .comprehension(
        CheckedExpression.Comprehension(
          macro: .reduce, range: range, start: start, variables: variables.map(\.name),
          predicate: nil, transform: next)), joined, expression)
  }

  /// What follows the start, and the start: a number that is written out is what those that follow are.
  private mutating func next(
    _ macro: Expression.ListMacro, _ start: CheckedExpression, _ variables: [Environment.Variable]
  ) -> (start: CheckedExpression, next: CheckedExpression) {
    var tried: (Deduction, CheckedExpression, CheckedExpression)?
    for type in [type(of: start), .decimal, .money] {
      let start = written(start, as: type)
      guard tried == nil || self.type(of: start) == type else { continue }
      var variables = variables
      let sofar = variables[0]
      variables[0] = Environment.Variable(
        name: sofar.name, type: self.type(of: start), what: sofar.what, range: sofar.range)
      var attempt = self
      let next = attempt.with(variables) { $0.check(macro.bodies[0]) }
      if attempt.diagnostics.count == diagnostics.count, attempt.joinable(start, next) != nil {
        self = attempt
        return (start, next)
      }
      tried = tried ?? (attempt, start, next)
    }
    guard let (attempt, start, next) = tried else { return (start, start) }
    self = attempt
    return (start, next)
  }

  /// A call of the function that makes the result; reports what it can't be made of.
  private mutating func call(
    _ macro: Expression.ListMacro, _ arguments: [CheckedExpression], _ expression: Expression
  ) -> CheckedExpression {
    let function = ListMacroFunction(macro.name)
    guard !isDynamic else {
      return node(
        .call(name: function.name, overloads: function.overloads, arguments: arguments), .dyn,
        expression)
    }
    let types = arguments.map { type(of: $0) }
    let isOrdered = !function.needsOrder || types.last.map(isOrderedList) ?? true
    let (matching, result) = match(function.overloads, types)
    guard let result, isOrdered else {
      // That a condition is none has been said already.
      let isMistaken =
        macro.name == .longestRun || types.contains { $0 == .error || $0 == .list(.error) }
      if !isMistaken { report(function.diagnostic(macro, types)) }
      return errorNode(expression.range)
    }
    return node(
      .call(name: function.name, overloads: matching, arguments: arguments), result, expression)
  }

  private func isOrderedList(_ type: CELType) -> Bool {
    guard case .list(let element) = type else { return true }
    return element.isOrdered
  }
}

extension CELType {
  /// Whether values of the type have an order, as far as is known.
  var isOrdered: Bool {
    switch self {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .enumeration,
      .decimal, .money, .dyn, .parameter, .error:
      true
    default: false
    }
  }
}

/// The function that makes the result of a macro over all elements of a list.
private struct ListMacroFunction {
  let name: String
  let overloads: [Overload]
  /// Whether what the elements become must have an order.
  let needsOrder: Bool

  init(_ macro: Expression.ListMacro.Name) {
    needsOrder = [.minBy, .maxBy, .sortBy].contains(macro)
    switch macro {
    case .sum:
      name = "sum"
      overloads = Library.lists.overloads.filter { $0.name == "sum" }
    case .count:
      name = "size"
      overloads = Library.collections.overloads.filter { $0.id == "size_list" }
    default:
      let name = "@" + macro.rawValue
      self.name = name
      overloads = Library.listMacros.overloads.filter { $0.name == name }
    }
  }

  /// Why the function can't be given what the elements become.
  func diagnostic(_ macro: Expression.ListMacro, _ types: [CELType]) -> Diagnostic {
    let last = macro.argument ?? macro.bodies.last ?? macro.range
    let elements = types.map { type in if case .list(let element) = type { element } else { type } }
    switch macro.name {
    case .sum, .runningSum: return .notToBeAdded(elements[0], at: macro.bodies[0].range)
    case .mostAtOnce:
      return .notASpan(elements[0], elements[1], at: macro.bodies[0].range.union(last.range))
    case .mostWithin where types.count == 2:
      return .notAWindow(elements[0], types[1], at: macro.bodies[0].range.union(last.range))
    default: return .withoutOrder(macro.name.rawValue, elements.last ?? .dyn, at: last.range)
    }
  }
}
