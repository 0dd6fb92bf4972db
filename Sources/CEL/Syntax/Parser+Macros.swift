import Diagnostics

/// Macros: calls that are read as something else because of their names.
extension Parser {
  /// What a call is when its name and its number of arguments make it a macro; nil when they don't.
  mutating func expandMacro(
    target: Expression?, function: Expression.Name, arguments: [Expression]
  ) -> Expression.Kind? {
    guard let target else {
      guard function.text == "has", arguments.count == 1 else { return nil }
      return expandHas(arguments[0])
    }
    if function.text == "bind", arguments.count == 3,
      case .identifier("cel", false) = target.kind
    {
      guard let name = variable(arguments[0], of: "cel.bind") else { return .error }
      return .bind(name, value: arguments[1], body: arguments[2])
    }
    if let isFlat = ["optMap": false, "optFlatMap": true][function.text], arguments.count == 2 {
      guard let name = variable(arguments[0], of: function.text) else { return .error }
      return .optionalMap(target, variable: name, body: arguments[1], isFlat: isFlat)
    }
    if let name = Expression.ListMacro.Name(rawValue: function.text),
      arguments.count == name.argumentCount
    {
      return expandListMacro(name, of: target, arguments: arguments)
    }
    return expandComprehension(of: target, function: function.text, arguments: arguments)
  }

  private mutating func expandHas(_ argument: Expression) -> Expression.Kind {
    switch argument.kind {
    case .select(let operand, let field, isOptional: false):
      return .has(operand, field: field)
    case .error: return .error
    default:
      diagnostics.append(.hasWithoutField(at: argument.range))
      return .error
    }
  }

  private mutating func expandComprehension(
    of target: Expression, function: String, arguments: [Expression]
  ) -> Expression.Kind? {
    guard let form = MacroForm.named(function, argumentCount: arguments.count) else { return nil }
    guard let variables = variables(arguments.prefix(form.variableCount), of: function) else {
      return .error
    }
    let bodies = arguments.dropFirst(form.variableCount)
    return .comprehension(
      Expression.Comprehension(
        macro: form.macro, range: target, variables: variables,
        predicate: form.hasPredicate ? bodies.first : nil,
        transform: form.hasTransform ? bodies.last : nil))
  }

  private mutating func expandListMacro(
    _ name: Expression.ListMacro.Name, of target: Expression, arguments: [Expression]
  ) -> Expression.Kind {
    var names = [arguments[0]]
    var bodies = Array(arguments.dropFirst())
    var argument: Expression?
    switch name {
    case .reduce:
      names.append(arguments[2])
      argument = arguments[1]
      bodies = [arguments[3]]
    case .mostWithin: argument = bodies.removeLast()
    default: break
    }
    guard let variables = variables(names[...], of: name.rawValue) else { return .error }
    return .listMacro(
      Expression.ListMacro(
        name: name, range: target, variables: variables, bodies: bodies, argument: argument))
  }

  /// Different names; nil, reported, where some of the arguments are not that.
  private mutating func variables(
    _ arguments: ArraySlice<Expression>, of macro: String
  ) -> [Expression.Name]? {
    var variables: [Expression.Name] = []
    for argument in arguments {
      guard let name = variable(argument, of: macro) else { return nil }
      if variables.contains(where: { $0.text == name.text }) {
        diagnostics.append(.repeatedVariable(name.text, at: name.range))
        return nil
      }
      variables.append(name)
    }
    return variables
  }

  private mutating func variable(_ argument: Expression, of macro: String) -> Expression.Name? {
    switch argument.kind {
    case .identifier(let name, isAbsolute: false):
      return Expression.Name(name, at: argument.range)
    case .error: return nil
    default:
      diagnostics.append(.notAVariable(macro: macro, at: argument.range))
      return nil
    }
  }
}

/// How the arguments of a comprehension macro are meant: variables, then a predicate, a transform or both.
struct MacroForm {
  let macro: ComprehensionMacro
  let variableCount: Int
  let hasPredicate: Bool
  let hasTransform: Bool

  /// The form of a macro with so many arguments; nil when there is no such macro.
  static func named(_ name: String, argumentCount: Int) -> MacroForm? {
    switch (name, argumentCount) {
    case ("all", 2...3): predicate(.all, argumentCount)
    case ("exists", 2...3): predicate(.exists, argumentCount)
    case ("exists_one", 2...3), ("existsOne", 2...3): predicate(.existsOne, argumentCount)
    case ("filter", 2): predicate(.filter, argumentCount)
    case ("map", 2...3): transform(.map, variables: 1, argumentCount)
    case ("transformList", 3...4): transform(.transformList, variables: 2, argumentCount)
    case ("transformMap", 3...4): transform(.transformMap, variables: 2, argumentCount)
    case ("transformMapEntry", 3...4): transform(.transformMapEntry, variables: 2, argumentCount)
    default: nil
    }
  }

  private static func predicate(
    _ macro: ComprehensionMacro, _ count: Int
  ) -> MacroForm {
    MacroForm(macro: macro, variableCount: count - 1, hasPredicate: true, hasTransform: false)
  }

  private static func transform(
    _ macro: ComprehensionMacro, variables: Int, _ count: Int
  ) -> MacroForm {
    MacroForm(
      macro: macro, variableCount: variables, hasPredicate: count == variables + 2,
      hasTransform: true)
  }

  /// The macros that are called on a value of a type.
  static func names(on type: CELType) -> [String] {
    let ofLists = ["all", "exists", "exists_one", "existsOne", "filter", "map", "transformList"]
    let ofOptionals = ["optMap", "optFlatMap"]
    let listMacros = Expression.ListMacro.Name.allCases.map(\.rawValue)
    return switch type {
    case .list: ofLists + listMacros
    case .map: ofLists + ["transformMap", "transformMapEntry"]
    case .optional: ofOptionals
    case .dyn, .parameter:
      ofLists + listMacros + ["transformMap", "transformMapEntry"] + ofOptionals
    default: []
    }
  }

  /// How each macro is written, for whoever calls one wrongly.
  static let usage: [String: String] = Expression.ListMacro.Name.allCases.reduce(into: [
    "has": "has(session.workOrder)",
    "all": "list.all(x, condition)",
    "exists": "list.exists(x, condition)",
    "exists_one": "list.exists_one(x, condition)",
    "existsOne": "list.existsOne(x, condition)",
    "filter": "list.filter(x, condition)",
    "map": "list.map(x, result)",
    "transformList": "list.transformList(i, x, result)",
    "transformMap": "map.transformMap(k, v, result)",
    "transformMapEntry": "map.transformMapEntry(k, v, {key: value})",
    "optMap": "optional.optMap(x, result)",
    "optFlatMap": "optional.optFlatMap(x, result)",
    "bind": "cel.bind(x, value, result)",
  ]) { $0[$1.rawValue] = $1.usage }
}
