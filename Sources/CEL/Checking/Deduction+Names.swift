import Diagnostics

/// Names: variables, types, and the fields read from them.
extension Deduction {
  mutating func checkIdentifier(
    _ name: String, isAbsolute: Bool, _ expression: Expression
  ) -> CheckedExpression {
    if let found = resolve(name, isAbsolute: isAbsolute, expression) {
      if isNoting { noteVariable(found) }
      return found
    }
    if isNoting { note(.unknownName(locals: locals), at: expression.range, .error) }
    if isDynamic { return node(.unresolved(name: name), .dyn, expression) }
    report(unknownName(name, at: expression.range))
    return errorNode(expression.range)
  }

  /// Notes the use of the variable that a node reads.
  private mutating func noteVariable(_ node: CheckedExpression) {
    switch node.kind {
    case .local(let depth, _):
      let type = type(of: node)
      note(.local(locals[depth], depth: depth), at: node.range, type)
    case .global(let slot, _):
      note(.global(environment.variables[slot]), at: node.range, node.type)
    default: break
    }
  }

  /// What a name, with or without dots, means by itself: a variable or a type.
  private func resolve(
    _ name: String, isAbsolute: Bool, _ expression: Expression
  ) -> CheckedExpression? {
    if !isAbsolute, let depth = locals.lastIndex(where: { $0.name == name }) {
      return node(.local(depth: depth, name: name), locals[depth].type, expression)
    }
    for candidate in environment.candidates(for: name, isAbsolute: isAbsolute) {
      if let slot = checker.slots[candidate] {
        return node(
          .global(slot: slot, name: candidate), environment.variables[slot].type, expression)
      }
      if let type = CELType.named[candidate] {
        return node(.constant(.type(type)), .type(type), expression)
      }
    }
    return nil
  }

  /// A chain of selections read as one name with dots; nil where it isn't one, or starts with a local.
  func qualifiedName(_ expression: Expression) -> (name: String, isAbsolute: Bool)? {
    switch expression.kind {
    case .identifier(let name, let isAbsolute):
      if !isAbsolute, locals.contains(where: { $0.name == name }) { return nil }
      return (name, isAbsolute)
    case .select(let operand, let field, isOptional: false):
      guard let (name, isAbsolute) = qualifiedName(operand) else { return nil }
      return (name + "." + field.text, isAbsolute)
    default: return nil
    }
  }

  /// The variable of a macro; reports one that has the name of something else that could be meant.
  mutating func variable(_ name: Expression.Name, _ type: CELType) -> Environment.Variable {
    if isStrict,
      let hidden = locals.last(where: { $0.name == name.text })
        ?? checker.slots[name.text].map({ environment.variables[$0] })
    {
      report(.hidingVariable(hidden, at: name.range))
    }
    let variable = Environment.Variable(
      name: name.text, type: type, what: "the variable of a macro around it", range: name.range)
    if isNoting { note(.local(variable, depth: locals.count), at: name.range, type) }
    return variable
  }

  private func unknownName(_ name: String, at range: SourceRange) -> Diagnostic {
    // A subject that is the document has its name: there is one thing of that name, then.
    let inner = locals.map(\.name).reversed()
    let known = inner + environment.variables.map(\.name).filter { !inner.contains($0) }
    if environment.overloads[name]?.contains(where: { !$0.isMember }) == true {
      return .functionWithoutCall(name, at: range)
    }
    if isCase(name) { return .caseWithoutQuotes(name, at: range) }
    return .unknownName(name, known: known, owner: variable(withField: name), at: range)
  }

  /// Whether some enumeration has the text as a case.
  func isCase(_ text: String) -> Bool {
    environment.enumerations.values.contains { $0.contains(text) }
  }

  /// The variable whose field a name is, when it is written alone: `workOrder` for `session.workOrder`.
  private func variable(withField name: String) -> String? {
    (locals.reversed() + environment.variables).first { variable in
      guard case .object(let typeName) = variable.type else { return false }
      return environment.objectTypes[typeName]?.fields.contains { $0.name == name } == true
    }?.name
  }

  // MARK: Selection

  mutating func checkSelect(
    _ operand: Expression, _ field: Expression.Name, isOptional: Bool, _ expression: Expression
  ) -> CheckedExpression {
    if !isOptional, let found = resolveQualified(expression) { return found }
    let operand = check(operand)
    return isOptional
      ? selectOptionally(operand, field, expression) : select(operand, field, expression)
  }

  /// The variable or type that the whole chain names, if it does.
  private func resolveQualified(_ expression: Expression) -> CheckedExpression? {
    guard let (name, isAbsolute) = qualifiedName(expression),
      checker.hasQualifiedNames || name.hasPrefix("google.")
    else { return nil }
    return resolve(name, isAbsolute: isAbsolute, expression)
  }

