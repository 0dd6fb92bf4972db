import CEL
import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing
import YAML

/// The policies and example sessions of this package, as tests use them.
enum ShippedPolicies {
  /// The date that tests decide for.
  static let today = CivilDate(year: 2026, month: 11, day: 23)

  /// The policy set.
  static func load() throws -> PolicySet {
    let result = PolicySet.load(directory: packageRoot.appending(path: "policies").path)
    return try #require(result.policies, "\(result.diagnostics)")
  }

  /// The policies' vocabulary and decisions with other rules.
  static func load(rules: String) throws -> PolicySet {
    let sources = try ["vocabulary.yaml", "decisions.yaml"].map { name in
      let file = packageRoot.appending(path: "policies").appending(path: name)
      return Source(name: name, text: try String(contentsOf: file, encoding: .utf8))
    }
    // Every decision needs a rule that could fail it.
    let filler = """
      rules:
        - rule: filler
          title: Always satisfied
          about: Session
          decides: [start, qualifiers, attendance, assign-work-order, tag]
          require: "true"
      """
    let result = PolicySet.load(
      sources + [
        Source(name: "rules.yaml", text: rules), Source(name: "filler.yaml", text: filler),
      ])
    return try #require(result.policies, "\(result.diagnostics.map(\.message))")
  }

  /// The example sessions that are without mistakes.
  static func examples(_ policies: PolicySet) throws -> [FactDocument] {
    let folder = packageRoot.appending(path: "Examples/sessions")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    var documents: [FactDocument] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      guard ["yaml", "json", "ndjson"].contains(file.pathExtension) else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      let isStream = file.pathExtension == "ndjson"
      for part in isStream ? text.split(separator: "\n").map(String.init) : [text] {
        let source = Source(name: file.lastPathComponent, text: part)
        var diagnostics: [Diagnostic] = []
        if file.pathExtension == "yaml" {
          documents += YAMLReader.read(source, into: &diagnostics).compactMap {
            FactDocument.read(
              yaml: $0, schema: policies.vocabulary.schema, into: &diagnostics)
          }
        } else if let document = FactDocument.read(
          json: source, schema: policies.vocabulary.schema, into: &diagnostics)
        {
          documents.append(document)
        }
      }
    }
    try #require(documents.count > 30, "the examples were not found")
    return documents
  }

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
}
