import Diagnostics
import Foundation
import PolicyComparison
import PolicyEngine
import TestSupport
import Testing
import YAML

/// Two policy sets of a fixture file, with whether some session tells them apart.
struct PolicyPair: Sendable, CustomTestStringConvertible {
  let file: String
  let isSame: Bool
  let old: PolicySet
  let new: PolicySet

  var testDescription: String { file }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// All pairs, in the order of their names.
  static let all: [PolicyPair] = {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "pairs").path))
      ?? []
    return names.sorted().compactMap { try? PolicyPair(file: $0) }
  }()

  /// Two policy sets that stand in no file.
  init(file: String, old: PolicySet, new: PolicySet) {
    (self.file, self.old, self.new) = (file, old, new)
    isSame = false
  }

  init(file: String) throws {
    let url = Self.folder.appending(path: "pairs/\(file)")
    var diagnostics: [Diagnostic] = []
    let source = Source(name: file, text: try String(contentsOf: url, encoding: .utf8))
    let node = try #require(YAMLReader.read(source, into: &diagnostics).first)
    let base = try String(
      contentsOf: Self.folder.appending(path: "base.yaml"), encoding: .utf8)
    func policies(_ side: String) throws -> PolicySet {
      let terms = node["\(side)Terms"]?.scalar?.text ?? ""
      let rules = try #require(node[side]?.scalar?.text)
      let result = PolicySet.load([
        Source(name: "base.yaml", text: base.replacing("# TERMS", with: terms)),
        Source(name: "\(side).yaml", text: rules),
      ])
      return try #require(
        result.policies, "\(DiagnosticRenderer(style: .plain).render(result.diagnostics))")
    }
    self.file = file
    isSame = node["expect"]?.scalar?.text == "same"
    old = try policies("old")
    new = try policies("new")
  }

  var plan: PolicyPlan {
    PolicyPlan(
      old: PolicyPlan.Side(name: "old", policies: old),
      new: PolicyPlan.Side(name: "new", policies: new))
  }
}
