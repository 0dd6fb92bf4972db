import CEL
import Diagnostics
import PolicyEngine

/// Turns conditions into formulas, for one period: parameters stand for the values that they have then.
struct FormulaBuilder {
  /// What is the same for all conditions of a policy set.
  final class Words {
    let policies: PolicySet
    let cases: [String: [String]]
    let optionalFields: Set<FieldReference>

    init(_ policies: PolicySet) {
      self.policies = policies
      cases = Dictionary(
        policies.vocabulary.enumerations.map { ($0.name, $0.cases.map(\.value)) }
      ) { first, _ in first }
      optionalFields = Set(
        policies.vocabulary.types.flatMap { type in
          type.facts.enumerated().filter(\.element.isOptional).map {
            FieldReference(typeName: type.name, index: $0.offset, name: $0.element.name)
          }
        })
    }
  }

  private let words: Words
  private var policies: PolicySet { words.policies }
  private let period: Period
  /// The names of the decisions that the rule is evaluated for.
  private let decisions: [String]
  /// How many more nodes are followed; then what is left is only text, so that terms of terms of terms
  /// take no exponential time.
  private var budget = FormulaBuilder.limit
  private static let limit = 20_000
  /// How many nodes were followed.
  var work: Int { Self.limit - budget }
  /// How many nodes deep the one at hand lies, through the definitions of terms.
  private var depth = 0
  /// How many bytes the key of a bound value may have to stand for its variable.
  ///
  /// A longer one is written once: values bound to one another, each read twice by the next, would else double the key each time.
  private static let longestBoundKey = 200
  /// How deep nodes are followed: the stack has room for several times as many.
  private static let maximumDepth = 400

  init(_ words: Words, period: Period, decisions: [String]) {
    self.words = words
    self.period = period
    self.decisions = decisions
  }

  /// What the condition says; nil says what is always so.
  mutating func formula(of condition: Condition?, absent: Bool, ofType type: Int) -> Formula {
    guard let condition else { return .constant(absent) }
    return formula(of: condition, locals: ["$\(type)"])
  }

  private mutating func formula(of condition: Condition, locals: [String]) -> Formula {
    switch condition.kind {
    case .expression(let expression): return formula(of: expression, locals: locals)
    case .all(let parts): return .all(parts.map { formula(of: $0, locals: locals) })
    case .any(let parts): return .any(parts.map { formula(of: $0, locals: locals) })
    case .none(let parts):
      return .negation(of: .any(parts.map { formula(of: $0, locals: locals) }))
    case .anyKnown(let parts):
      // Whether something is known has no form here: only that it may be either way.
      let text = parts.map(\.range.text).joined(separator: ", ")
      return .atom(Atom(key: "known \(text) \(locals)", statement: .isTrue))
    case .gives(let given):
      // Whether there is a value has no form here: only that it may be either way.
      return .atom(
        Atom(key: "gives \(given.givers.map(\.id)) \(locals)", statement: .isTrue))
    case .inForce(let dates): return period.isWithin(dates).map { .constant($0) } ?? .undetermined
    }
  }

