#if Server
import CEL
import HTTPTypes
import Hummingbird
import TutoringSessions

/// Ending a session.
struct EndingRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/:id/end") { _, context in
      let (page, _) = try await page(context)
      return Response.page(page.page, for: page.reader)
    }
    router.post("sessions/:id/end/preview") { _, context in
      var (page, _) = try await page(context)
      var mistakes: [InputMistake] = []
      page.end = page.end.filled(from: context.form, mistakes: [])
      if let end = read(context.form, page, &mistakes) {
        page.end.understood = understood(end, page)
      }
      return Response.page(page.page, for: page.reader)
    }
    router.post("sessions/:id/end") { _, context in try await end(context) }
  }

  private func page(_ context: WebContext) async throws -> (page: EndPage, actor: Actor) {
    let actor = try context.requireActor()
    let details = try await service.session(try context.pathPart("id"), for: actor)
    return (EndPage(reader: Reader(context, service), session: details.summary), actor)
  }

  private func read(
    _ form: FormBody, _ page: EndPage, _ mistakes: inout [InputMistake]
  ) -> OffsetDateTime? {
    let reading = TimeReading(page.session.record, page.reader, near: page.reader.now)
    return form.time("end", page.end.label, reading, mistakes: &mistakes)
  }

  private func understood(_ end: OffsetDateTime, _ page: EndPage) -> String {
    let start = page.session.record.start
    let words = page.reader.words
    let isOnDay = words.dayOf(end) == words.dayOf(start)
    return
      "That is \(isOnDay ? words.time(end) : words.moment(end)), after \(Words.length(from: start, to: end))."
  }

  private func end(_ context: WebContext) async throws -> Response {
    var (page, actor) = try await page(context)
    var mistakes: [InputMistake] = []
    var end = read(context.form, page, &mistakes)
    if end == nil, mistakes.isEmpty {
      mistakes.append(InputMistake("end", "End time: write when the session ended."))
    }
    // The time that the form proposed has no seconds: whoever takes it means now, and with it everybody who came
    // in this minute.
    if let given = end, page.reader.now.timestamp.seconds - given.timestamp.seconds < 60,
      given.timestamp.seconds <= page.reader.now.timestamp.seconds
    {
      end = page.reader.now
    }
    page.end = page.end.filled(from: context.form, mistakes: mistakes)
    guard let end, mistakes.isEmpty else {
      return Response.page(page.page, for: page.reader, status: .unprocessableContent)
    }
    page.end.understood = understood(end, page)
    do {
      let after = try await service.perform(
        .end(at: end), on: page.session.id, expecting: try context.form.version(),
        request: context.form.request, by: actor)
      return Response.seeOther(SessionPages.address(of: after))
    } catch let error as ServiceError {
      switch error {
      case .refused(let refusal): page.refusal = refusal
      case .impossible(.endBeforeArrival(let encounters), _):
        let names = encounters.compactMap { id in
          page.session.record.encounters.first { $0.id == id }
            .flatMap { page.session.names.students[$0.student]?.name }
        }
        page.others = ["The end lies before the arrival of \(names.joined(separator: ", "))."]
      case .impossible(.ended, _): return Response.seeOther(Address.session(page.session.id))
      case .impossible(let refusal, _): page.others = [refusal.sentence]
      case .invalid(let mistakes): page.others = mistakes.map(\.message)
      case .changedMeanwhile:
        page.others = [
          "The session was changed in the meantime. Look at it once more, then finish."
        ]
      case .notFound, .notAllowed: throw error
      }
      return Response.page(page.page, for: page.reader, status: Problem(error).status)
    }
  }
}
#endif
