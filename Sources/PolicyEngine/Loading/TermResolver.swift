import CEL
import Diagnostics

/// The terms of all types with their definitions, and the scope in which they are known.
struct ResolvedTerms {
  var scope: ExpressionScope
  /// The terms of each type, by its index.
  var terms: [[VocabularyType.Term]]
  /// The definitions, for the evaluator.
  var definitions: [FieldReference: CheckedExpression]
}

/// Finds the types of terms, which come from their definitions, which may use other terms.
///
/// A term is checked once the terms that it uses are known. Which ones it uses shows only when it is
/// checked, since a name may be a term of several types; so it is tried, and put off when it turns out
/// to use a term that is not known yet. When nothing more can be resolved, what is left is circular.
struct TermResolver {
  /// A term that is not resolved yet.
  private struct Pending {
    let field: FieldReference
    let typeIndex: Int
    let declaration: TypeDeclaration.Term
    var uses: Set<FieldReference> = []
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
    var isProgressing = true
    while isProgressing, !pending.isEmpty {
      isProgressing = false
      var putOff: [Pending] = []
      for var term in pending {
        guard term.uses.allSatisfy({ definitions[$0] != nil }) else {
          putOff.append(term)
          continue
        }
        var found: [Diagnostic] = []
        let checked = scope.checker.check(
          term.declaration.expression, locals: scope.locals(ofType: term.typeIndex), into: &found)
        let unknown = checked.derivedFields.filter { definitions[$0] == nil }
        if unknown.isEmpty {
          diagnostics += found
          let definition = bounded(checked, of: term.declaration, into: &diagnostics)
          depths[term.field] = checked.evaluationDepth(depths)
          definitions[term.field] = definition
          scope.setType(definition.type, of: term.field)
        } else {
          term.uses.formUnion(unknown)
          putOff.append(term)
        }
        isProgressing = isProgressing || unknown.isEmpty || !unknown.isSubset(of: term.uses)
      }
      isProgressing = isProgressing || putOff.count < pending.count
      pending = putOff
    }
    reportCircles(among: pending, into: &diagnostics)
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
    return ResolvedTerms(scope: scope, terms: terms, definitions: definitions)
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
  private func reportCircles(among pending: [Pending], into diagnostics: inout [Diagnostic]) {
    let indexes = Dictionary(uniqueKeysWithValues: zip(pending.map(\.field), pending.indices))
    let uses = pending.map { $0.uses.compactMap { indexes[$0] }.sorted() }
    for circle in Circles.find(count: pending.count, dependencies: { uses[$0] }) {
      let names = (circle + circle.prefix(1)).map {
        "\(pending[$0].field.typeName).\(pending[$0].field.name)"
      }
      diagnostics.append(
        .circular(
          "the definition of a term", names, at: pending[circle[0]].declaration.range))
    }
  }
}
