import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies

/// Looks at a document beside deciding it: as if, for somebody, with ways out.
struct SessionLooker: Sendable {
  let view: SessionView
  /// What finds ways out; nil where none are asked for.
  let knowledge: PolicyKnowledge?

  /// What is seen of a document.
  struct Seen {
    let verdict: Verdict
    let whatIf: WhatIf?
    /// The best way out of each decision that does not pass; nil where none are asked for.
    let fixes: [(key: String, value: JSONValue)]?
  }

  /// The document in a line that was decided before; nil where it is none.
  func document(in line: [UInt8]) -> FactDocument? {
    var diagnostics: [Diagnostic] = []
    return FactDocument.read(
      json: Source(name: "", bytes: line), schema: view.policies.vocabulary.schema,
      into: &diagnostics)
  }

  /// What is seen of a document; nil where something can't be supposed of it.
  ///
  /// `decided` is its verdict for somebody who may see everything.
  func look(at document: FactDocument, decided: Verdict) -> Seen? {
    guard let session = view.session(of: document, orReport: { _ in }) else { return nil }
    let (today, decisions) = (session.today, session.decisions)
    if let supposed = session.supposed {
      let (verdict, whatIf) = supposed.decide(
        by: view.policies, today: today, decisions: decisions, for: session.viewer)
      return Seen(verdict: verdict, whatIf: whatIf, fixes: nil)
    }
    let lines = knowledge?.remedies(
      for: document, today: today, decisions: decisions, viewer: session.viewer, extent: .best
    ).lines
    return Seen(
      verdict: session.viewer == .privileged
        ? decided
        : view.policies.decide(
          document, today: today, decisions: decisions, for: session.viewer),
      whatIf: nil, fixes: lines?.map { ($0.decision, .string($0.line)) })
  }
}
