import PolicyEngine
package import PolicyTesting

/// The cases of a policy folder with what came of them.
package struct SettledFolder: Sendable {
  /// The cases.
  package let cases: FolderCases
  /// What came of them.
  package let run: TestRun
  private let settled: SettledCases
  /// How many cases were tried: of others it was known what comes of them.
  package var tried: Int { settled.tried }

  /// Tries the cases, of a folder that was settled before only those of which something else may come; nil where
  /// there are none to try, and where nobody waits for it any more.
  ///
  /// - Parameters:
  ///   - cases: The cases.
  ///   - previous: What is known of the folder from before.
  ///   - isCancelled: Asked before each case whether nobody waits any more.
  ///   - step: Called after each case.
  package init?(
    _ cases: FolderCases, after previous: SettledFolder? = nil,
    unless isCancelled: () -> Bool = { false }, step: (CaseResult) -> Void = { _ in }
  ) {
    guard let policies = cases.loaded.policies, let suite = cases.suite else { return nil }
    let found: (run: TestRun, settled: SettledCases)?
    if let previous, previous.cases.startFromSameSessions(as: cases.loaded.folder),
      let change = cases.loaded.change(from: previous.cases.loaded)
    {
      found = previous.settled.run(
        suite, on: policies, change: change, unless: isCancelled, step: step)
    } else {
      found = suite.settle(on: policies, unless: isCancelled, step: step)
    }
    guard let found else { return nil }
    self.cases = cases
    run = found.run
    settled = found.settled
  }
}
