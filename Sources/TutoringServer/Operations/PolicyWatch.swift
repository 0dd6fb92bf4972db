#if Server
import Diagnostics
package import Logging
import ServiceLifecycle
import TutoringSessions
package import TutoringStore

/// Looks at the policy files every second, and notes which policies come into force.
package struct PolicyWatch: Service {
  private let keeper: PolicyKeeper
  private let store: TutoringStore
  private let metrics: Metrics
  private let logger: Logger

  /// A watch over a keeper's files.
  package init(_ keeper: PolicyKeeper, store: TutoringStore, metrics: Metrics, logger: Logger) {
    self.keeper = keeper
    self.store = store
    self.metrics = metrics
    self.logger = logger
  }

  /// Looks until the server stops.
  package func run() async throws {
    try? await note(keeper.current)
    await cancelWhenGracefulShutdown { await watch() }
  }

  private func watch() async {
    var told: OffsetDateTime?
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      if let taken = keeper.look() {
        metrics.count(.policyChanges, [:])
        logger.info("policies taken", metadata: ["digest": "\(taken.digest)"])
        // The policies are in force already; a database that is busy does not keep them from it.
        try? await note(taken)
      }
      if let notTaken = keeper.notTaken, notTaken.since != told {
        told = notTaken.since
        logger.warning(
          "policies not taken", metadata: ["mistakes": "\(notTaken.diagnostics.count)"])
      }
    }
  }

  /// Notes policies that came into force, with their files.
  package func note(_ taken: PolicyKeeper.Taken) async throws {
    try await store.addPolicyVersion(taken.version)
  }
}
#endif