  /// What a Boolean expression says, where its frame holds the values of the given keys.
  mutating func formula(of node: CheckedExpression, locals: [String]) -> Formula {
    budget -= 1
    depth += 1
    defer { depth -= 1 }
    guard budget > 0, depth < Self.maximumDepth else { return statement(of: node, locals: locals) }
    if node.isClosed {
      guard !node.usesTimeZone else { return statement(of: node, locals: locals) }
      if case .bool(let value)? = constant(node) { return .constant(value) }
      return .undetermined
    }
    switch node.kind {
    case .not(let operand): return .negation(of: formula(of: operand, locals: locals))
    case .and(let left, let right):
      return .all([formula(of: left, locals: locals), formula(of: right, locals: locals)])
    case .or(let left, let right):
      return .any([formula(of: left, locals: locals), formula(of: right, locals: locals)])
    case .conditional(let condition, let then, let otherwise):
      let condition = formula(of: condition, locals: locals)
      if let value = condition.constant {
        return formula(of: value ? then : otherwise, locals: locals)
      }
      return .choice(
        condition, formula(of: then, locals: locals), formula(of: otherwise, locals: locals))
    case .derived(let operand, let field):
      guard node.type == .bool, let definition = policies.evaluator.derivedFields[field] else {
        return statement(of: node, locals: locals)
      }
      return formula(of: definition, locals: [key(of: operand, locals: locals)])
    case .bind(_, _, let value, let body):
      let value = key(of: value, locals: locals)
      guard value.utf8.count <= Self.longestBoundKey else {
        return statement(of: node, locals: locals)
      }
      return formula(of: body, locals: locals + [value])
    case .hasField(let operand, let field):
      var atom = Atom(
        key: key(of: operand, locals: locals) + "." + field.name,
        statement: .isGiven(isOptional: words.optionalFields.contains(field)))
      atom.reads = reads(of: operand, locals: locals)
      return .atom(atom)
    case .comprehension(let comprehension): return quantifier(comprehension, node, locals: locals)
    case .call(let name, _, let arguments) where arguments.count == 2:
      return comparison(name, arguments[0], arguments[1], locals: locals)
        ?? statement(of: node, locals: locals)
    default: return statement(of: node, locals: locals)
    }
  }

  /// The value of what depends on parameters alone; nil where one has none, or it fails.
  private func constant(_ node: CheckedExpression) -> CELValue? {
    let parameters = policies.vocabulary.parameters
    switch node.kind {
    case .constant(let value): return value
    case .global(let slot, _):
      let index = slot - GlobalSlot.firstParameter
      return parameters.indices.contains(index) ? period.value(of: parameters[index]) : nil
    default: break
    }
    let read = node.parameterSlots
    let none = Evaluation.error(EvaluationError("not known before a document is"))
    var globals = Array(repeating: none, count: (read.max() ?? 0) + 1)
    for slot in read {
      let value = period.value(of: parameters[slot - GlobalSlot.firstParameter])
      globals[slot] = value.map { .value($0) } ?? none
    }
    let evaluator = Evaluator(budget: 100_000)
    guard case .value(let value) = evaluator.evaluate(node, in: Activation(globals: globals)) else {
      return nil
    }
    return value
  }

  /// Only that the expression is true.
  private mutating func statement(of node: CheckedExpression, locals: [String]) -> Formula {
    .atom(
      Atom(
        key: key(of: node, locals: locals), statement: .isTrue,
        reads: reads(of: node, locals: locals)))
  }

  /// `all` and `exists`: settled where their condition is the same for every element.
  private mutating func quantifier(
    _ comprehension: CheckedExpression.Comprehension, _ node: CheckedExpression, locals: [String]
  ) -> Formula {
    guard let predicate = comprehension.predicate else {
      return statement(of: node, locals: locals)
    }
    let variables = Self.variables(comprehension.variables.count, besides: locals)
    let inner = formula(of: predicate, locals: locals + variables)
    switch (comprehension.macro, inner.constant) {
    case (.all, true?): return .constant(true)
    case (.exists, false?), (.existsOne, false?): return .constant(false)
    default: return statement(of: node, locals: locals)
    }
  }

  // MARK: Comparisons

  private mutating func comparison(
    _ name: String, _ left: CheckedExpression, _ right: CheckedExpression, locals: [String]
  ) -> Formula? {
    switch name {
    case "_==_": return equality(left, right, locals: locals)
    case "_!=_": return equality(left, right, locals: locals).map { .negation(of: $0) }
    case "@in": return membership(left, right, locals: locals)
    case "_<_": return order(left, right, orEqual: false, locals: locals)
    case "_<=_": return order(left, right, orEqual: true, locals: locals)
    case "_>_": return order(right, left, orEqual: false, locals: locals)
    case "_>=_": return order(right, left, orEqual: true, locals: locals)
    default: return nil
    }
  }

