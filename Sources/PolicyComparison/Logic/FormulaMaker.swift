import CEL
import Diagnostics
import PolicyEngine

/// Turns conditions into formulas, for governing dates between which nothing changes: parameters stand for the
/// values that they have then.
///
/// Whatever is not followed becomes a function of the values it is given, about which nothing is known but that
/// it has one value for the same ones. So what is proved of formulas holds of the conditions.
final class FormulaMaker {
  let store: LogicStore
  let policies: PolicySet
  /// The value of each parameter in the period; nil where it has none.
  let parameters: [CELValue?]
  /// A governing date of the period; nil where it is not known.
  let date: CivilDate?
  /// The decision that rules are evaluated for.
  private(set) var decision: String?
  /// Whether values are taken to be such as sessions really have, so that no sum leaves its range.
  let isUsual: Bool
  /// How many more nodes are followed; what is left then is only known by its text.
  private var budget = FormulaMaker.mostNodes
  private static let mostNodes = 50_000
  private var depth = 0
  /// The functions that stand for what is not followed.
  private(set) var notFollowed: Set<String> = []
  /// The numbers of the definitions of terms by their meaning.
  private var definitions: [FieldReference: Int] = [:]

  init(
    store: LogicStore, policies: PolicySet, parameters: [CELValue?], on date: CivilDate?,
    isUsual: Bool
  ) {
    self.date = date
    self.store = store
    self.policies = policies
    self.parameters = parameters
    self.isUsual = isUsual
  }

  /// Begins with another rule, which may be as large as the one before.
  func beginRule(decision: String?) {
    self.decision = decision
    budget = Self.mostNodes
  }

  // MARK: Conditions

  func formula(of condition: Condition, subject: Symbolic) -> FormulaID {
    switch condition.kind {
    case .expression(let expression): formula(of: expression, locals: [subject])
    case .all(let parts): store.and(parts.map { formula(of: $0, subject: subject) })
    case .any(let parts): store.or(parts.map { formula(of: $0, subject: subject) })
    case .none(let parts):
      store.not(store.or(parts.map { formula(of: $0, subject: subject) }))
    case .anyKnown(let parts):
      store.or(
        parts.map { part in
          let formula = formula(of: part, subject: subject)
          return store.choice(store.known(formula), formula, store.no)
        })
    case .gives(let given): isGiven(given, subject: subject)
    case .inForce(let dates):
      date.map { store.constant(dates.contains($0)) } ?? store.undetermined
    }
  }

  func formula(of node: CheckedExpression, locals: [Symbolic]) -> FormulaID {
    truth(value(of: node, locals: locals))
  }

  /// The formula that a truth value is.
  func truth(_ value: Symbolic) -> FormulaID {
    switch value {
    case .formula(let formula): formula
    case .constant(.bool(let flag)): store.constant(flag)
    case .term(let term): store.atom(.truth(term))
    case .choice(let condition, let then, let otherwise):
      store.choice(condition, truth(then), truth(otherwise))
    default: store.undetermined
    }
  }

  // MARK: Values