  private mutating func select(
    _ operand: CheckedExpression, _ field: Expression.Name, _ expression: Expression
  ) -> CheckedExpression {
    let operandType = type(of: operand)
    switch unwrapped(operandType) {
    case .object(let name):
      guard let found = self.field(field, of: name) else { return errorNode(expression.range) }
      let reference = found.reference
      return node(
        found.isDerived ? .derived(operand, reference) : .field(operand, reference),
        wrapped(found.type, like: operandType), expression)
    case .map(let key, let value):
      requireTextKey(key, field)
      return node(
        .member(operand, name: field.text), wrapped(value, like: operandType), expression)
    case .dyn, .parameter:
      return node(.member(operand, name: field.text), .dyn, expression)
    case .error where !isDynamic: return errorNode(expression.range)
    default:
      if isDynamic { return node(.member(operand, name: field.text), .dyn, expression) }
      if isNoting { note(.unknownMember(of: operandType), at: field.range, .error) }
      report(.noFacts(field.text, of: operandType, at: field.range))
      return errorNode(expression.range)
    }
  }

  private mutating func selectOptionally(
    _ operand: CheckedExpression, _ field: Expression.Name, _ expression: Expression
  ) -> CheckedExpression {
    let operandType = type(of: operand)
    switch unwrapped(operandType) {
    case .object(let name):
      guard let found = self.field(field, of: name) else { return errorNode(expression.range) }
      if found.isDerived {
        report(.derivedIsAlwaysThere(field.text, of: name, at: field.range))
        return errorNode(expression.range)
      }
      return node(
        .optionalField(operand, found.reference), .optional(unwrapped(found.type)), expression)
    case .map(let key, let value):
      requireTextKey(key, field)
      return node(
        .optionalMember(operand, name: field.text), .optional(unwrapped(value)), expression)
    case .dyn, .parameter:
      return node(.optionalMember(operand, name: field.text), .optional(.dyn), expression)
    case .error where !isDynamic: return errorNode(expression.range)
    default:
      if isDynamic {
        return node(.optionalMember(operand, name: field.text), .dyn, expression)
      }
      report(.noFacts(field.text, of: operandType, at: field.range))
      return errorNode(expression.range)
    }
  }

  mutating func checkHas(
    _ operand: Expression, _ field: Expression.Name, _ expression: Expression
  ) -> CheckedExpression {
    let operand = check(operand)
    let operandType = type(of: operand)
    switch unwrapped(operandType) {
    case .object(let name):
      guard let found = self.field(field, of: name) else { return errorNode(expression.range) }
      if found.isDerived, isStrict {
        report(.derivedIsAlwaysThere(field.text, of: name, at: field.range))
        return errorNode(expression.range)
      }
      return node(.hasField(operand, found.reference), .bool, expression)
    case .map(let key, _):
      requireTextKey(key, field)
      return node(.hasMember(operand, name: field.text), .bool, expression)
    case .dyn, .parameter:
      return node(.hasMember(operand, name: field.text), .bool, expression)
    case .error where !isDynamic: return errorNode(expression.range)
    default:
      if isDynamic { return node(.hasMember(operand, name: field.text), .dyn, expression) }
      report(.noFacts(field.text, of: operandType, at: field.range))
      return errorNode(expression.range)
    }
  }

  private struct FoundField {
    let reference: FieldReference
    let type: CELType
    let isDerived: Bool
  }

  /// A field of an object type; reports one that the type does not have.
  private mutating func field(_ name: Expression.Name, of typeName: String) -> FoundField? {
    let fields = environment.objectTypes[typeName]?.fields ?? []
    guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
      if isNoting { note(.unknownMember(of: .object(typeName)), at: name.range, .error) }
      report(.unknownField(name.text, of: typeName, known: fields.map(\.name), at: name.range))
      return nil
    }
    let field = fields[index]
    if isNoting {
      note(
        .field(field.name, of: typeName, isDerived: field.isDerived), at: name.range, field.type)
    }
    return FoundField(
      reference: FieldReference(typeName: typeName, index: index, name: field.name),
      type: field.type, isDerived: field.isDerived)
  }

  /// Reports a field selected from a map whose keys are not text, or are of an enumeration without it.
  private mutating func requireTextKey(_ key: CELType, _ field: Expression.Name) {
    if case .enumeration(let name) = key {
      if isStrict { requireCase(field.text, of: name, at: field.range) }
      return
    }
    if !substitution.isAssignable(.string, to: key) {
      report(.wrongKey(.string, expected: key, at: field.range))
    }
  }

  /// The type inside of an optional; selections go through optionals.
  private func unwrapped(_ type: CELType) -> CELType {
    if case .optional(let inner) = type { return inner }
    return type
  }

  /// The type as what is read from an operand has it: optional where that is.
  private func wrapped(_ type: CELType, like operand: CELType) -> CELType {
    guard case .optional = operand else { return type }
    return .optional(unwrapped(type))
  }
}
