#if Server
import HTTPTypes
import Hummingbird
import TutoringSessions

/// The dashboard.
struct DashboardRoutes: Sendable {
  let service: DistrictService
  /// Lists of sessions as they are written, which is most of the work of a page.
  private let lists = AnswerCache<ListQuestion, HTML>(capacity: 100)

  private struct ListQuestion: Hashable {
    let dashboard: DashboardQuestion
    let shown: DashboardPage.Shown
  }

  init(service: DistrictService) { self.service = service }

  func add(to router: Router<WebContext>) {
    router.get("/") { request, context in
      try await dashboard(request, context)
    }
  }

  private func dashboard(_ request: Request, _ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    // Who sees no session begins where there is something to see.
    guard actor.seesSessions else { return .seeOther(Part.policies.path) }
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
    filter.rule = query.get("rule").flatMap { $0.isEmpty ? nil : $0 }
    filter.recorded = query.get("recorded").flatMap { RecordedFact($0) }
    let found = try await service.dashboard(filter, for: actor)
    var page = DashboardPage(reader: reader, shown: shown, dashboard: found)
    page.narrowing.rule = filter.rule
    page.narrowing.recorded = filter.recorded
    page.lists = lists(of: page, DashboardQuestion(actor: actor, filter: filter))
    if let id = query.get("deleted") {
      page.messages = try await deletedMessage(id, actor, reader)
    }
    return Response.page(page.page, for: reader)
  }

  /// The lists of a page, written once for as long as nothing changes in them.
  private func lists(of page: DashboardPage, _ asked: DashboardQuestion) -> HTML {
    // A deleted session has a button that is the reader's own.
    guard !page.dashboard.hasDeleted else { return page.writtenLists }
    let question = ListQuestion(dashboard: asked, shown: page.shown)
    if let known = lists.answer(to: question, page.dashboard.stamp) { return known }
    let written = page.writtenLists
    lists.keep(written, to: question, page.dashboard.stamp)
    return written
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
