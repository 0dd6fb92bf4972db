import CEL
import Diagnostics

/// The terms of all types with their definitions, and the scope in which they are known.
struct ResolvedTerms {
  var scope: ExpressionScope
  /// The terms of each type, by its index.
  var terms: [[VocabularyType.Term]]
  /// The definitions, for the evaluator.
  var definitions: [FieldReference: CheckedExpression]
  /// How many definitions were checked, some of them more than once, and gone through for circles.
  var work = 0
}

/// Finds the types of terms, which come from their definitions, which may use other terms.
///
/// A term is checked once the terms that it uses are known. Which ones it uses shows only when it is
/// checked, since a name may be a term of several types; so it is tried, and waits when it turns out to
/// use terms that are not known yet. When nothing more can be resolved, what is left is circular.
struct TermResolver {
  /// A term that is not resolved yet.
  private struct Pending {
    let field: FieldReference
    let typeIndex: Int
    let declaration: TypeDeclaration.Term
    /// The terms that it was found to use and that were not known then.
    var uses: Set<FieldReference> = []
    /// How many of these are still not known.
    var missing = 0
  }

  private var scope: ExpressionScope
  /// How deep the evaluation of each term goes that is known.
  private var depths: [FieldReference: Int] = [:]
  private let types: [TypeDeclaration]

  init(scope: ExpressionScope, types: [TypeDeclaration]) {
    self.scope = scope
    self.types = types
  }

  consuming func resolve(into diagnostics: inout [Diagnostic]) -> ResolvedTerms {
    var pending = types.enumerated().flatMap { index, type in
      type.terms.enumerated().map { position, term in
        Pending(
          field: FieldReference(
            typeName: type.name, index: type.facts.count + position, name: term.name),
          typeIndex: index, declaration: term)
      }
    }
    var definitions: [FieldReference: CheckedExpression] = [:]
    // The terms that can be tried, in the order of the files and then as those are known that they wait for.
    var open = Array(pending.indices)
    var next = 0
    var work = 0
    var waiting: [FieldReference: [Int]] = [:]
    while next < open.count {
      let index = open[next]
      next += 1
      work += 1
      let term = pending[index]
      var found: [Diagnostic] = []
      let checked = scope.checker.check(
        term.declaration.expression, locals: scope.locals(ofType: term.typeIndex), into: &found)
      let unknown = checked.derivedFields.filter { definitions[$0] == nil }
      guard unknown.isEmpty else {
        pending[index].uses.formUnion(unknown)
        pending[index].missing = unknown.count
        for field in unknown { waiting[field, default: []].append(index) }
        continue
      }
      diagnostics += found
      let definition = bounded(checked, of: term.declaration, into: &diagnostics)
      depths[term.field] = checked.evaluationDepth(depths)
      definitions[term.field] = definition
      scope.setType(definition.type, of: term.field)
      for waiter in waiting.removeValue(forKey: term.field) ?? [] {
        pending[waiter].missing -= 1
        if pending[waiter].missing == 0 { open.append(waiter) }
      }
    }
    pending.removeAll { definitions[$0.field] != nil }
    reportCircles(among: pending, work: &work, into: &diagnostics)
    let terms = types.enumerated().map { typeIndex, type in
      type.terms.enumerated().compactMap { position, term in
        let field = FieldReference(
          typeName: type.name, index: type.facts.count + position, name: term.name)
        return definitions[field].map {
          VocabularyType.Term(
            name: term.name, label: term.label, definition: $0, range: term.range)
        }
      }
    }
    return ResolvedTerms(scope: scope, terms: terms, definitions: definitions, work: work)
  }

  /// A definition; a mistake instead of one that goes so deep, through other terms, that rules which read
  /// it could never be decided.
  private func bounded(
    _ definition: CheckedExpression, of term: TypeDeclaration.Term,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression {
    // Whoever reads it goes a level deeper still.
    let depth = definition.evaluationDepth(depths)
    guard depth >= CostLimits.depth else { return definition }
    // One that reads a term which is too deep is so for that one's sake.
    let readsTooDeep = definition.derivedFields.contains { (depths[$0] ?? 0) >= CostLimits.depth }
    if !readsTooDeep {
      diagnostics.append(
        .tooDeep("the term '\(term.name)'", limit: CostLimits.depth, at: term.range))
    }
    return CheckedExpression(kind: .error, type: .error, range: definition.range)
  }

  /// Reports the circles among terms, each at the term of it that stands first.
  private func reportCircles(
    among pending: [Pending], work: inout Int, into diagnostics: inout [Diagnostic]
  ) {
    let indexes = Dictionary(uniqueKeysWithValues: zip(pending.map(\.field), pending.indices))
    let uses = pending.map { $0.uses.compactMap { indexes[$0] }.sorted() }
    for circle in Circles.find(
      count: pending.count, work: &work, dependencies: { uses[$0] })
    {
      let names = (circle + circle.prefix(1)).map {
        "\(pending[$0].field.typeName).\(pending[$0].field.name)"
      }
      diagnostics.append(
        .circular(
          "the definition of a term", names, at: pending[circle[0]].declaration.range))
    }
  }
}
