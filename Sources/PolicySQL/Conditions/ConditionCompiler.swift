import CEL
import Diagnostics
import PolicyEngine

/// Writes conditions and values of the language as expressions of a dialect.
///
/// An expression is NULL where the value is not known, and only there. So a condition is a Boolean of SQL's
/// three-valued logic, which is that of the language: `false && missing` is FALSE, `true && missing` is NULL.
struct ConditionCompiler {
  /// What an expression sees.
  struct Scope {
    /// The expressions of the variables, by their depth in the frame.
    var locals: [String]
    /// How deep the definitions of terms are nested in each other.
    var nesting = 0
  }

  let policies: PolicySet
  let dialect: any SQLDialect
  /// The name of the decision that is asked for; nil where an expression must not depend on it.
  var decision: String?
  /// The slots of the parameters that have a column.
  var parameterColumns: Set<Int> = []
  /// The terms of the document that have a column, by the term, with the column's name.
  var columns: [FieldReference: String] = [:]
  /// Whether parameters have values: they have none for the governing date that picks these.
  var hasParameters = true

  /// How deep terms may be nested: each level may repeat the one below.
  private static let nestingLimit = 40

  init(_ policies: PolicySet, _ dialect: any SQLDialect) {
    self.policies = policies
    self.dialect = dialect
  }

  var schema: FactSchema { policies.vocabulary.schema }
  var timeZone: String { policies.vocabulary.timeZone }
  /// The column of the document.
  var document: String { dialect.name(SQLColumn.document(schema.documentName)) }

  // MARK: - Conditions

  /// A condition of a rule.
  mutating func condition(_ condition: Condition, _ scope: Scope) throws -> String {
    switch condition.kind {
    case .expression(let expression): try value(expression, scope)
    case .all(let parts): SQLLogic.all(try parts.map { try self.condition($0, scope) })
    case .any(let parts): SQLLogic.any(try parts.map { try self.condition($0, scope) })
    case .none(let parts):
      SQLLogic.not(SQLLogic.any(try parts.map { try self.condition($0, scope) }))
    case .anyKnown(let parts):
      SQLLogic.any(
        try parts.map { "COALESCE(\(try self.condition($0, scope)), FALSE)" })
    case .inForce(let dates): SQLLogic.all(inForce(dates))
    case .gives: throw SQLRefusal("a decision that gives a value has no form in SQL")
    }
  }

  /// What must hold of the governing date that lies within some dates.
  func inForce(_ dates: EffectiveDates) -> [String] {
    let date = dialect.name(SQLColumn.governingDate)
    return [
      dates.from.map { "\(date) >= \(dialect.date($0))" },
      dates.until.map { "\(date) <= \(dialect.date($0))" },
    ].compactMap(\.self)
  }

  // MARK: - Values

  /// An expression of any type but optionals and tables.
  mutating func value(_ node: CheckedExpression, _ scope: Scope) throws -> String {
    do {
      return try write(node, scope)
    } catch let refusal as SQLRefusal {
      throw refusal.located(at: node.range)
    }
  }

  private mutating func write(_ node: CheckedExpression, _ scope: Scope) throws -> String {
    switch node.kind {
    case .constant(let value): return try literal(value, node.type)
    case .global(let slot, let name): return try global(slot, name, node.type)
    case .local(let depth, let name):
      guard scope.locals.indices.contains(depth) else {
        throw SQLRefusal("'\(name)' is not known here")
      }
      return scope.locals[depth]
    case .field(let operand, let field):
      let (object, fact) = try fact(of: operand, field, scope)
      return try dialect.fact(fact.name, fact.type, of: object)
    case .hasField(let operand, let field):
      let (object, fact) = try fact(of: operand, field, scope)
      return dialect.hasFact(fact.name, fact.type, isOptional: fact.isOptional, of: object)
    case .derived(let operand, let field): return try term(operand, field, scope)
    case .not(let operand): return SQLLogic.not(try value(operand, scope))
    case .and(let left, let right):
      return SQLLogic.all([try value(left, scope), try value(right, scope)])
    case .or(let left, let right):
      return SQLLogic.any([try value(left, scope), try value(right, scope)])
    case .conditional(let condition, let then, let otherwise):
      return SQLLogic.choice(
        try value(condition, scope), try value(then, scope), try value(otherwise, scope))
    case .list(let elements): return try list(elements, node.type, scope)
    case .comprehension(let comprehension): return try loop(comprehension, node.type, scope)
    case .bind(_, let depth, let bound, let body):
      var inner = scope
      inner.locals = Array(scope.locals.prefix(depth)) + ["(\(try value(bound, scope)))"]
      return try value(body, inner)
    case .call(let name, _, let arguments): return try call(name, arguments, node.type, scope)
    case .member, .hasMember, .map:
      throw SQLRefusal("tables made or read by an expression have no form in SQL")
    case .optionalField, .optionalMember, .optionalMap:
      throw SQLRefusal("an optional value can only be asked for its value here")
    case .unresolved, .error: throw SQLRefusal("the expression has a mistake")
    }
  }

