#if Server
import HTTPTypes
import Hummingbird
import PolicyEngine
import SchoolData
import TutoringStore

/// The page of the rosters.
struct RosterRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("office/rosters") { request, context in
      var page = try await page(context)
      if let done = request.uri.queryParameters.get("done") {
        page.messages = [Message(.done, "Import \(done) was taken over.")]
      }
      return Response.page(page.page, for: page.reader)
    }
    router.post("office/rosters/preview") { _, context in
      let actor = try context.requireActor()
      let form = RosterForm(context.form)
      var page = try await page(context)
      if form.files.isEmpty {
        page.messages = [Message(.problem, "Choose a file, or paste a table.")]
        return Response.page(page.page, for: page.reader, status: .unprocessableContent)
      }
      page.plan = try await service.rosterPreview(form.files, for: actor)
      page.files = form.files
      return Response.page(page.page, for: page.reader)
    }
    router.post("office/rosters") { _, context in try await take(context) }
  }

  private func page(_ context: WebContext) async throws -> RostersPage {
    let actor = try context.requireActor()
    return RostersPage(
      reader: Reader(context, service), imports: try await service.imports(for: actor),
      names: try await service.peopleNames(),
      recordWords: RecordWords(service.keeper.current.policies.vocabulary))
  }

  private func take(_ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let files = RosterForm(context.form).files
    do {
      let (plan, record) = try await service.importRosters(
        files, request: context.form.request, by: actor)
      if let record { return .seeOther("\(OfficePart.rosters.path)?done=\(record.id)") }
      var page = try await page(context)
      page.plan = plan
      return Response.page(page.page, for: page.reader)
    } catch ServiceError.invalid(let mistakes) {
      var page = try await page(context)
      page.messages = mistakes.map { Message(.problem, $0.message) }
      return Response.page(page.page, for: page.reader, status: .unprocessableContent)
    }
  }
}
#endif
