import CEL

/// Compiles conditions to nodes, for the governing dates of a range on which all parameters keep their
/// values.
///
/// What it has no operation for becomes an undetermined node, which the rest of the condition absorbs
/// like a missing fact: where the outcome depends on it, the general evaluator is asked. So the plan is
/// never wrong, only sometimes of no use, and `fallbacks` says of what.
struct PlanCompiler {
  /// A variable of the frame.
  enum Local {
    /// A row of the object type at an index.
    case row(type: Int)
    /// The index of the first word of a value.
    case place(FactSchema.ValueType)
    /// A whole number.
    case number
    /// Nothing that is read: it always has the same value.
    case constant(CELValue)
  }

  /// What the expressions see.
  struct Scope {
    /// The variables of the frame, which are at these depths.
    var locals: [Local]
    /// The constant values of the environment's variables, by slot; nil for those that have none.
    let globals: [CELValue?]
    /// How many expressions and definitions this one stands in.
    var nesting = 0
  }

  /// What is known of a node besides what it does.
  struct Properties {
    /// No less than the general evaluator would visit of nodes, not counting what loops repeat.
    var cost: Int
    /// How many nodes it goes down, through definitions too.
    var depth: Int
    /// Whether nothing in it is left to the general evaluator.
    var isComplete: Bool
  }

  static let no: Int32 = 0
  static let yes: Int32 = 1
  static let undetermined: Int32 = 2

  /// How deep conditions may be: it bounds the stack, and keeps what the general evaluator finds too
  /// deep (see `Machine.depthLimit`) from being decided here, as a node stands for three levels at most.
  private static let depthLimit = 300

  let schema: FactSchema
  let evaluator: Evaluator
  /// A governing date of the range; nil where it is not known.
  let governingDate: CivilDate?
  private let timeZone: String
  private let layout: FactLayout
  private let typeIndexes: [String: Int]
  private let enumerationIndexes: [String: Int]

  private(set) var nodes: [PlanNode] = [.no, .yes, .undetermined].map { PlanNode(operation: $0) }
  private var properties = [true, true, false].map {
    Properties(cost: 8, depth: 1, isComplete: $0)
  }
  private var numbers: [Int64] = []
  private var strings: [String] = []
  private var stringIndexes: [[UInt8]: Int32] = [:]
  private var sets: [[String]] = []
  private var setIndexes: [[[UInt8]]: Int32] = [:]
  private var caseNames: [Int: Int32] = [:]
  private var terms: [FieldReference: Int32?] = [:]
  /// How many parts were left out that the general evaluator evaluates, since they make no difference to the truth
  /// of what they are part of.
  var leftOut = 0
  /// The terms whose definitions had such parts.
  private var trimmedTerms: Set<FieldReference> = []
  /// The expressions that are left to the general evaluator.
  private(set) var fallbacks: [CheckedExpression] = []

