import CEL
import Diagnostics
import PolicyEngine

/// A session with what is asked of it.
struct AskedSession {
  /// The session; where something is supposed, as if that were so.
  let document: FactDocument
  /// What is supposed; nil where nothing is.
  let supposed: SupposedDocument?
  /// Who may see what of it: somebody privileged for the session's own tutor.
  let viewer: Viewer
  let today: CivilDate
  let decisions: [Int]
}

/// Who looks at sessions, and what they suppose of them.
struct SessionView: Sendable {
  let policies: PolicySet
  /// Who reads.
  let viewer: Viewer
  let suppositions: [Supposition]
  let today: CivilDate
  let decisions: [Int]
  /// Why something can't be supposed of sessions of others, such as another date; empty for somebody
  /// privileged.
  private let refusals: [Diagnostic]

  init(
    policies: PolicySet, viewer: Viewer, suppositions: [Supposition], today: CivilDate,
    isTodaySupposed: Bool, decisions: [Int]
  ) {
    self.policies = policies
    self.viewer = viewer
    self.suppositions = suppositions
    self.today = today
    self.decisions = decisions
    refusals =
      viewer == .privileged
      ? []
      : policies.refusals(
        of: suppositions, isTodaySupposed: isTodaySupposed, decisions: decisions)
  }

  /// Whether every session is shown whole and as it is.
  var isPlain: Bool { viewer == .privileged && suppositions.isEmpty }

  /// A session as it is looked at; nil where something can't be supposed of it, after reporting why.
  ///
  /// The session as it is says whose it is, whatever is supposed.
  func session(
    of document: FactDocument, orReport report: ([Diagnostic]) -> Void
  ) -> AskedSession? {
    let viewer = policies.viewer(viewer, of: document, today: today)
    func session(_ supposed: SupposedDocument?) -> AskedSession {
      AskedSession(
        document: supposed?.document ?? document, supposed: supposed, viewer: viewer,
        today: today, decisions: decisions)
    }
    guard viewer == .privileged || refusals.isEmpty else {
      report(refusals)
      return nil
    }
    guard !suppositions.isEmpty else { return session(nil) }
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

  /// What is wrong with something that is no session, as far as it is shown: nobody knows whose it is.
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
        code: .withheld, "\(range.source.name) holds no session that can be read", at: nil,
        help: "what is wrong is not shown, since nobody can say whose session it is")
    ]
  }
}