  func value(of node: CheckedExpression, locals: [Symbolic]) -> Symbolic {
    budget -= 1
    depth += 1
    defer { depth -= 1 }
    guard budget > 0, depth < 200 else { return unfollowed(node, locals: locals) }
    switch node.kind {
    case .constant(let value): return .constant(value)
    case .global(let slot, _): return global(slot)
    case .local(let depth, _):
      return locals.indices.contains(depth) ? locals[depth] : .undetermined
    case .field(let operand, let field):
      return map(value(of: operand, locals: locals)) { self.read(field, of: $0, type: node.type) }
    case .derived(let operand, let field):
      guard let definition = policies.evaluator.derivedFields[field] else { return .undetermined }
      return map(value(of: operand, locals: locals)) { object in
        switch object {
        case .some(let object):
          self.map(self.value(of: definition, locals: [object])) { Self.wrapped($0) }
        case .empty: .empty
        default: self.value(of: definition, locals: [object])
        }
      }
    case .member(let operand, let name):
      return map(value(of: operand, locals: locals)) { row in
        self.row(.constant(.string(name)), of: row, missing: .undetermined, isOptional: false)
      }
    case .hasField(let operand, let field):
      return map(value(of: operand, locals: locals)) { .formula(self.has(field, of: $0)) }
    case .hasMember(let operand, let name):
      return map(value(of: operand, locals: locals)) { table in
        guard case .constant(.map(let map)) = table else {
          return self.opaque("has.\(name)", [table], type: .bool)
        }
        return .constant(.bool(map[.string(name)] != nil))
      }
    case .optionalField(let operand, let field):
      return map(value(of: operand, locals: locals)) { object in
        guard case .object(let term) = object else {
          return self.read(field, of: object, type: node.type)
        }
        return .choice(
          self.has(field, of: object), .some(self.fact(field, of: term, wrappedIn: node.type)),
          .empty)
      }
    case .optionalMember(let operand, let name):
      return map(value(of: operand, locals: locals)) { table in
        self.row(.constant(.string(name)), of: table, missing: .empty, isOptional: true)
      }
    case .not(let operand): return .formula(store.not(formula(of: operand, locals: locals)))
    case .and(let left, let right):
      return .formula(
        store.and([formula(of: left, locals: locals), formula(of: right, locals: locals)]))
    case .or(let left, let right):
      return .formula(
        store.or([formula(of: left, locals: locals), formula(of: right, locals: locals)]))
    case .conditional(let condition, let then, let otherwise):
      return choice(
        formula(of: condition, locals: locals), { self.value(of: then, locals: locals) },
        { self.value(of: otherwise, locals: locals) })
    case .call(let name, let overloads, let arguments):
      return call(node, name, overloads, arguments.map { value(of: $0, locals: locals) })
    case .list(let elements):
      guard !elements.contains(where: \.isOptional) else {
        return opaque(
          "a list", elements.map { value(of: $0.value, locals: locals) }, type: node.type)
      }
      return .list(.literal(elements.map { value(of: $0.value, locals: locals) }))
    case .map(let entries):
      let values = entries.flatMap { [$0.key, $0.value] }.map { value(of: $0, locals: locals) }
      return opaque(
        "a table of \(entries.map { $0.isOptional ? "?" : "," }.joined())", values, type: node.type)
    case .comprehension(let comprehension):
      return self.comprehension(comprehension, node, locals: locals)
    case .bind(_, _, let value, let body):
      return self.value(of: body, locals: locals + [self.value(of: value, locals: locals)])
    case .optionalMap(let operand, _, _, let body, let isFlat):
      return map(value(of: operand, locals: locals)) { optional in
        guard case .some(let inner) = optional else {
          if case .empty = optional { return .empty }
          return self.unfollowed(node, locals: locals)
        }
        let mapped = self.value(of: body, locals: locals + [inner])
        return isFlat ? mapped : self.map(mapped) { .some($0) }
      }
    case .unresolved, .error: return .undetermined
    }
  }

  private func global(_ slot: Int) -> Symbolic {
    switch slot {
    case GlobalSlot.document: .object(store.document)
    case GlobalSlot.today: .number(LinearForm(store.today), .date)
    case GlobalSlot.decision: decision.map { .constant(.string($0)) } ?? .undetermined
    default:
      parameters.indices.contains(slot - GlobalSlot.firstParameter)
        ? parameters[slot - GlobalSlot.firstParameter].map { .constant($0) } ?? .undetermined
        : .undetermined
    }
  }

  /// What becomes of a value, for each that a choice may be.
  func map(_ value: Symbolic, _ transform: (Symbolic) -> Symbolic) -> Symbolic {
    switch value {
    case .undetermined: .undetermined
    case .choice(let condition, let then, let otherwise):
      choice(condition, { self.map(then, transform) }, { self.map(otherwise, transform) })
    default: transform(value)
    }
  }

