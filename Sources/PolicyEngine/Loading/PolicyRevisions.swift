import CEL
package import Diagnostics
import YAML

/// A policy set whose variants are made by rewriting one declaration, without reading the rest again.
///
/// What a rewritten declaration may speak of is what the whole files established; only the declaration
/// itself is parsed and checked, which takes a hundredth of the time of loading all. Places in a variant's
/// rewritten part are those in a text of their own.
package struct PolicyRevisions: Sendable {
  /// A piece of a text to be replaced.
  package typealias Edit = (range: SourceRange, text: String)

  /// The result of rewriting.
  package enum Revision: Sendable {
    case policies(PolicySet)
    /// It has an error.
    case refused
    /// What else says something of the declaration would have to be read again.
    case concernsOthers
  }

  /// The policy set as the files have it.
  package let policies: PolicySet
  private let loader: RuleLoader
  private let rules: [Declarations.TopicRule]
  private let parameters: [Declarations.Named]
  private let types: [Declarations.Named]
  /// Whether an expression may read parameters as of another day: then it has all their values in it.
  private let readsAsOf: Bool

  /// The policy set of files; nil when they have an error.
  package init?(_ sources: [Source]) {
    var loader = PolicyLoader()
    guard let policies = loader.load(sources), !loader.diagnostics.hasErrors,
      let ruleLoader = loader.ruleLoader
    else { return nil }
    self.policies = policies
    self.loader = ruleLoader
    // Those that grant or give are no rules of the set: it has what they make of their decisions.
    rules = loader.declarations.rules.filter {
      $0.node["grants"] == nil && $0.node["gives"] == nil
    }
    parameters = loader.declarations.parameters
    types = loader.declarations.types
    readsAsOf = sources.contains { $0.text(in: 0..<$0.bytes.count).contains(".on") }
  }

  /// The policy set with a rule rewritten.
  package func rewritingRule(_ index: Int, _ edit: Edit) -> Revision {
    guard isAlone(index) else { return .concernsOthers }
    let declaration = rules[index]
    var checker = PolicyLoader()
    guard let node = declaration.node.rewritten(by: edit, into: &checker.diagnostics) else {
      return .refused
    }
    let loaded = loader.load(
      [.init(topic: declaration.topic, node: node)], into: &checker.diagnostics)
    guard let rule = loaded.first?.required else { return .refused }
    checker.reportCosts(
      of: [rule], vocabulary: policies.vocabulary, terms: policies.evaluator.derivedFields)
    var variant = policies
    variant.rules[index] = rule
    checker.reportNothingToFail(variant.decisions, variant.rules)
    return checker.diagnostics.hasErrors ? .refused : .policies(variant)
  }

  /// The policy set without a rule.
  package func removingRule(_ index: Int) -> Revision {
    guard isAlone(index) else { return .concernsOthers }
    var variant = policies
    variant.rules.remove(at: index)
    var checker = PolicyLoader()
    checker.reportNothingToFail(variant.decisions, variant.rules)
    return checker.diagnostics.hasErrors ? .refused : .policies(variant)
  }

  /// Whether a file says the rule as it is, without exceptions that stand elsewhere.
  private func isAlone(_ index: Int) -> Bool {
    policies.rules[index].isDeclared && policies.rules[index].exceptions.isEmpty
  }

  /// The policy set with the definition of a term rewritten.
  package func rewritingTerm(type: Int, term: Int, _ edit: Edit) -> Revision {
    let original = policies.vocabulary.types[type].terms[term]
    var checker = PolicyLoader()
    guard !types[type].isMerged, let section = types[type].node["terms"] else {
      return .concernsOthers
    }
    guard let node = section.rewritten(by: edit, into: &checker.diagnostics),
      let entry = node.entries?.first(where: { $0.key.scalar?.text == original.name }),
      let declaration = checker.loadTerm(original.name, entry, facts: [:])
    else { return .refused }
    let definition = loader.scope.checker.check(
      declaration.expression, locals: loader.scope.locals(ofType: type), into: &checker.diagnostics)
    guard !checker.diagnostics.hasErrors else { return .refused }
    guard definition.type == original.definition.type,
      definition.readsNoMore(than: original.definition)
    else { return .concernsOthers }
    var variant = policies
    variant.vocabulary.types[type].terms[term] = VocabularyType.Term(
      name: original.name, label: original.label, definition: definition, range: original.range)
    var definitions = policies.evaluator.derivedFields
    let facts = policies.vocabulary.types[type].facts.count
    definitions[
      FieldReference(typeName: types[type].name, index: facts + term, name: original.name)] =
      definition
    variant.evaluator = Evaluator(derivedFields: definitions, budget: CostLimits.steps)
    checker.reportCosts(of: variant.rules, vocabulary: variant.vocabulary, terms: definitions)
    return checker.diagnostics.hasErrors ? .refused : .policies(variant)
  }

  /// The policy set with a parameter's values rewritten.
  package func rewritingParameter(_ index: Int, _ edit: Edit) -> Revision {
    let declaration = parameters[index]
    guard !declaration.isMerged, !readsAsOf,
      !policies.vocabulary.parameters[index].type.holdsRecords
    else { return .concernsOthers }
    var loader = PolicyLoader()
    guard let node = declaration.node.rewritten(by: edit, into: &loader.diagnostics) else {
      return .refused
    }
    loader.declarations.parameters = [
      .init(name: declaration.name, key: declaration.key, node: node)
    ]
    let loaded = loader.loadParameters(
      types: [], enumerations: policies.vocabulary.enumerations)
    guard let parameter = loaded.first, !loader.diagnostics.hasErrors else { return .refused }
    var variant = policies
    variant.vocabulary.parameters[index] = parameter
    return .policies(variant)
  }
}

extension YAMLNode {
  /// The node in a text of its own with a piece replaced; nil when that is no longer one node.
  fileprivate func rewritten(
    by edit: PolicyRevisions.Edit, into diagnostics: inout [Diagnostic]
  ) -> YAMLNode? {
    let (own, edited) = (range.bytes, edit.range.bytes)
    guard edit.range.source == range.source, own.lowerBound <= edited.lowerBound,
      edited.upperBound <= own.upperBound
    else { return nil }
    let bytes = range.source.bytes
    // The first line is indented like those that follow it.
    let text =
      Array(repeating: UInt8(ascii: " "), count: range.start.column - 1)
      + bytes[own.lowerBound..<edited.lowerBound] + edit.text.utf8
      + bytes[edited.upperBound..<own.upperBound]
    let nodes = YAMLReader.read(
      Source(name: range.source.name, bytes: text), limits: PolicyFiles.limits, into: &diagnostics)
    return nodes.count == 1 && !diagnostics.hasErrors ? nodes.first : nil
  }
}

extension CheckedExpression {
  /// Whether it reads only what another one reads, and the decision asked for just as that one does.
  fileprivate func readsNoMore(than other: CheckedExpression) -> Bool {
    let (own, others) = (globals, other.globals)
    return derivedFields.isSubset(of: other.derivedFields) && own.isSubset(of: others)
      && own.contains(GlobalSlot.decision) == others.contains(GlobalSlot.decision)
  }

  private var globals: Set<Int> {
    var slots = children.reduce(into: Set<Int>()) { $0.formUnion($1.globals) }
    if case .global(let slot, _) = kind { slots.insert(slot) }
    return slots
  }
}
