import CEL
import Diagnostics
import YAML

/// In what two readings of one folder differ, as far as anything that is decided can depend on it.
///
/// Places and comments are no difference, and neither is where in the files something stands.
package struct PolicyChange: Sendable {
  /// The ids of the rules that are new, gone or changed, or read a term or parameter that is changed.
  package private(set) var rules: Set<String> = []
  /// Whether any of the terms or the values of parameters differ.
  package private(set) var hasOtherValues = false
  /// Whether anything stands elsewhere, so that what is said of places differs.
  package private(set) var hasOtherPlaces = false

  /// The difference of two policy sets without an error, by what was established as they were read; nil where
  /// more than rules, definitions of terms and values of parameters differs.
  package init?(
    from old: PolicySet, _ oldMemory: LoadingMemory, to new: PolicySet, _ newMemory: LoadingMemory
  ) {
    let before = oldMemory.declarations
    let after = newMemory.declarations
    if before.wordSources != after.wordSources {
      hasOtherPlaces = true
      guard let changed = ChangedWords(from: (old, before), to: (new, after)) else { return nil }
      if !changed.isEmpty {
        hasOtherValues = true
        for (policies, terms) in [(old, changed.terms(in: old)), (new, changed.terms(in: new))] {
          let isRead = { (expression: CheckedExpression) in
            expression.reads(through: terms) { changed.parameters.contains($0) }
          }
          let vocabulary = policies.vocabulary
          let common = [vocabulary.governingDate, vocabulary.identity, vocabulary.owner]
          guard !common.compactMap(\.self).contains(where: isRead) else { return nil }
          for rule in policies.rules where rule.allExpressions.contains(where: isRead) {
            rules.insert(rule.id)
          }
        }
      }
    }
    addRules(from: before, to: after)
  }

  /// Whether there is no difference at all.
  package var isNone: Bool { rules.isEmpty && !hasOtherValues && !hasOtherPlaces }

  private mutating func addRules(from before: Declarations, to after: Declarations) {
    var known: [String: Declarations.TopicRule] = [:]
    for rule in before.rules { known[rule.id ?? ""] = rule }
    for rule in after.rules {
      guard let other = known.removeValue(forKey: rule.id ?? "") else {
        rules.insert(rule.id ?? "")
        continue
      }
      if rule.node.range == other.node.range { continue }
      hasOtherPlaces = true
      if rule.topic != other.topic || !rule.node.says(sameAs: other.node) {
        rules.insert(rule.id ?? "")
      }
    }
    rules.formUnion(known.keys)
  }
}

extension Declarations.TopicRule {
  fileprivate var id: String? { node["rule"]?.scalar?.text }
}

/// The terms and parameters in which two vocabularies differ that are the same otherwise.
private struct ChangedWords {
  /// The slots of the parameters with other values.
  private(set) var parameters: Set<Int> = []
  /// The terms with another definition.
  private var terms: Set<FieldReference> = []

  var isEmpty: Bool { parameters.isEmpty && terms.isEmpty }

  /// Nil where more differs.
  init?(
    from old: (policies: PolicySet, declared: Declarations),
    to new: (policies: PolicySet, declared: Declarations)
  ) {
    let (before, after) = (old.declared, new.declared)
    guard before.singles.elementsEqual(after.singles, by: Self.isSame),
      before.enumerations.elementsEqual(after.enumerations, by: Self.isSame),
      before.decisions.elementsEqual(after.decisions, by: Self.isSame),
      before.types.map(\.name) == after.types.map(\.name),
      before.parameters.map(\.name) == after.parameters.map(\.name)
    else { return nil }
    for (index, (own, other)) in zip(before.parameters, after.parameters).enumerated()
    where !Self.isSame(own, other) {
      guard Self.isSame(own.node["type"], other.node["type"]) else { return nil }
      parameters.insert(GlobalSlot.firstParameter + index)
    }
    for (index, (own, other)) in zip(before.types, after.types).enumerated()
    where !Self.isSame(own, other) {
      guard Self.haveSameFacts(own.node, other.node) else { return nil }
      let type = old.policies.vocabulary.types[index]
      let types = [type, new.policies.vocabulary.types[index]].map(\.terms)
      guard types[0].map(\.name) == types[1].map(\.name) else { return nil }
      for (position, (term, changed)) in zip(types[0], types[1]).enumerated() {
        guard term.definition.type == changed.definition.type else { return nil }
        let nodes = [own, other].map { $0.node["terms"]?[term.name] }
        if Self.isSame(nodes[0], nodes[1]) { continue }
        terms.insert(
          FieldReference(
            typeName: type.name, index: type.facts.count + position, name: term.name))
      }
    }
  }

  /// The terms with another value: those with another definition, and those that read one of these, or a parameter
  /// with other values.
  func terms(in policies: PolicySet) -> Set<FieldReference> {
    var found = terms
    var isGrowing = true
    while isGrowing {
      let before = found.count
      for (field, definition) in policies.evaluator.derivedFields where !found.contains(field) {
        if definition.reads(through: found, globalWhere: parameters.contains) {
          found.insert(field)
        }
      }
      isGrowing = found.count > before
    }
    return found
  }

  private static func isSame(_ own: YAMLNode?, _ other: YAMLNode?) -> Bool {
    guard let own, let other else { return own == nil && other == nil }
    return own.says(sameAs: other)
  }

  private static func isSame(_ own: Declarations.Named, _ other: Declarations.Named) -> Bool {
    own.name == other.name && own.node.says(sameAs: other.node)
  }

  /// Whether types are the same but for the definitions of their terms.
  private static func haveSameFacts(_ own: YAMLNode, _ other: YAMLNode) -> Bool {
    let lists = [own, other].map { node in
      (node.entries ?? []).filter { !["terms", SilenceReader.key].contains($0.key.scalar?.text) }
    }
    return lists[0].elementsEqual(lists[1]) { own, other in
      own.key.says(sameAs: other.key) && own.value.says(sameAs: other.value)
    }
  }
}

extension Declarations {
  /// What stands once in a policy set.
  fileprivate var singles: [YAMLNode?] {
    [document, governedBy, timeZone, identifiedBy, belongsTo, sourceTitle, reader]
  }
}
