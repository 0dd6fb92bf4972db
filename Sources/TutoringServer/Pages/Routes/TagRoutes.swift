#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// The tags dialog, and adding and removing tags.
struct TagRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/:id/tags") { _, context in
      let page = try await page(context)
      return Response.page(page.page, for: page.reader)
    }
    router.post("sessions/:id/tag") { _, context in try await change(context, adds: true) }
    router.post("sessions/:id/untag") { _, context in try await change(context, adds: false) }
  }

  private func page(_ context: WebContext) async throws -> TagsPage {
    let actor = try context.requireActor()
    let id = try context.pathPart("id")
    let details = try await service.session(id, for: actor)
    let form = try await service.tagsForm(id, for: actor)
    func tags(_ choices: [TagsForm.Choice]) -> [TagsPage.Popular] {
      choices.map { TagsPage.Popular(value: $0.value, name: $0.label, uses: $0.uses) }
    }
    var page = TagsPage(
      reader: Reader(context, service), session: details.summary, popular: tags(form.choices),
      own: tags(form.own))
    page.refusal = form.refusal
    page.help =
      details.policies.fields(of: [], in: details.document, page.reader)
      .first { $0.path.lastName == "tags" }?.fact.help
    return page
  }

  private func change(_ context: WebContext, adds: Bool) async throws -> Response {
    let pages = try SessionPages(service, context)
    let id = try context.pathPart("id")
    let form = context.form
    let isInDialog = form["next"] == "tags"
    let own = form.text("own")
    guard let tag = own ?? form["tag"], !tag.isEmpty else {
      var page = try await page(context)
      page.mistake = "Write a word or two, then add it."
      return Response.page(page.page, for: page.reader, status: .unprocessableContent)
    }
    do {
      let record = try await service.perform(
        adds ? .tag(.init(tag, isOwn: own != nil)) : .untag(tag), on: id,
        expecting: try form.version(), request: form.request, by: pages.actor)
      return Response.seeOther(
        isInDialog ? Address.session(id, "tags") : SessionPages.address(of: record))
    } catch let error as ServiceError {
      guard isInDialog, let message = error.message(for: pages.reader) else {
        return try await pages.perform(on: id) { throw error }
      }
      var page = try await page(context)
      page.typed = own ?? ""
      page.messages = [message]
      return Response.page(page.page, for: page.reader, status: Problem(error).status)
    }
  }
}
#endif
