import Diagnostics

/// Calls: which function is meant, and which of its overloads.
extension Deduction {
  mutating func checkCall(
    _ target: Expression?, _ function: Expression.Name, _ arguments: [Expression],
    _ expression: Expression
  ) -> CheckedExpression {
    guard let target else {
      let isAbsolute = function.text.hasPrefix(".")
      let written = isAbsolute ? String(function.text.dropFirst()) : function.text
      let name = functionName(written, isAbsolute: isAbsolute) ?? written
      return checkFunction(name, function, arguments, expression)
    }
    // `math.greatest(a, b)` is the function of that name, unless `math` is a variable's.
    if let (scope, isAbsolute) = qualifiedName(target),
      let name = functionName("\(scope).\(function.text)", isAbsolute: isAbsolute)
    {
      if isNoting, let slot = checker.slots[scope] {
        note(.global(environment.variables[slot]), at: target.range, .error)
      }
      return checkFunction(name, function, arguments, expression)
    }
    if let name = misspelledNamespacedFunction(target, function) {
      report(.unknownFunction(name.written, help: name.help, at: function.range))
      for argument in arguments { _ = check(argument) }
      return errorNode(expression.range)
    }
    return checkMethod(target, function, arguments, expression)
  }

  /// The function without a receiver that a name means in the container.
  private func functionName(_ name: String, isAbsolute: Bool) -> String? {
    environment.candidates(for: name, isAbsolute: isAbsolute).first {
      environment.overloads[$0]?.contains { !$0.isMember } == true
    }
  }

  /// For `math.greatst(...)`, where `math` is not a variable but the start of functions' names.
  private func misspelledNamespacedFunction(
    _ target: Expression, _ function: Expression.Name
  ) -> (written: String, help: String?)? {
    guard !isDynamic, case .identifier(let scope, isAbsolute: false) = target.kind,
      checker.slots[scope] == nil, !locals.contains(where: { $0.name == scope })
    else { return nil }
    let family = environment.overloads.keys.filter { $0.hasPrefix(scope + ".") }.sorted()
    guard !family.isEmpty else { return nil }
    let written = "\(scope).\(function.text)"
    let help = Suggestion.helpOrList(
      for: written, among: family, listing: "the functions of '\(scope)' are")
    return (written, help)
  }

  private mutating func checkFunction(
    _ name: String, _ function: Expression.Name, _ arguments: [Expression],
    _ expression: Expression
  ) -> CheckedExpression {
    let checked = arguments.map { check($0) }
    return resolveCall(name, isMember: false, checked, expression, function)
  }

  private mutating func checkMethod(
    _ target: Expression, _ function: Expression.Name, _ arguments: [Expression],
    _ expression: Expression
  ) -> CheckedExpression {
    let receiver = check(target)
    if !isDynamic, environment.overloads[function.text] == nil,
      let usage = MacroForm.usage[function.text]
    {
      // The arguments name variables that nothing declares, so checking them would mislead.
      report(.misusedMacro(function.text, usage: usage, at: function.range))
      return errorNode(expression.range)
    }
    if !isDynamic, environment.overloads[function.text] == nil {
      // Arguments may name variables, as those of macros do, so checking them would mislead as well.
      if isNoting {
        note(.function(function.text, receiver: type(of: receiver)), at: function.range, .error)
      }
      report(
        unknownFunction(
          function.text, isMember: true, others: [], [receiver], at: function.range))
      return errorNode(expression.range)
    }
    let checked = [receiver] + arguments.map { check($0) }
    return resolveCall(function.text, isMember: true, checked, expression, function)
  }

  mutating func checkOperator(
    _ name: String, _ operands: [Expression], _ expression: Expression
  ) -> CheckedExpression {
    let checked = operands.map { check($0) }
    if isStrict, name == "_[_]" || name == "_[?_]" { requireKeyCases(checked) }
    return resolveCall(name, isMember: false, checked, expression)
  }

