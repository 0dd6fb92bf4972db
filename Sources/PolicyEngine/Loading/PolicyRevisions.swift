import CEL
package import Diagnostics
import YAML

/// A policy set of which variants are made by rewriting one rule or one parameter, without reading the
/// rest again.
///
/// What a rewritten declaration may speak of is what the whole files established; only the declaration
/// itself is parsed and checked, which takes a hundredth of the time of loading all. Places in a variant's
/// rewritten part are those in a text of their own.
package struct PolicyRevisions: Sendable {
  /// A piece of a text to be replaced.
  package typealias Edit = (range: SourceRange, text: String)

  /// The policy set as the files have it.
  package let policies: PolicySet
  private let loader: RuleLoader
  private let rules: [Declarations.TopicRule]
  private let parameters: [Declarations.Named]

  /// The policy set of files; nil when they have an error.
  package init?(_ sources: [Source]) {
    var loader = PolicyLoader()
    guard let policies = loader.load(sources), !loader.diagnostics.hasErrors,
      let ruleLoader = loader.ruleLoader
    else { return nil }
    self.policies = policies
    self.loader = ruleLoader
    rules = loader.declarations.rules
    parameters = loader.declarations.parameters
  }

  /// The policy set with a rule rewritten; nil when the rule then has an error.
  ///
  /// The edit must not touch what the rule decides, nor its severity: these concern others too.
  package func rewritingRule(_ index: Int, _ edit: Edit) -> PolicySet? {
    let declaration = rules[index]
    var checker = PolicyLoader()
    guard let node = declaration.node.rewritten(by: edit, into: &checker.diagnostics) else {
      return nil
    }
    let loaded = loader.load(
      [.init(topic: declaration.topic, node: node)], into: &checker.diagnostics)
    checker.reportCosts(
      of: loaded, vocabulary: policies.vocabulary, terms: policies.evaluator.derivedFields)
    guard let rule = loaded.first, !checker.diagnostics.hasErrors else { return nil }
    var variant = policies
    variant.rules[index] = rule
    return variant
  }

  /// The policy set with a parameter's values rewritten; nil when these then have an error.
  package func rewritingParameter(_ index: Int, _ edit: Edit) -> PolicySet? {
    let declaration = parameters[index]
    var loader = PolicyLoader()
    guard let node = declaration.node.rewritten(by: edit, into: &loader.diagnostics) else {
      return nil
    }
    loader.declarations.parameters = [
      .init(name: declaration.name, key: declaration.key, node: node)
    ]
    let loaded = loader.loadParameters(
      types: [], enumerations: policies.vocabulary.enumerations)
    guard let parameter = loaded.first, !loader.diagnostics.hasErrors else { return nil }
    var variant = policies
    variant.vocabulary.parameters[index] = parameter
    return variant
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
