import CEL
import Diagnostics
import YAML

/// Reads what a change does to facts of other things, under `alsoSets`.
struct EffectLoader {
  let types: [TypeDeclaration]
  let scope: ExpressionScope
  /// The index of the type of the changed fact's owner.
  let owner: Int

  /// The effects in a node: a list of them, or one.
  func load(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> [FactChanges.Effect] {
    let items = if case .sequence(let items) = node.content { items } else { [node] }
    return items.compactMap { loadOne($0, into: &diagnostics) }
  }

  private func loadOne(
    _ node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> FactChanges.Effect? {
    guard
      let reader = MappingReader(
        node, what: "'alsoSets'", keys: PolicyKeys.effect, into: &diagnostics)
    else { return nil }
    let each = reader.requiredNode("each", into: &diagnostics).flatMap {
      check($0, "'each'", aboutType: owner, expecting: nil, into: &diagnostics)
    }
    let factNode = reader.requiredNode("fact", into: &diagnostics)
    let valueNode = reader.requiredNode("to", into: &diagnostics)
    guard let each, let factNode, let valueNode else { return nil }
    guard case .object(let name) = each.type.elementOrSelf,
      let type = types.firstIndex(where: { $0.name == name })
    else {
      // What was wrong in it has been said.
      if case .error = each.type.elementOrSelf { return nil }
      diagnostics.append(.effectOnNoObject(each.type.description, at: each.range))
      return nil
    }
    guard let factName = MappingReader.text(of: factNode, what: "'fact'", into: &diagnostics)
    else { return nil }
    guard let fact = types[type].facts.firstIndex(where: { $0.name == factName }) else {
      diagnostics.append(
        .effectOnUnknownFact(
          factName, of: name, known: types[type].facts.map(\.name), at: factNode.range))
      return nil
    }
    let when = reader.optionalNode("when", into: &diagnostics).flatMap {
      ConditionLoader(scope: scope, locals: scope.locals(ofType: type)).load(
        $0, what: "'when'", into: &diagnostics)
    }
    let expected = types[type].facts[fact].expressionType
    return check(valueNode, "'to'", aboutType: type, expecting: expected, into: &diagnostics).map {
      FactChanges.Effect(each: each, type: type, fact: fact, when: when, value: $0)
    }
  }

  private func check(
    _ node: YAMLNode, _ what: String, aboutType type: Int, expecting expected: CELType?,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    ExpressionScope.text(of: node, what: what, into: &diagnostics).map {
      scope.check(
        $0, locals: scope.locals(ofType: type), expecting: expected, into: &diagnostics)
    }
  }
}

extension Diagnostic {
  static func effectOnNoObject(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "'each' must be an object or a list of objects, and this is \(type)",
      at: range)
  }

  static func effectOnUnknownFact(
    _ name: String, of type: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownFact, "'\(name)' is not a fact of \(type)", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "the facts are"))
  }
}