  private mutating func equality(
    _ left: CheckedExpression, _ right: CheckedExpression, locals: [String]
  ) -> Formula? {
    guard left.type.isComparable, left.type.base == right.type.base else { return nil }
    for (value, other) in [(left, right), (right, left)] where other.isClosed {
      guard !other.usesTimeZone else { return nil }
      guard let constant = constant(other) else { return .undetermined }
      if case .bool(let wanted) = constant {
        let formula = formula(of: value, locals: locals)
        return wanted ? formula : .negation(of: formula)
      }
      return atom(value, .isOneOf([Constant(constant)]), locals: locals)
    }
    guard left.type != .bool else { return nil }
    return standing(left, right, [.equal], locals: locals)
  }

  private mutating func membership(
    _ value: CheckedExpression, _ collection: CheckedExpression, locals: [String]
  ) -> Formula? {
    guard value.type.isComparable, value.type != .bool, collection.isClosed,
      !collection.usesTimeZone, collection.type.elementType?.base == value.type.base
    else { return nil }
    switch constant(collection) {
    case .list(let items)?:
      return atom(value, .isOneOf(Set(items.map { Constant($0) })), locals: locals)
    case .map(let map)?:
      return atom(value, .isOneOf(Set(map.entries.map { Constant($0.key) })), locals: locals)
    case nil: return .undetermined
    default: return nil
    }
  }

  private mutating func order(
    _ left: CheckedExpression, _ right: CheckedExpression, orEqual: Bool, locals: [String]
  ) -> Formula? {
    guard left.type.isComparable, left.type != .bool, left.type.base == right.type.base else {
      return nil
    }
    if right.isClosed, !right.usesTimeZone {
      guard let constant = constant(right).map({ Constant($0) }) else { return .undetermined }
      return atom(left, orEqual ? .isAtMost(constant) : .isLess(than: constant), locals: locals)
    }
    if left.isClosed, !left.usesTimeZone {
      guard let constant = constant(left).map({ Constant($0) }) else { return .undetermined }
      return .negation(
        of: atom(right, orEqual ? .isLess(than: constant) : .isAtMost(constant), locals: locals))
    }
    return standing(left, right, orEqual ? [.less, .equal] : [.less], locals: locals)
  }

  private mutating func atom(
    _ value: CheckedExpression, _ statement: Atom.Statement, locals: [String]
  ) -> Formula {
    .atom(
      Atom(
        key: key(of: value, locals: locals), statement: statement, domain: domain(of: value),
        reads: reads(of: value, locals: locals)))
  }

  /// The relation of two values; of one value to itself it is known where the value is.
  private mutating func standing(
    _ left: CheckedExpression, _ right: CheckedExpression, _ standings: Set<Atom.Standing>,
    locals: [String]
  ) -> Formula {
    var (first, second) = (key(of: left, locals: locals), key(of: right, locals: locals))
    var standings = standings
    if second < first {
      (first, second) = (second, first)
      standings = Set(
        standings.map { $0 == .less ? .greater : $0 == .greater ? .less : .equal })
    }
    return .atom(
      Atom(
        key: first, statement: .stands(to: second, in: standings),
        reads: reads(of: left, locals: locals).union(reads(of: right, locals: locals))))
  }

  private func domain(of node: CheckedExpression) -> ValueDomain {
    if case .global(GlobalSlot.decision, _) = node.kind { return .cases(decisions) }
    if case .call("size", _, _) = node.kind { return .whole(least: 0) }
    switch node.type {
    case .enumeration(let name): return words.cases[name].map { .cases($0) } ?? .open
    case .int, .date: return .whole(least: nil)
    default: return .open
    }
  }

  // MARK: Keys

