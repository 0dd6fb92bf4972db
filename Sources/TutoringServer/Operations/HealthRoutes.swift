#if Server
import CEL
import TutoringSessions
import Diagnostics
import Foundation
package import Hummingbird
import TutoringStore

/// Tells programs that watch the server how it is.
package struct HealthRoutes: Sendable {
  let store: TutoringStore
  let keeper: PolicyKeeper
  let metrics: Metrics

  /// Adds the routes.
  package func add(to router: some RouterMethods<WebContext>) {
    router.get("health/live") { _, _ in Response.json(.object([("status", .string("live"))])) }
    router.get("health/ready") { _, _ in await ready() }
    router.get("metrics") { _, _ in
      let notTaken = keeper.notTaken == nil ? 0.0 : 1.0
      let text = metrics.text(gauges: [
        (
          "tutoring_policy_change_refused", "Whether a change of the policies was not taken.",
          notTaken
        ),
        (
          "tutoring_policies_since_seconds", "When the policies in force were taken.",
          Double(keeper.current.since.timestamp.seconds)
        ),
      ])
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: text)))
    }
  }

  /// Whether requests can be answered.
  ///
  /// A change of the policies that was not taken keeps nobody from being answered by the ones before: it is
  /// said, and the status stays that of a server that works.
  private func ready() async -> Response {
    let isStoreThere = (try? await store.schools()) != nil
    let taken = keeper.current
    let notTaken = keeper.notTaken
    let state = !isStoreThere ? "not-ready" : notTaken == nil ? "ready" : "degraded"
    return .json(
      .object(omittingNil: [
        ("status", .string(state)),
        ("store", .string(isStoreThere ? "ready" : "failing")),
        (
          "policies",
          .object([
            ("digest", .string(taken.digest)), ("since", .string(taken.since.description)),
          ])
        ),
        (
          "changeNotTaken",
          notTaken.map { change in
            .object([
              ("since", .string(change.since.description)),
              ("diagnostics", .array(change.diagnostics.map(\.value))),
            ])
          }
        ),
      ]), status: isStoreThere ? .ok : .serviceUnavailable)
  }
}
#endif
