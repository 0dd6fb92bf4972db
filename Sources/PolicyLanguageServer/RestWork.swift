import CEL
import Diagnostics
import PolicyEditing
import PolicyTesting
import Synchronization

/// What there is to find out of a folder once its policy set is read: warnings, and what comes of the cases.
///
/// It takes longer than anybody who types would wait, so that another thread may do it. It is given up as soon as
/// something else is typed.
package final class RestWork: Sendable {
  /// What was found, as far as it goes.
  package struct Step: Sendable {
    enum Content: Sendable {
      /// The cases, and what is wrong with them.
      case read(FolderCases)
      /// What is said of the cases of one file, once all of these were tried.
      case tried(file: String, failures: [Diagnostic])
      case settled(SettledFolder)
      /// Warnings, and all else that is to be said.
      case checked(FolderCheck)
      /// What the rules say of the sessions of last month.
      case counted(SessionCounts)
      /// There is nothing more to come.
      case ended
    }

    let work: RestWork
    let content: Content
  }

  private let loaded: LoadedFolder
  private let known: Known
  private let sessions: Source?
  private let today: CivilDate
  private let state = Atomic(false)

  /// What is known of a folder, or was known of it before.
  struct Known: Sendable {
    /// What is known of it as it is.
    var check: FolderCheck?
    /// The cases, as they were read last.
    var cases: FolderCases?
    /// The last cases of which it is known what came of them.
    var settled: SettledFolder?
  }

  /// - Parameters:
  ///   - loaded: The folder, with its policy set read.
  ///   - known: What is known of it.
  ///   - sessions: A file with sessions to be counted; nil where there is none.
  ///   - today: The date.
  init(_ loaded: LoadedFolder, knowing known: Known, sessions: Source?, today: CivilDate) {
    self.loaded = loaded
    self.known = known
    self.sessions = sessions
    self.today = today
  }

  /// Whether nobody waits for it any more.
  package var isCancelled: Bool { state.load(ordering: .relaxed) }

  /// Says that nobody waits for it any more.
  package func cancel() { state.store(true, ordering: .relaxed) }

  /// Does the work; `report` gets what was found, as soon as it is.
  package func run(_ report: (Step) -> Void) {
    func send(_ content: Step.Content) {
      if !isCancelled { report(Step(work: self, content: content)) }
    }
    guard !isCancelled else { return }
    let cases = known.check?.cases ?? FolderCases(loaded, after: known.cases)
    send(.read(cases))
    // After an edit most of the cases are known, and what is left is soon tried: sooner than warnings are looked for.
    if cases.suite != nil { tryOut(cases, send) }
    guard !isCancelled else { return }
    send(.checked(known.check ?? FolderCheck(cases) { isCancelled }))
    if let sessions, let policies = loaded.policies,
      let counts = SessionCounts(
        of: sessions, by: policies, today: today, unless: { isCancelled })
    {
      send(.counted(counts))
    }
    send(.ended)
  }

  private func tryOut(_ cases: FolderCases, _ send: (Step.Content) -> Void) {
    var file: String?
    var results: [CaseResult] = []
    func flush() {
      guard let file, !results.isEmpty else { return }
      let failures = TestRun(results: results, count: results.count).diagnostics
      send(.tried(file: file, failures: failures))
      results = []
    }
    let settled = SettledFolder(cases, after: known.settled, unless: { isCancelled }) { result in
      let name = result.fixture.range.source.name
      if name != file {
        flush()
        file = name
      }
      results.append(result)
    }
    if let settled { send(.settled(settled)) }
  }
}
