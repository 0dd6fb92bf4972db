import Diagnostics
import PolicyEngine
import PolicyTesting
import YAML

/// Looks for a case that tries a rule, as `tutorpolicy mutate` does.
package enum CaseSearch {
  /// Adds a case that notices when the rule is left out, or changed; nil where none is found, or none is missing.
  package static func fix(addingCaseFor rule: String, to check: FolderCheck) -> QuickFix? {
    guard let policies = check.policies, let suite = check.suite,
      let declared = policies.rules.first(where: { $0.id == rule }),
      let file = file(for: declared.topic, of: check),
      let run = MutationRun.run(
        suite, on: check.folder.policies, where: { $0.owner == rule && $0.kind == .rule })
    else { return nil }
    guard let text = run.survivors.lazy.compactMap(\.killingCase).first else { return nil }
    let lines = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    let end = file.bytes.count
    let isOpen = file.bytes.last != UInt8(ascii: "\n")
    return QuickFix(
      title: "Add a case for '\(rule)'",
      edits: [
        TextEdit(
          range: SourceRange(source: file, bytes: end..<end),
          text: (isOpen ? "\n" : "") + "\n" + lines)
      ], isPreferred: false)
  }

  /// The fixture file of a topic, or else the first: one that ends with its cases.
  private static func file(for topic: String?, of check: FolderCheck) -> Source? {
    let files = (check.folder.fixtures ?? []).filter { source in
      var mistakes: [Diagnostic] = []
      let file = YAMLReader.read(source, into: &mistakes).first
      return mistakes.isEmpty && file?.entries?.last?.key.string == "cases"
        && file?["cases"]?.isFlow == false
    }
    return files.first { source in
      var mistakes: [Diagnostic] = []
      let file = YAMLReader.read(source, into: &mistakes).first
      return file?["topic"]?.scalar?.text == topic
    } ?? files.first
  }
}
