import CEL
import Diagnostics
import PolicyEngine

/// What the conditions of a policy set compare each fact with: the values that could make a difference.
///
/// Told from the expressions alone, once: for `session.school in session.tutor.approvedSchools` the
/// approved schools are comparands of the school, and the other way round. It is a little generous, since
/// every value is tried before it is shown, and one too many only costs a trial.
struct Comparands: Sendable {
  /// Where values come from that a fact is compared with.
  enum Origin: Sendable {
    /// Another fact of the document.
    case fact(FactID)
    /// A literal.
    case value(CELValue)
    /// The value in force of a parameter, by its position.
    case parameter(Int)
    /// What an expression about a type comes to.
    case computed(CheckedExpression, type: Int)
  }

  /// The comparands of each fact.
  private(set) var origins: [FactID: [Origin]] = [:]

  init(_ policies: PolicySet) {
    var collector = ComparandCollector(vocabulary: policies.vocabulary)
    for rule in policies.rules {
      for expression in rule.outcomeExpressions {
        collector.collect(expression, aboutType: rule.subjectType)
      }
    }
    for (index, type) in policies.vocabulary.types.enumerated() {
      for term in type.terms { collector.collect(term.definition, aboutType: index) }
    }
    origins = collector.origins.mapValues { $0.withoutRepeats() }
  }
}

/// Walks expressions and links what stands on both sides of each comparison.
private struct ComparandCollector {
  let vocabulary: Vocabulary
  var origins: [FactID: [Comparands.Origin]] = [:]
  /// The type that the expression is about.
  private var type = 0
  /// What the variables of comprehensions range over, by depth; the subject is at depth 0.
  private var frame: [[Comparands.Origin]] = [[]]
  private var sourcesOfTerms: [FieldReference: [Comparands.Origin]] = [:]

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  mutating func collect(_ expression: CheckedExpression, aboutType type: Int) {
    self.type = type
    frame = [[]]
    visit(expression)
  }

  private mutating func visit(_ expression: CheckedExpression) {
    switch expression.kind {
    case .comprehension(let comprehension):
      visit(comprehension.range)
      if let start = comprehension.start { visit(start) }
      let elements = sources(of: comprehension.range)
      let depth = frame.count
      frame += comprehension.variables.map { _ in elements }
      for part in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
        visit(part)
      }
      frame.removeSubrange(depth...)
    case .bind(_, _, let value, let body), .optionalMap(let value, _, _, let body, _):
      visit(value)
      frame.append(sources(of: value).withoutRepeats())
      visit(body)
      frame.removeLast()
    case .call(let name, _, let arguments):
      arguments.forEach { visit($0) }
      if expression.type == .bool || name == "_[_]" { link(arguments.map { sources(of: $0) }) }
    default:
      expression.children.forEach { visit($0) }
    }
  }

  /// Makes what each side comes from comparands of the facts on the others.
  private mutating func link(_ sides: [[Comparands.Origin]]) {
    for (index, side) in sides.enumerated() {
      let others = sides.enumerated().filter { $0.offset != index }.flatMap(\.element)
      for case .fact(let fact) in side { origins[fact, default: []] += others }
    }
  }

  /// What the value of an expression comes from.
  private mutating func sources(of expression: CheckedExpression) -> [Comparands.Origin] {
    switch expression.kind {
    case .constant(let value): return [.value(value)]
    case .global(let slot, _):
      let parameter = slot - GlobalSlot.firstParameter
      return vocabulary.parameters.indices.contains(parameter)
        ? [.parameter(parameter)] : [.computed(expression, type: type)]
    case .local(let depth, _): return frame.indices.contains(depth) ? frame[depth] : []
    case .field(_, let field), .optionalField(_, let field):
      guard let owner = vocabulary.types.firstIndex(where: { $0.name == field.typeName }) else {
        return []
      }
      return [.fact(FactID(type: owner, fact: field.index))]
    case .derived(_, let field):
      guard let type = vocabulary.type(named: field.typeName),
        type.terms.indices.contains(field.index - type.facts.count)
      else { return [] }
      return sources(ofTerm: field, type.terms[field.index - type.facts.count].definition)
        + computed(expression)
    case .conditional(_, let then, let otherwise): return sources(of: then) + sources(of: otherwise)
    case .list(let elements): return elements.flatMap { sources(of: $0.value) }
    case .call(_, _, let arguments) where expression.type != .bool:
      return arguments.flatMap { sources(of: $0) }.filter { !$0.isComputed } + computed(expression)
    case .bind(_, _, _, let body), .optionalMap(_, _, _, let body, _): return sources(of: body)
    default: return []
    }
  }

  /// What the value of a term comes from: worked out once, however many terms read it.
  private mutating func sources(
    ofTerm field: FieldReference, _ definition: CheckedExpression
  ) -> [Comparands.Origin] {
    if let known = sourcesOfTerms[field] { return known }
    let outer = frame
    frame = [[]]
    let found = sources(of: definition).filter { !$0.isComputed }.withoutRepeats()
    frame = outer
    sourcesOfTerms[field] = found
    return found
  }

  /// The expression's own value, where no comprehension's variable stands in it.
  private func computed(_ expression: CheckedExpression) -> [Comparands.Origin] {
    expression.readsInnerVariables ? [] : [.computed(expression, type: type)]
  }
}

extension Comparands.Origin {
  fileprivate var isComputed: Bool { if case .computed = self { true } else { false } }
}

extension [Comparands.Origin] {
  /// The origins, each once.
  fileprivate func withoutRepeats() -> [Comparands.Origin] {
    var seen: Set<String> = []
    return filter { seen.insert($0.key).inserted }
  }
}

extension Comparands.Origin {
  /// A text that origins share only if they give the same values.
  fileprivate var key: String {
    switch self {
    case .fact(let id): "fact \(id.type).\(id.fact)"
    case .value(let value): "value \(value.type) \(ValueLiteral.text(of: value))"
    case .parameter(let index): "parameter \(index)"
    case .computed(let expression, let type):
      "computed \(type) \(expression.range.source.name) \(expression.range.bytes)"
    }
  }
}

extension CheckedExpression {
  fileprivate var readsInnerVariables: Bool {
    if case .local(let depth, _) = kind { return depth > 0 }
    return children.contains(where: \.readsInnerVariables)
  }
}
