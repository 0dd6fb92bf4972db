import Diagnostics
import YAML

extension PolicyLoader {
  mutating func loadDecisions(
    vocabulary: Vocabulary, routes: [SubjectRoutes], scope: ExpressionScope
  ) -> [Decision] {
    let giving = GivingLoader(scope: scope, enumerations: vocabulary.enumerations)
    let indexes = declarations.decisions.map(\.name).positions
    let decisions = declarations.decisions.map { declaration in
      loadDecision(
        declaration, indexes: indexes, vocabulary: vocabulary, routes: routes, giving: giving)
    }
    reportCircles(in: decisions)
    return decisions
  }

  private mutating func loadDecision(
    _ declaration: Declarations.Named, indexes: [String: Int], vocabulary: Vocabulary,
    routes: [SubjectRoutes], giving: GivingLoader
  ) -> Decision {
    let name = declaration.name
    if !RuleID.isValid(name) {
      diagnostics.append(.invalidID(name, what: "a decision", at: declaration.key))
    }
    let reader = MappingReader(
      declaration.node, what: "decision '\(name)'", keys: PolicyKeys.decision, into: &diagnostics)
    var words = (pass: "pass", fail: "fail")
    if let node = reader?.optionalNode("verdicts", into: &diagnostics),
      let verdicts = MappingReader(
        node, what: "'verdicts'", keys: PolicyKeys.verdicts, into: &diagnostics)
    {
      words.pass = verdicts.optionalText("pass", into: &diagnostics) ?? words.pass
      words.fail = verdicts.optionalText("fail", into: &diagnostics) ?? words.fail
    }
    var needs: [Int] = []
    for (need, range) in reader?.texts("needs", into: &diagnostics) ?? [] {
      if let index = indexes[need] {
        needs.append(index)
      } else {
        diagnostics.append(
          .unknownDecision(need, known: declarations.decisions.map(\.name), at: range))
      }
    }
    var subjectType = vocabulary.documentType
    if let node = reader?.requiredNode("about", into: &diagnostics) {
      subjectType = subject(node, vocabulary: vocabulary, routes: routes) ?? subjectType
    }
    let value = reader.flatMap {
      giving.load($0, decision: name, about: subjectType, into: &diagnostics)
    }
    givings.append(value)
    return Decision(
      name: name, title: reader?.optionalText("title", into: &diagnostics) ?? name,
      subjectType: subjectType, passWord: words.pass, failWord: words.fail, needs: needs,
      isOnRequest: reader?.flag("onRequest", into: &diagnostics) ?? false,
      hasWrongValue: value == nil && reader?.has("gives") ?? false, givenType: value?.type,
      range: declaration.key)
  }

  private mutating func subject(
    _ node: YAMLNode, vocabulary: Vocabulary, routes: [SubjectRoutes]
  ) -> Int? {
    guard let name = MappingReader.text(of: node, what: "'about'", into: &diagnostics) else {
      return nil
    }
    return vocabulary.subjectType(named: name, routes: routes, at: node.range, into: &diagnostics)
  }

  /// Reports the circles of needs, each at the decision of it that stands first.
  private mutating func reportCircles(in decisions: [Decision]) {
    let circles = Circles.find(count: decisions.count, work: &work) { decisions[$0].needs }
    diagnostics += circles.map { circle in
      .circular(
        "what decisions need", (circle + circle.prefix(1)).map { decisions[$0].name },
        at: decisions[circle[0]].range)
    }
  }
}

/// The rule for ids of rules and decisions, which stand in reports, file names and command lines.
package enum RuleID {
  /// Whether a text is lower-case letters, digits and single hyphens between them.
  package static func isValid(_ id: String) -> Bool {
    let parts = id.split(separator: "-", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
  }
}

extension Vocabulary {
  /// The index of a type that can be decided about; nil, with a diagnostic, when there is none.
  func subjectType(
    named name: String, routes: [SubjectRoutes], at range: SourceRange,
    into diagnostics: inout [Diagnostic]
  ) -> Int? {
    let reachable = types.indices.filter { !routes[$0].routes.isEmpty }
    if let index = reachable.first(where: { types[$0].name == name }) {
      if routes[index].isIncomplete { diagnostics.append(.containsItself(name, at: range)) }
      return index
    }
    diagnostics.append(
      types.contains { $0.name == name }
        ? .typeOutOfReach(name, document: documentName, at: range)
        : .unknownType(name, known: reachable.map { types[$0].name }, at: range))
    return nil
  }
}
