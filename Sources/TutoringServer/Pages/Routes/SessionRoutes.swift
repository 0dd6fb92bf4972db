#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions
import TutoringStore

/// A session's own page, and the search for students on it.
struct SessionRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/:id") { request, context in
      let id = try context.pathPart("id")
      let page = try await SessionPages(service, context).page(
        id, done: request.uri.queryParameters.get("done").flatMap { Int($0) },
        tellsVerdict: request.uri.queryParameters.get("verdict") != nil)
      return Response.page(page.page, for: page.reader)
    }
    router.post("sessions/:id/students") { _, context in try await search(context) }
  }

  private func search(_ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let text = (context.form["name"] ?? "").trimmed
    let limit = 20
    let found =
      text.isEmpty ? [] : try await service.searchStudents(text, limit: limit + 1, for: actor)
    let search = StudentSearch(
      text: text, found: Array(found.prefix(limit)), hasMore: found.count > limit)
    var page = try await SessionPages(service, context).page(try context.pathPart("id"))
    page.search = search
    // Our script puts the results in place; without it they come on the page.
    if context.form["fragment"] != nil {
      return Response.html(
        HTML {
          TimingIn(reader: page.reader, details: page.details, search: search).results(&$0)
        })
    }
    return Response.page(page.page, for: page.reader)
  }
}

/// Makes pages about a session, with what was done to it.
struct SessionPages: Sendable {
  let service: DistrictService
  let reader: Reader
  let actor: Actor

  init(_ service: DistrictService, _ context: WebContext) throws {
    self.service = service
    actor = try context.requireActor()
    reader = Reader(context, service)
  }

  /// The page of a session, with what an action of the reader's that made a version `done` has done to it, and, if
  /// that is asked for, with what is decided now.
  func page(
    _ id: String, done: Int? = nil, tellsVerdict: Bool = false
  ) async throws -> SessionDetailPage {
    let details = try await service.session(id, for: actor)
    var page = SessionDetailPage(reader: reader, details: details)
    let refusal = details.refusals["assign-work-order"]
    page.assigning = refusal
    if details.record.stage == .finished {
      if refusal == nil { page.workOrders = try await workOrders(for: details.record) }
      let tags = try await service.tagsForm(id, for: actor)
      page.tagNames = Dictionary(tags.choices.map { ($0.value, $0.label) }) { first, _ in first }
    }
    if let done {
      let events = try await service.events(id, for: actor).filter { $0.version == done }
      let deed = Deed(events: events, details: details)
      if let message = deed.message(for: reader, tellsVerdict: tellsVerdict) {
        page.messages = [message]
      }
    }
    return page
  }

  private func workOrders(for record: SessionRecord) async throws -> [Field.Option] {
    try await service.assignableWorkOrders(to: record.id, for: actor).map {
      Field.Option($0.value, $0.label)
    }
  }

  /// Where one is led after an action.
  static func address(of record: SessionRecord, tellsVerdict: Bool = false) -> String {
    Address.session(record.id) + "?done=\(record.version)" + (tellsVerdict ? "&verdict=1" : "")
  }

  /// Does something to a session that its page has a button for, and leads back there; where it can't be done,
  /// the page says why.
  func perform(
    on id: String, _ act: () async throws -> String
  ) async throws -> Response {
    do {
      return Response.seeOther(try await act())
    } catch let error as ServiceError {
      guard let message = error.message(for: reader) else { throw error }
      var page = try await page(id)
      page.messages = [message]
      return Response.page(page.page, for: reader, status: Problem(error).status)
    }
  }
}
#endif
