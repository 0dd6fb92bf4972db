package import CEL
package import Diagnostics
import YAML

/// What makes a difference when a document is decided as if some of its facts were others.
public struct WhatIf: Sendable {
  /// One supposition.
  public struct Change: Sendable {
    /// The supposition as it was written: `tags+=cl-goal-1`.
    public let text: String
    /// Whether the document is so already.
    public let isSoAlready: Bool
  }

  /// A decision that has another outcome.
  public struct DecisionChange: Sendable {
    /// The decision's name.
    public let name: String
    /// Its outcome for the document as it is.
    public let from: DecisionOutcome
    /// Its outcome as if.
    public let to: DecisionOutcome
    /// The policy's words for both.
    public let words: (from: String, to: String)
  }

  /// A rule at a place, of which something is found.
  public struct Finding: Sendable {
    /// The rule's id.
    public let rule: String
    /// The rule in one sentence, as it is when satisfied.
    public let title: String
    /// The path of the subject, empty for the document itself.
    public let at: String
  }

  /// The findings of one kind that are not the same.
  public struct Shift: Sendable {
    /// Those there are as if, and not for the document as it is.
    public let added: [Finding]
    /// Those there are for the document as it is, and not as if.
    public let gone: [Finding]

    /// Whether there are none.
    public var isEmpty: Bool { added.isEmpty && gone.isEmpty }

    init(from: [Verdict.Finding], to: [Verdict.Finding], in policies: PolicySet) {
      func findings(
        of some: [Verdict.Finding], without others: [Verdict.Finding]
      ) -> [Finding] {
        let known = Set(others.map { [$0.rule, $0.at] })
        return some.filter { !known.contains([$0.rule, $0.at]) }.map { finding in
          let title = policies.rules.first { $0.id == finding.rule }?.title
          return Finding(rule: finding.rule, title: title ?? finding.rule, at: finding.at)
        }
      }
      added = findings(of: to, without: from)
      gone = findings(of: from, without: to)
    }
  }

  /// What is supposed, in the order given.
  public let changes: [Change]
  /// The decisions that have another outcome, of those asked for.
  public let decisions: [DecisionChange]
  /// The rules violated only now, and no longer.
  public let violated: Shift
  /// The rules undetermined only now, and no longer.
  public let undetermined: Shift
  /// The warnings given only now, and no longer.
  public let warnings: Shift

  /// Whether everything has the same outcome.
  public var isWithoutEffect: Bool {
    decisions.isEmpty && violated.isEmpty && undetermined.isEmpty && warnings.isEmpty
  }

  init(
    _ changes: [Change], from original: Verdict, to verdict: Verdict, in policies: PolicySet
  ) {
    self.changes = changes
    decisions = zip(original.decisions, verdict.decisions).compactMap { from, to in
      guard from.outcome != to.outcome, let index = policies.decisionIndex(named: to.name) else {
        return nil
      }
      let decision = policies.decisions[index]
      return DecisionChange(
        name: to.name, from: from.outcome, to: to.outcome,
        words: (decision.word(for: from.outcome), decision.word(for: to.outcome)))
    }
    violated = Shift(from: original.violated, to: verdict.violated, in: policies)
    undetermined = Shift(from: original.undetermined, to: verdict.undetermined, in: policies)
    warnings = Shift(from: original.warnings, to: verdict.warnings, in: policies)
  }
}

/// A document as it would be if some of its facts were others.
package struct SupposedDocument: Sendable {
  /// The changed document.
  package let document: FactDocument
  private let original: FactDocument
  private let changes: [WhatIf.Change]

  /// A document with suppositions made, one after the other; nil where one can't be made in it.
  ///
  /// Why not is appended to `diagnostics`: a position that a list does not have, a part of something
  /// that the document does not have.
  package init?(
    _ original: FactDocument, suppositions: [Supposition], vocabulary: Vocabulary,
    into diagnostics: inout [Diagnostic]
  ) {
    guard var tree = original.tree else { return nil }
    var changes: [WhatIf.Change] = []
    var mistakes: [Diagnostic] = []
    for supposition in suppositions {
      let before = tree
      for change in supposition.changes {
        do {
          tree = try change.applied(to: tree, mayRepeat: true)
        } catch {
          var mistake = error.diagnostic
          mistake.notes.append(Diagnostic.Note("it is supposed of what is here", at: tree.range))
          mistakes.append(mistake)
        }
      }
      changes.append(
        WhatIf.Change(
          text: supposition.text, isSoAlready: tree.hasSameContent(as: before)))
    }
    let document =
      mistakes.isEmpty
      ? FactDocument.read(yaml: tree, schema: vocabulary.schema, into: &mistakes) : nil
    diagnostics += mistakes
    guard let document else { return nil }
    self.document = document
    self.original = original
    self.changes = changes
  }

  /// Decides the document as if, and as it is.
  package func decide(
    by policies: PolicySet, today: CivilDate, decisions: [Int], for viewer: Viewer = .privileged
  ) -> (verdict: Verdict, whatIf: WhatIf) {
    let viewer = policies.viewer(viewer, of: original, today: today)
    let verdict = policies.decide(document, today: today, decisions: decisions, for: viewer)
    let before = policies.decide(original, today: today, decisions: decisions, for: viewer)
    return (verdict, WhatIf(changes, from: before, to: verdict, in: policies))
  }
}