  /// Reports keys that are not cases of the enumeration on the other side of an index.
  private mutating func requireKeyCases(_ operands: [CheckedExpression]) {
    guard operands.count == 2, case .map(let key, _) = type(of: operands[0]) else { return }
    requireCases(of: key, in: operands[1])
    if case .enumeration = type(of: operands[1]), case .map(let entries) = operands[0].kind {
      for entry in entries { requireCases(of: type(of: operands[1]), in: entry.key) }
    }
  }

  // MARK: Overloads

  /// The call of a function or operator with checked arguments (the receiver first).
  mutating func resolveCall(
    _ name: String, isMember: Bool, _ arguments: [CheckedExpression], _ expression: Expression,
    _ written: Expression.Name? = nil
  ) -> CheckedExpression {
    let named = environment.overloads[name] ?? []
    let inStyle = named.filter { $0.isMember == isMember }
    if isNoting, let written {
      let receiver = isMember ? arguments.first.map { type(of: $0) } : nil
      note(.function(name, receiver: receiver), at: written.range, .error)
    }
    guard !inStyle.isEmpty else {
      if isDynamic {
        return node(.call(name: name, overloads: [], arguments: arguments), .dyn, expression)
      }
      report(
        unknownFunction(
          name, isMember: isMember, others: named, arguments,
          at: written?.range ?? expression.range))
      return errorNode(expression.range)
    }
    let arguments = exactly(
      gatheringVariadic(arguments, inStyle, expression), for: name)
    if reportsRounding(name, arguments) { return errorNode(expression.range) }
    let candidates = inStyle.filter { $0.parameters.count == arguments.count }
    if isDynamic {
      return node(
        .call(name: name, overloads: candidates, arguments: arguments), .dyn, expression)
    }
    let types = arguments.map { type(of: $0) }
    let (matching, result) = match(candidates, types, of: arguments)
    guard let result else {
      if types.contains(.error) { return errorNode(expression.range) }
      report(
        .noOverload(
          name, isMember: isMember, arguments: arguments, types: types, candidates: inStyle,
          at: badArgument(arguments, types, candidates)?.range ?? written?.range
            ?? expression.range))
      return errorNode(expression.range)
    }
    return node(
      .call(name: name, overloads: matching, arguments: arguments), result, expression)
  }

  /// The arguments with those gathered into a list that a variadic overload takes so.
  private mutating func gatheringVariadic(
    _ arguments: [CheckedExpression], _ overloads: [Overload], _ expression: Expression
  ) -> [CheckedExpression] {
    guard !overloads.contains(where: { $0.parameters.count == arguments.count }),
      let variadic = overloads.first(where: \.isVariadic),
      arguments.count > variadic.parameters.count
    else { return arguments }
    let fixed = variadic.parameters.count - 1
    let gathered = Array(arguments[fixed...])
    var element = type(of: gathered[0])
    for argument in gathered.dropFirst() {
      element = joinable(element, type(of: argument)) ?? .dyn
    }
    let list = node(
      .list(gathered.map { CheckedExpression.ListElement(value: $0) }), .list(element), expression)
    return Array(arguments[..<fixed]) + [list]
  }

  /// The overloads that take arguments of the types, and what they give together.
  mutating func match(
    _ candidates: [Overload], _ types: [CELType], of arguments: [CheckedExpression] = []
  ) -> (overloads: [Overload], result: CELType?) {
    var matching: [Overload] = []
    var result: CELType?
    let isConcrete = !types.contains { $0.isDynamic || $0.hasParameters }
    for overload in candidates {
      if isStrict, overload.takesNumbersOnly, !arguments.allSatisfy({ holdsNumbers($0) }) {
        continue
      }
      if isConcrete, !overload.isGeneric {
        // The most common case needs no substitution: types are the same or they aren't.
        guard zip(overload.parameters, types).allSatisfy({ $1.isConcretely($0) }) else { continue }
        return ([overload], overload.result)
      }
      let before = substitution.mark
      let (parameters, overloadResult) = substitution.instantiating(overload)
      let fits = zip(parameters, types).allSatisfy { parameter, type in
        substitution.isAssignable(type, to: parameter)
      }
      guard fits else {
        substitution.forget(since: before)
        continue
      }
      matching.append(overload)
      let found = substitution.resolved(overloadResult, isFinal: false)
      result = result == nil || result == found ? found : .dyn
      // Nothing is left open that a further overload could fit as well.
      if isConcrete { break }
    }
    return (matching, result)
  }

