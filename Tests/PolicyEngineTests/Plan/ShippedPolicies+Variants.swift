import Diagnostics
import Foundation
import PolicyRendering
import TestSupport
import Testing

@testable import PolicyEngine

extension ShippedPolicies {
  /// The examples, each changed several times; those that are no longer documents are left out.
  static func changedExamples(_ policies: PolicySet, seed: Int) throws -> [FactDocument] {
    var mutator = SessionMutator(seed: UInt64(seed))
    var documents: [FactDocument] = []
    for example in try examples(policies) {
      let value = try JSONSerialization.jsonObject(with: Data(example.text))
      for _ in 1...2 {
        let changed = try JSONSerialization.data(
          withJSONObject: mutator.mutated(value), options: .sortedKeys)
        var diagnostics: [Diagnostic] = []
        let source = Source(name: "changed", bytes: Array(changed))
        if let document = FactDocument.read(
          json: source, schema: policies.vocabulary.schema, into: &diagnostics)
        {
          documents.append(document)
        }
      }
    }
    try #require(documents.count > 30)
    return documents
  }

  /// The shipped vocabulary with sixteen rules of random conditions about encounters, for `qualifiers`.
  static func loadRandomRules(seed: Int) throws -> PolicySet {
    var generator = ExpressionGenerator(seed: UInt64(seed))
    let rules = (1...16).map { number in
      """
        - rule: random-\(number)
          title: A random rule
          decides: [qualifiers]
          about: Encounter
          severity: \(number.isMultiple(of: 5) ? "warning" : "error")
          when: \(JSONValue.string(generator.condition(depth: 2)).compact)
          unless: \(JSONValue.string(generator.condition(depth: 1)).compact)
          require: \(JSONValue.string(generator.condition(depth: 4)).compact)
      """
    }
    return try load(rules: otherParameters + "rules:\n" + rules.joined(separator: "\n"))
  }
}
