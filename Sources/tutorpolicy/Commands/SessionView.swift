import CEL
import Diagnostics
import PolicyEngine

/// Who looks at sessions, and what they suppose of them.
struct SessionView: Sendable {
  let policies: PolicySet
  /// Who reads.
  let viewer: Viewer
  let suppositions: [Supposition]
  let today: CivilDate
  let decisions: [Int]
  /// Why something can't be supposed of sessions of others; empty for somebody privileged.
  private let refusals: [Diagnostic]

  init(
    policies: PolicySet, viewer: Viewer, suppositions: [Supposition], today: CivilDate,
    decisions: [Int]
  ) {
    self.policies = policies
    self.viewer = viewer
    self.suppositions = suppositions
    self.today = today
    self.decisions = decisions
    refusals =
      viewer == .privileged || suppositions.isEmpty
      ? [] : policies.refusals(of: suppositions, decisions: decisions)
  }

  /// Whether every session is shown whole and as it is.
  var isPlain: Bool { viewer == .privileged && suppositions.isEmpty }

  /// A session as it is looked at; nil where something can't be supposed of it, after reporting why.
  ///
  /// Whose it is is told by the session as it is, whatever is supposed.
  func session(
    of document: FactDocument, orReport report: ([Diagnostic]) -> Void
  ) -> SessionRun.Session? {
    let viewer = policies.viewer(viewer, of: document, today: today)
    func session(_ supposed: SupposedDocument?) -> SessionRun.Session {
      SessionRun.Session(
        document: supposed?.document ?? document, supposed: supposed, viewer: viewer,
        today: today, decisions: decisions)
    }
    guard !suppositions.isEmpty else { return session(nil) }
    guard viewer == .privileged || refusals.isEmpty else {
      report(refusals)
      return nil
    }
    var mistakes: [Diagnostic] = []
    guard
      let supposed = SupposedDocument(
        document, suppositions: suppositions, vocabulary: policies.vocabulary, into: &mistakes)
    else {
      report(viewer == .privileged ? mistakes : mistakes.withholdingDocument(suppositions))
      return nil
    }
    return session(supposed)
  }

  /// What is wrong with a line of a stream that could not be taken.
  func mistakes(in line: Source) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let document = FactDocument.read(
      json: line, schema: policies.vocabulary.schema, into: &diagnostics)
    guard let document else { return shown(diagnostics) }
    _ = session(of: document) { diagnostics = $0 }
    return diagnostics
  }

  /// What is wrong with something that is no session, as far as it is shown: it can't be told whose it is.
  func shown(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    viewer == .privileged ? diagnostics : diagnostics.withheld
  }
}

extension [Diagnostic] {
  /// The same without what stands in documents: of each only that it can't be read, and where it begins.
  fileprivate var withheld: [Diagnostic] {
    guard let first = first(where: { $0.range != nil }) else { return self }
    guard hasErrors, let range = first.range else { return filter { $0.range == nil } }
    return [
      Diagnostic(
        code: "withheld", "\(range.source.name) holds no session that can be read", at: nil,
        help: "what is wrong is not shown, since it can't be told whose session it is")
    ]
  }
}
