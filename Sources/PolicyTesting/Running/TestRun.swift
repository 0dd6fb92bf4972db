/// The results of trying cases: all that reports are made from.
public struct TestRun: Sendable {
  /// The result of each case, in order; fewer than there are where the run ended at the first failure.
  public let results: [CaseResult]
  /// How many cases there were to try.
  public let count: Int

  /// Results of so many cases.
  public init(results: [CaseResult], count: Int) {
    self.results = results
    self.count = count
  }

  /// The cases that failed.
  public var failures: [CaseResult] { results.filter { !$0.passes } }

  /// Whether there were cases, and every one was tried and passed.
  public var passes: Bool { count > 0 && results.count == count && failures.isEmpty }
}