  /// A text that two expressions share only if they always have the same value.
  mutating func key(of node: CheckedExpression, locals: [String]) -> String {
    budget -= 1
    if node.isClosed, !node.usesTimeZone, let value = constant(node) { return Constant(value).text }
    func inner(_ node: CheckedExpression) -> String { key(of: node, locals: locals) }
    switch node.kind {
    case .constant(let value): return Constant(value).text
    case .global(GlobalSlot.document, _): return "$\(policies.vocabulary.documentType)"
    case .global(_, let name): return "@" + name
    case .local(let depth, _): return locals.indices.contains(depth) ? locals[depth] : "#\(depth)"
    case .field(let operand, let field): return inner(operand) + "." + field.name
    case .derived(let operand, let field): return inner(operand) + ".~" + field.name
    case .hasField(let operand, let field): return "has(\(inner(operand)).\(field.name))"
    case .member(let operand, let name): return inner(operand) + ".'" + name
    case .hasMember(let operand, let name): return "has(\(inner(operand)).'\(name))"
    case .optionalField(let operand, let field): return inner(operand) + ".?" + field.name
    case .optionalMember(let operand, let name): return inner(operand) + ".?'" + name
    case .not(let operand): return "!(\(inner(operand)))"
    case .and(let left, let right):
      return "(" + [inner(left), inner(right)].sorted().joined(separator: " && ") + ")"
    case .or(let left, let right):
      return "(" + [inner(left), inner(right)].sorted().joined(separator: " || ") + ")"
    case .conditional(let condition, let then, let otherwise):
      return "(\(inner(condition)) ? \(inner(then)) : \(inner(otherwise)))"
    case .call(let name, let overloads, let arguments):
      let keys = arguments.map { inner($0) }
      let ordered = name == "_==_" || name == "_!=_" ? keys.sorted() : keys
      let ids = overloads.map(\.id).joined(separator: "|")
      return "\(name)[\(ids)](\(ordered.joined(separator: ", ")))"
    case .list(let elements):
      return "["
        + elements.map { ($0.isOptional ? "?" : "") + inner($0.value) }.joined(separator: ", ")
        + "]"
    case .map(let entries):
      return "{"
        + entries.map { ($0.isOptional ? "?" : "") + inner($0.key) + ": " + inner($0.value) }
        .joined(separator: ", ") + "}"
    case .comprehension(let comprehension):
      let names = Self.variables(comprehension.variables.count, besides: locals)
      let parts = [comprehension.predicate, comprehension.transform].map { part in
        part.map { key(of: $0, locals: locals + names) } ?? ""
      }
      let start = comprehension.start.map { inner($0) + ", " } ?? ""
      return "\(comprehension.macro)/\(names.count)(\(inner(comprehension.range)), \(start)"
        + parts.joined(separator: ", ") + ")"
    case .bind(_, _, let value, let body):
      let value = inner(value)
      guard value.utf8.count > Self.longestBoundKey else {
        return key(of: body, locals: locals + [value])
      }
      let name = Self.variables(1, besides: locals)
      return "bind(\(value), \(key(of: body, locals: locals + name)))"
    case .optionalMap(let operand, _, _, let body, let isFlat):
      let body = key(of: body, locals: locals + Self.variables(1, besides: locals))
      return "optMap\(isFlat)(\(inner(operand)), \(body))"
    case .unresolved(let name): return "?" + name
    case .error: return "?\(node.range.bytes)"
    }
  }

  /// Names for bound variables that no key of the frame speaks of.
  private static func variables(_ count: Int, besides locals: [String]) -> [String] {
    let used = locals.flatMap { $0.split(separator: "#").dropFirst() }
      .compactMap { Int($0.prefix { $0.isNumber }) }
    let first = (used.max() ?? 0) + 1
    return (0..<count).map { "#\(first + $0)" }
  }

  /// The keys of the optional facts that must be given for the expression to have a value.
  private mutating func reads(of node: CheckedExpression, locals: [String]) -> Set<String> {
    switch node.kind {
    case .field(let operand, let field):
      let outer = reads(of: operand, locals: locals)
      guard words.optionalFields.contains(field) else { return outer }
      return outer.union([key(of: operand, locals: locals) + "." + field.name])
    case .derived(let operand, _), .hasField(let operand, _), .member(let operand, _),
      .not(let operand):
      return reads(of: operand, locals: locals)
    case .call(_, _, let arguments):
      return arguments.reduce(into: []) { $0.formUnion(reads(of: $1, locals: locals)) }
    case .comprehension(let comprehension): return reads(of: comprehension.range, locals: locals)
    default: return []
    }
  }
}
