#if Server
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// Starting a session.
struct NewSessionRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/new") { _, context in
      let actor = try context.requireActor()
      let reader = Reader(context, service)
      let offer = try await service.newSessionForm(for: actor)
      let form = StartForm(reader: reader, actor: actor, offer: offer)
      return Response.page(page(form, form.fields, form.facts.fields(of: [:])).page, for: reader)
    }
    router.post("sessions/new/preview") { _, context in
      let entered = try await read(context)
      var page = page(of: entered, context.form)
      page.others = []
      return Response.page(page.page, for: page.reader)
    }
    router.post("sessions/new") { _, context in try await start(context) }
  }

  private func page(_ form: StartForm, _ fields: [Field], _ facts: [Field]) -> NewSessionPage {
    var page = NewSessionPage(reader: form.reader, fields: fields, facts: facts)
    page.running = form.offer.active
    page.refusal = form.offer.preview.refusal
    return page
  }

  // MARK: - What was entered

  private struct Entered {
    var form: StartForm
    var input: StartInput
    var mistakes: [InputMistake]
  }

  private func read(_ context: WebContext) async throws -> Entered {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    var mistakes: [InputMistake] = []
    var offer = try await service.newSessionForm(for: actor)
    var form = StartForm(reader: reader, actor: actor, offer: offer)
    var input = form.input(in: context.form, mistakes: &mistakes)
    do {
      offer = try await service.newSessionForm(input, for: actor)
      form = StartForm(reader: reader, actor: actor, offer: offer)
      // Choices follow from other answers: with these, what was chosen before may be none any more.
      mistakes = []
      input = form.input(in: context.form, mistakes: &mistakes)
    } catch ServiceError.invalid(let found) {
      mistakes += found.filter { !mistakes.contains($0) }
    }
    return Entered(form: form, input: input, mistakes: mistakes)
  }

  private func page(of entered: Entered, _ body: FormBody) -> NewSessionPage {
    let fields = entered.form.fields.map { $0.filled(from: body, mistakes: entered.mistakes) }
    let facts = entered.form.facts.fields(of: body, mistakes: entered.mistakes)
    var page = page(entered.form, fields, facts)
    page.others = entered.mistakes.outside(fields + facts)
    return page
  }

  private func start(_ context: WebContext) async throws -> Response {
    let entered = try await read(context)
    var page = page(of: entered, context.form)
    guard entered.mistakes.isEmpty else {
      return Response.page(page.page, for: page.reader, status: .unprocessableContent)
    }
    if entered.form.facts.brought(up: context.form, drawn: context.form.drawn) {
      page.asksMore = true
      return Response.page(page.page, for: page.reader)
    }
    do {
      let record = try await service.start(
        entered.input, request: context.form.request, by: entered.form.actor)
      return Response.seeOther(SessionPages.address(of: record))
    } catch let error as ServiceError {
      switch error {
      case .refused(let refusal):
        page.refusal = refusal
        page.others = ["\(refusal.title): \(refusal.word)."] + refusal.reasons.map(\.text)
      case .impossible(let refusal, _): page.others = [refusal.sentence]
      case .invalid(let mistakes): page.others = mistakes.map(\.message)
      case .changedMeanwhile, .notFound, .notAllowed: throw error
      }
      return Response.page(page.page, for: page.reader, status: Problem(error).status)
    }
  }
}
#endif
