#if Server
import CEL
import Foundation
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions
import TutoringStore

/// The pages of the policies and of the log.
struct PolicyRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("policies") { request, context in
      let actor = try context.requireActor()
      let overview = service.policies(for: actor)
      let reader = Reader(context, service)
      var page = PoliciesPage(
        reader: reader, taken: overview.taken, notTaken: overview.notTaken)
      if let file = request.uri.queryParameters.get("published"), actor.has(.administrator),
        overview.taken.sources.contains(where: { $0.lastName == file })
      {
        page.messages = [
          Message(.done, "\(file) was published. These are the policies in force now.")
        ]
      }
      page.uses = try await service.ruleUses(for: actor)
      return Response.page(page.page, for: reader)
    }
    router.get("audit") { request, context in try await audit(request, context) }
  }

  private func audit(_ request: Request, _ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    let query = request.uri.queryParameters
    func text(_ name: String) -> String? {
      let text = query.get(name)?.replacing("+", with: " ").trimmed ?? ""
      return text.isEmpty || text.utf8.count > 200 || text.utf8.contains(0) ? nil : text
    }
    var filter = AuditPage.Filter()
    filter.subject = text("subject")
    filter.person = text("person")
    filter.action = text("action")
    filter.from = text("from").flatMap { CivilDate($0) }
    filter.until = text("until").flatMap { CivilDate($0) }
    let limit = 100
    let found = try await service.audit(
      EventFilter(
        subject: filter.subject, person: filter.person, action: filter.action,
        from: filter.from.map { reader.words.start(of: $0) },
        before: filter.until?.adding(days: 1).map { reader.words.start(of: $0) }),
      limit: limit + 1, after: query.get("before").flatMap { Int64($0) }, for: actor)
    let events = Array(found.prefix(limit))
    let page = AuditPage(
      reader: reader, filter: filter, events: events, names: try await service.names(of: events),
      before: found.count > limit ? events.last?.sequence : nil)
    return Response.page(page.page, for: reader)
  }
}
#endif
