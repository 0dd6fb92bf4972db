#if Server
import HTTPTypes
import Hummingbird
import TutoringSessions

/// The dashboard.
struct DashboardRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("/") { request, context in
      try await dashboard(request, context)
    }
  }

  private func dashboard(_ request: Request, _ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    let query = request.uri.queryParameters
    let shown = query.get("show").flatMap { DashboardPage.Shown(rawValue: $0) } ?? .all
    var filter = DashboardFilter()
    switch shown {
    case .all: break
    case .needing: filter.needsAttention = true
    case .finished: filter.stages = [.finished]
    case .exported: filter.stages = [.exported]
    case .deleted: filter.stages = [.deleted]
    }
    filter.after = query.get("after")
    let found = try await service.dashboard(filter, for: actor)
    var page = DashboardPage(reader: reader, shown: shown, dashboard: found)
    if let id = query.get("deleted") {
      page.messages = try await deletedMessage(id, actor, reader)
    }
    return Response.page(page.page, for: reader)
  }

  /// What is said after a session was deleted, with what undoes that.
  private func deletedMessage(
    _ id: String, _ actor: Actor, _ reader: Reader
  ) async throws -> [Message] {
    guard let details = try? await service.session(id, for: actor), details.record.isDeleted else {
      return []
    }
    return [
      Message(.done) { html in
        html.div(.class("row")) { html in
          html.p("Session \(id) was deleted.")
          html.button(
            "Undo", to: Address.session(id, "restore"), for: reader,
            version: details.record.version, id: "undo-delete",
            spoken: "Undo: restore session \(id)")
        }
      }
    ]
  }
}
#endif