  func choice(
    _ condition: FormulaID, _ then: () -> Symbolic, _ otherwise: () -> Symbolic
  ) -> Symbolic {
    if condition == store.yes { return then() }
    if condition == store.no { return otherwise() }
    if condition == store.undetermined { return .undetermined }
    return .choice(condition, then(), otherwise())
  }

  /// Whether a value is known; never undetermined itself.
  func isKnown(_ value: Symbolic) -> FormulaID {
    switch value {
    case .formula(let formula): store.known(formula)
    case .constant, .empty: store.yes
    case .term(let term), .object(let term): store.atom(.known(term))
    case .number(let form, _): store.and(form.parts.map { store.atom(.known($0.term)) })
    case .some(let inner): isKnown(inner)
    case .choice(let condition, let then, let otherwise):
      store.choice(
        store.known(condition), store.choice(condition, isKnown(then), isKnown(otherwise)),
        store.no)
    case .undetermined: store.no
    case .list(.term(let term)): store.atom(.known(term))
    case .list(.literal(let elements)): store.and(elements.map { isKnown($0) })
    case .list(.made(let list, let variable, let condition, let value)):
      store.and([
        store.atom(.known(list)),
        store.choice(
          store.atom(.known(list)),
          store.all(
            list, variable: variable,
            store.and([
              store.known(condition),
              store.choice(
                store.known(condition), store.or([store.not(condition), isKnown(value)]), store.no),
            ])), store.no),
      ])
    }
  }

  // MARK: Facts

  /// The value that a term stands for, as its type has it.
  func symbolic(_ term: TermID) -> Symbolic {
    let type = store.type(of: term)
    switch type {
    case .bool: return .formula(store.atom(.truth(term)))
    case .object: return .object(term)
    case .list: return .list(.term(term))
    default: return type.isCounted ? .number(LinearForm(term), type) : .term(term)
    }
  }

  private func fact(
    _ field: FieldReference, of owner: TermID, wrappedIn type: CELType? = nil
  ) -> Symbolic {
    symbolic(factTerm(field, of: owner))
  }

  private func factTerm(_ field: FieldReference, of owner: TermID) -> TermID {
    let name = FactName(type: field.typeName, name: field.name)
    let type = policies.vocabulary.type(named: field.typeName)?.facts.first {
      $0.name == field.name
    }?.expressionType
    return store.term(.fact(owner, name), type: type ?? .dyn)
  }

  private func read(_ field: FieldReference, of object: Symbolic, type: CELType) -> Symbolic {
    switch object {
    case .object(let term): return fact(field, of: term)
    case .empty: return .empty
    case .constant(.object(let record)):
      guard case .present(let value) = record.value(ofField: field.index) else {
        return .undetermined
      }
      return plain(value)
    case .some(.object(let term)):
      return .choice(has(field, of: .object(term)), .some(fact(field, of: term)), .empty)
    case .some(let inner):
      return map(inner) { self.read(field, of: .some($0), type: type) }
    default: return opaque(".\(field.typeName).\(field.name)", [object], type: type)
    }
  }

  private func has(_ field: FieldReference, of object: Symbolic) -> FormulaID {
    switch object {
    case .object(let term):
      let given = store.atom(.present(factTerm(field, of: term)))
      let isOptional = policies.vocabulary.type(named: field.typeName)?.facts
        .first { $0.name == field.name }?.isOptional
      // Where it must be there, it is never known not to be.
      return isOptional == true ? given : store.choice(given, store.yes, store.undetermined)
    case .empty: return store.no
    case .some(let inner):
      return truth(map(inner) { .formula(self.has(field, of: $0)) })
    default: return truth(opaque("has.\(field.typeName).\(field.name)", [object], type: .bool))
    }
  }

  static func wrapped(_ value: Symbolic) -> Symbolic {
    switch value {
    case .some, .empty: value
    default: .some(value)
    }
  }

  // MARK: What is not followed