  /// Whether an argument is a list of numbers, as far as its type or its elements' types say.
  private func holdsNumbers(_ argument: CheckedExpression) -> Bool {
    func mayBeNumber(_ type: CELType) -> Bool {
      if case .parameter = type { return true }
      return type.isNumeric || type.isDynamic
    }
    if case .list(let elements) = argument.kind {
      return elements.allSatisfy { mayBeNumber(type(of: $0.value)) }
    }
    guard case .list(let element) = type(of: argument) else { return true }
    return mayBeNumber(element)
  }

  /// The one argument that is to blame: with another type there, some overload would fit.
  private mutating func badArgument(
    _ arguments: [CheckedExpression], _ types: [CELType], _ candidates: [Overload]
  ) -> CheckedExpression? {
    guard arguments.count > 1 else { return nil }
    for index in arguments.indices.reversed() {
      var others = types
      others[index] = .dyn
      let before = substitution.mark
      let fits = match(candidates, others).result != nil
      substitution.forget(since: before)
      if fits { return arguments[index] }
    }
    return nil
  }

  /// The names of what can be called on a value of a type, or with no value before a dot.
  private func callableNames(on receiver: CELType?) -> [String] {
    let functions = environment.overloads.filter { _, overloads in
      overloads.contains { overload in
        guard let receiver else { return !overload.isMember }
        return overload.isMember && overload.parameters.first?.mayTake(receiver) == true
      }
    }
    let macros = receiver.map { MacroForm.names(on: $0) } ?? ["has"]
    return functions.keys.filter { $0.first?.isLetter == true } + macros
  }

  private func unknownFunction(
    _ name: String, isMember: Bool, others: [Overload], _ arguments: [CheckedExpression],
    at range: SourceRange
  ) -> Diagnostic {
    let shown = Overload.displayName(name)
    if let other = others.first {
      if !isMember, let help = OtherNames.help(for: name, on: nil) {
        return .unknownFunction(shown, help: help, at: range)
      }
      return .calledTheOtherWay(shown, other, at: range)
    }
    if let usage = MacroForm.usage[name] { return .misusedMacro(name, usage: usage, at: range) }
    let fields = isMember ? environment.objectTypes.values.flatMap { $0.fields.map(\.name) } : []
    if fields.contains(name) {
      return .unknownFunction(
        shown, help: "it is a fact, which is read without parentheses", at: range)
    }
    let receiver = isMember ? arguments.first.map { type(of: $0) } : nil
    let help =
      OtherNames.help(for: name, on: receiver)
      ?? Suggestion.help(for: name, among: callableNames(on: receiver).sorted())
    return .unknownFunction(shown, help: help, at: range)
  }
}

extension CELType {
  /// Whether a parameter of the type is of the same kind as a value's type, whatever their parts are.
  fileprivate func mayTake(_ type: CELType) -> Bool {
    switch (self, type) {
    case (.parameter, _), (_, .dyn), (_, .parameter), (_, .error), (.list, .list), (.map, .map),
      (.optional, .optional), (.string, .enumeration):
      true
    default: self == type
    }
  }

  /// Whether values of the type may stand for a parameter, if both leave nothing open.
  fileprivate func isConcretely(_ parameter: CELType) -> Bool {
    if self == parameter { return true }
    switch (self, parameter) {
    case (_, .dyn), (.enumeration, .string): return true
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)),
      (.type(let a), .type(let b)):
      return a.isConcretely(b)
    case (.map(let a, let c), .map(let b, let d)):
      return a.isConcretely(b) && c.isConcretely(d)
    default: return false
    }
  }
}