  private func global(_ slot: Int, _ name: String, _ type: CELType) throws -> String {
    switch slot {
    case GlobalSlot.document: return document
    case GlobalSlot.today: return dialect.name(SQLColumn.today)
    case GlobalSlot.decision:
      guard let decision else { throw SQLRefusal("the decision asked for is not known here") }
      return try dialect.text(decision)
    default:
      guard hasParameters else {
        throw SQLRefusal("'\(name)' has no value before the governing date is known")
      }
      guard parameterColumns.contains(slot) else {
        throw SQLRefusal("the value of '\(name)' as a whole has no form in SQL")
      }
      return dialect.name(SQLColumn.parameter(name))
    }
  }

  // MARK: - Facts and terms

  /// The object that is read from and the declaration of the fact.
  mutating func fact(
    of operand: CheckedExpression, _ field: FieldReference, _ scope: Scope
  ) throws -> (object: String, fact: FactSchema.Fact) {
    guard case .object = operand.type else {
      throw SQLRefusal("facts of what may be empty can't be read in SQL")
    }
    guard let type = schema.objectTypes.first(where: { $0.name == field.typeName }),
      type.facts.indices.contains(field.index)
    else { throw SQLRefusal("'\(field.name)' is not a fact") }
    return (try value(operand, scope), type.facts[field.index])
  }

  private mutating func term(
    _ operand: CheckedExpression, _ field: FieldReference, _ scope: Scope
  ) throws -> String {
    guard case .object = operand.type else {
      throw SQLRefusal("terms of what may be empty can't be read in SQL")
    }
    guard let definition = policies.evaluator.derivedFields[field] else {
      throw SQLRefusal("'\(field.name)' has no definition")
    }
    guard scope.nesting < Self.nestingLimit else {
      throw SQLRefusal("terms are nested too deeply in each other")
    }
    let object = try value(operand, scope)
    if object == document, let column = columns[field] {
      return dialect.name(column)
    }
    let inner = try value(definition, Scope(locals: [object], nesting: scope.nesting + 1))
    return "(/* \(field.name) */ \(inner))"
  }

  // MARK: - Literals

  func literal(_ value: CELValue, _ type: CELType) throws -> String {
    switch value {
    case .bool(let isTrue): return dialect.bool(isTrue)
    case .int(let number): return dialect.int(number)
    case .double(let number): return try dialect.double(number)
    case .string(let text): return try dialect.text(text)
    case .date(let date): return dialect.date(date)
    case .timestamp(let instant): return try dialect.instant(instant)
    case .duration(let duration): return try dialect.duration(duration)
    case .list(let elements):
      guard case .list(let element) = type else { throw SQLRefusal("this list has no one type") }
      return try dialect.list(try elements.map { try literal($0, element) }, of: element)
    case .null, .uint, .bytes, .decimal, .money, .map, .optional, .type, .object, .opaque:
      throw SQLRefusal("a value of the type '\(value.type)' has no form in SQL")
    }
  }

  private mutating func list(
    _ elements: [CheckedExpression.ListElement], _ type: CELType, _ scope: Scope
  ) throws -> String {
    guard case .list(let element) = type, element != .dyn || elements.isEmpty else {
      throw SQLRefusal("this list has no one type")
    }
    guard !elements.contains(where: \.isOptional) else {
      throw SQLRefusal("an element that may be left out has no form in SQL")
    }
    let values = try elements.map { try value($0.value, scope) }
    let open = zip(elements, values).filter { !$0.0.value.isConstant }.map(\.1)
    return SQLLogic.value(try dialect.list(values, of: element), ifKnown: open)
  }
}

extension CheckedExpression {
  /// Whether the node is a value that was known when it was checked.
  var isConstant: Bool { if case .constant = kind { true } else { false } }

  /// That value.
  var constantValue: CELValue? { if case .constant(let value) = kind { value } else { nil } }
}