  /// A value that is not known: the same expression has the same one for the same variables, and no more is said.
  func unfollowed(_ node: CheckedExpression, locals: [Symbolic]) -> Symbolic {
    notFollowed.insert(node.range.text.onOneLine)
    let zone = policies.vocabulary.timeZone
    let name = "\(zone) \(decision ?? "") \(meaning(of: node))"
    return symbolic(
      store.function(name, locals.map { operand($0) }, type: node.type, isTotal: false))
  }

  /// A text that expressions share only when they have the same value for the same variables: terms stand for
  /// their definitions, and parameters for their values.
  private func meaning(of node: CheckedExpression) -> String {
    let own = ExpressionForm().text(of: node)
    var parts: [String] = []
    var open = [node]
    while let next = open.popLast() {
      switch next.kind {
      case .global(let slot, let name) where slot >= GlobalSlot.firstParameter:
        let index = slot - GlobalSlot.firstParameter
        let value = parameters.indices.contains(index) ? parameters[index] : nil
        parts.append("\(name)=\(value?.constantText ?? "-")")
      case .call(_, let overloads, _):
        parts += overloads.compactMap { $0.variable }.map { history(ofParameterAt: $0) }
      case .derived(_, let field):
        parts.append("\(field.typeName).\(field.name)=\(number(ofDefinition: field))")
      default: break
      }
      open += next.children
    }
    return ([own] + Set(parts).sorted()).joined(separator: " ")
  }

  /// All values of a parameter that is read as of another day than the governing date.
  func history(ofParameterAt slot: Int) -> String {
    let parameter = policies.vocabulary.parameters[slot - GlobalSlot.firstParameter]
    let values = parameter.values.map { value in
      "\(value.from): \(value.value.constantText)" + (value.end.map { " until \($0.from)" } ?? "")
    }
    return "on \(values.joined(separator: ", "))"
  }

  /// The number of a term's definition by its meaning: texts of definitions within definitions would be long.
  private func number(ofDefinition field: FieldReference) -> Int {
    if let known = definitions[field] { return known }
    guard let definition = policies.evaluator.derivedFields[field] else { return -1 }
    let number = store.number(of: meaning(of: definition))
    definitions[field] = number
    return number
  }

  /// What a function makes of values: the same for the same values, and otherwise not known.
  func opaque(
    _ name: String, _ arguments: [Symbolic], type: CELType, isTotal: Bool = false
  ) -> Symbolic {
    // Choices are taken apart, so that the values of one and the same call are one term.
    for (index, argument) in arguments.enumerated() {
      guard case .choice = argument else { continue }
      return map(argument) { value in
        var arguments = arguments
        arguments[index] = value
        return self.opaque(name, arguments, type: type, isTotal: isTotal)
      }
    }
    guard !arguments.contains(where: { if case .undetermined = $0 { true } else { false } }) else {
      return .undetermined
    }
    if !isTotal { notFollowed.insert(name) }
    return symbolic(
      store.function(name, arguments.map { operand($0) }, type: type, isTotal: isTotal))
  }

  private func operand(_ value: Symbolic) -> Operand {
    switch value {
    case .formula(let formula): .formula(formula)
    case .constant(let value): .constant(value.constantText)
    case .term(let term), .object(let term), .list(.term(let term)): .term(term)
    case .number(let form, _): .number(form)
    case .empty: .constant("(nothing)")
    case .some(let inner): .several([.constant("some"), operand(inner)])
    case .list(.literal(let elements)): .several([.constant("list")] + elements.map { operand($0) })
    case .list(.made(let list, let variable, let condition, let value)):
      // The variable is free in it: such lists are taken for equal only where it is the same one.
      .several([
        .constant("made"), .term(list), .term(variable), .formula(condition), operand(value),
      ])
    case .choice(let condition, let then, let otherwise):
      .several([.constant("choice"), .formula(condition), operand(then), operand(otherwise)])
    case .undetermined: .constant("(undetermined)")
    }
  }
}