  init(_ policies: PolicySet, governingDate: CivilDate? = nil) {
    self.governingDate = governingDate
    schema = policies.vocabulary.schema
    evaluator = policies.evaluator
    timeZone = policies.vocabulary.timeZone
    layout = FactLayout(schema)
    typeIndexes = Dictionary(
      schema.objectTypes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first }
    )
    enumerationIndexes = Dictionary(
      schema.enumerations.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The tables of all that was compiled.
  func program() -> PlanProgram {
    PlanProgram(
      nodes: nodes, numbers: numbers, strings: strings, sets: sets, timeZone: timeZone)
  }

  /// Whether nothing in a node is left to the general evaluator.
  func isComplete(_ node: Int32) -> Bool { properties[Int(node)].isComplete }

  /// What a node costs at least, when its loops have no elements.
  func cost(_ node: Int32) -> Int { properties[Int(node)].cost }

  // MARK: - Nodes

  /// Adds a node made of other nodes; nil when one of these could not be made.
  mutating func add(
    _ operation: PlanNode.Operation, _ a: Int32? = 0, _ b: Int32? = 0, _ c: Int32? = 0,
    value: Int64 = 0, extraCost: Int = 0, parts: [Int32?]
  ) -> Int32? {
    guard let a, let b, let c else { return nil }
    // A node stands for up to eight of the tree's: a call with a constant, a trimmed comparison.
    var sum = Properties(cost: 8 + extraCost, depth: 1, isComplete: true)
    for part in parts {
      guard let part else { return nil }
      guard part >= 0 else { continue }
      let (cost, overflow) = sum.cost.addingReportingOverflow(properties[Int(part)].cost)
      sum.cost = overflow ? .max : cost
      sum.depth = max(sum.depth, properties[Int(part)].depth + 1)
      sum.isComplete = sum.isComplete && properties[Int(part)].isComplete
    }
    guard sum.cost <= evaluator.budget, sum.depth <= Self.depthLimit, nodes.count < Int(Int32.max)
    else { return nil }
    nodes.append(PlanNode(operation: operation, a: a, b: b, c: c, value: value))
    properties.append(sum)
    return Int32(nodes.count - 1)
  }

  /// A node that leaves an expression to the general evaluator.
  mutating func fallback(_ expression: CheckedExpression) -> Int32 {
    fallbacks.append(expression)
    nodes.append(PlanNode(operation: .undetermined))
    properties.append(Properties(cost: 8, depth: 1, isComplete: false))
    return Int32(nodes.count - 1)
  }

  /// The expression's scope one level further in; nil when that is too deep.
  func deeper(_ scope: Scope) -> Scope? {
    var scope = scope
    scope.nesting += 1
    return scope.nesting <= Self.depthLimit ? scope : nil
  }

  // MARK: - Constants

  mutating func stringIndex(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    if let index = stringIndexes[bytes] { return index }
    let index = Int32(truncatingIfNeeded: strings.count)
    strings.append(text)
    stringIndexes[bytes] = index
    return index
  }

  mutating func setIndex(_ set: [String]) -> Int32 {
    let bytes = set.map { Array($0.utf8) }
    if let index = setIndexes[bytes] { return index }
    let index = Int32(truncatingIfNeeded: sets.count)
    sets.append(set)
    setIndexes[bytes] = index
    return index
  }

  mutating func numberRange(_ list: [Int64]) -> Int32 {
    defer { numbers += list }
    return Int32(truncatingIfNeeded: numbers.count)
  }

  /// Where some strings begin, one after the other.
  mutating func stringRange(_ texts: [String]) -> Int32 {
    defer { strings += texts }
    return Int32(truncatingIfNeeded: strings.count)
  }

  /// Where the names of an enumeration's cases begin, one after the other.
  mutating func caseNames(of enumeration: Int) -> Int32 {
    if let start = caseNames[enumeration] { return start }
    let start = stringRange(schema.enumerations[enumeration].cases)
    caseNames[enumeration] = start
    return start
  }

  // MARK: - Names

  func typeIndex(_ name: String) -> Int? { typeIndexes[name] }
  func enumerationIndex(_ name: String) -> Int? { enumerationIndexes[name] }

  /// The position of a case in an enumeration; -1 for what is none, which equals no case.
  func position(of name: String, in enumeration: Int) -> Int64 {
    let position = schema.enumerations[enumeration].cases.firstIndex {
      $0.utf8.elementsEqual(name.utf8)
    }
    return Int64(position ?? -1)
  }

  /// The value that an expression has whatever the document says.
  func constant(_ expression: CheckedExpression, in scope: Scope) -> CELValue? {
    switch expression.kind {
    case .constant(let value): return value
    case .local(let depth, _):
      guard scope.locals.indices.contains(depth), case .constant(let value) = scope.locals[depth]
      else { return nil }
      return value
    case .global(let slot, _):
      return scope.globals.indices.contains(slot) ? scope.globals[slot] : nil
    case .list(let elements):
      var values: [CELValue] = []
      for element in elements {
        guard !element.isOptional, let value = constant(element.value, in: scope) else {
          return nil
        }
        values.append(value)
      }
      return .list(values)
    default: return nil
    }
  }

  // MARK: - Terms

  /// The definition of a term as a node that `compile` makes, and only once.
  mutating func definition(
    of field: FieldReference, _ scope: Scope,
    _ compile: (inout PlanCompiler, CheckedExpression, Scope) -> Int32?
  ) -> Int32? {
    if let known = terms[field] {
      if trimmedTerms.contains(field) { leftOut += 1 }
      return known
    }
    let before = leftOut
    guard let type = typeIndex(field.typeName), let definition = evaluator.derivedFields[field],
      var inner = deeper(scope)
    else { return nil }
    inner.locals = [.row(type: type)]
    let node = compile(&self, definition, inner)
    terms[field] = .some(node)
    if leftOut > before { trimmedTerms.insert(field) }
    return node
  }

  /// Forgets the definitions compiled so far: what follows sees other values of the variables.
  mutating func forgetTerms() { terms.removeAll() }

  /// A node that reads a term, whose definition `compile` makes.
  mutating func term(
    _ operand: CheckedExpression, _ field: FieldReference, _ scope: Scope,
    _ compile: (inout PlanCompiler, CheckedExpression, Scope) -> Int32?
  ) -> Int32? {
    guard let object = object(operand, scope) else { return nil }
    let body = definition(of: field, scope, compile)
    return add(
      .term, object, body, Int32(truncatingIfNeeded: scope.locals.count), parts: [object, body])
  }

  /// A node that reads a fact of an object.
  mutating func fact(
    _ operation: PlanNode.Operation, _ operand: CheckedExpression, _ field: FieldReference,
    _ scope: Scope
  ) -> Int32? {
    guard let type = typeIndex(field.typeName),
      schema.objectTypes[type].facts.indices.contains(field.index),
      let object = object(operand, scope)
    else { return nil }
    let slot = layout.rows[type].offsets[field.index]
    return add(
      operation, object, Int32(truncatingIfNeeded: slot), Int32(truncatingIfNeeded: field.index),
      parts: [object])
  }

  /// The type of a fact; nil for terms.
  func factType(_ field: FieldReference) -> FactSchema.ValueType? {
    guard let type = typeIndex(field.typeName),
      schema.objectTypes[type].facts.indices.contains(field.index)
    else { return nil }
    return schema.objectTypes[type].facts[field.index].type
  }
}
