#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// The encounter dialog, and what is done to an encounter by one button.
struct EncounterRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    let path = "sessions/:id/encounters/:encounter"
    router.get(RouterPath(path)) { _, context in
      let dialog = try await EncounterDialog(service, context)
      return Response.page(dialog.page().page, for: dialog.reader)
    }
    router.post(RouterPath(path + "/preview")) { _, context in
      let dialog = try await EncounterDialog(service, context)
      return Response.page(try await dialog.previewed(context.form).page, for: dialog.reader)
    }
    router.post(RouterPath(path)) { _, context in
      try await EncounterDialog(service, context).save(context.form)
    }
    button("time-out", router) { encounter, reader, _ in
      .timeOut(encounter: encounter.id, at: reader.now)
    }
    button("remove", router) { encounter, _, _ in .removeEncounter(encounter.id) }
    button("restore", router) { encounter, _, _ in .restoreEncounter(encounter.id) }
    button("stay", router) { encounter, _, _ in
      .editEncounter(
        encounter.id,
        EncounterEdit(arrived: encounter.arrived, departed: nil, facts: encounter.facts))
    }
    button("answer", router) { encounter, _, form in
      var facts = encounter.facts
      for field in form.fields where field.name.hasPrefix("fact.") {
        guard let flag = Bool(field.value) else { continue }
        facts[path: field.name.dropFirst(5).split(separator: ".").map(String.init)] = .bool(flag)
      }
      return .editEncounter(
        encounter.id,
        EncounterEdit(arrived: encounter.arrived, departed: encounter.departed, facts: facts))
    }
  }

  private func button(
    _ name: String, _ router: Router<WebContext>,
    _ action: @escaping @Sendable (EncounterRecord, Reader, FormBody) -> SessionAction
  ) {
    router.post(RouterPath("sessions/:id/encounters/:encounter/\(name)")) { _, context in
      let pages = try SessionPages(service, context)
      let id = try context.pathPart("id")
      return try await pages.perform(on: id) {
        let number = try Int(context.pathPart("encounter"))
        let after = try await service.perform(
          on: id, expecting: try context.form.version(), request: context.form.request,
          by: pages.actor
        ) { record in
          guard let encounter = record.encounters.first(where: { $0.id == number }) else {
            throw ServiceError.notFound
          }
          return [action(encounter, pages.reader, context.form)]
        }
        return SessionPages.address(of: after)
      }
    }
  }
}

/// One encounter with the form that changes it.
struct EncounterDialog: Sendable {
  let service: DistrictService
  let reader: Reader
  private let actor: Actor
  private let details: SessionDetails
  private let encounter: EncounterRecord

  /// - Throws: `ServiceError.notFound` where the session has no such encounter, or it was removed.
  init(_ service: DistrictService, _ context: WebContext) async throws {
    self.service = service
    reader = Reader(context, service)
    actor = try context.requireActor()
    details = try await service.session(try context.pathPart("id"), for: actor)
    let id = try Int(context.pathPart("encounter"))
    guard let found = details.record.presentEncounters.first(where: { $0.id == id }) else {
      throw ServiceError.notFound
    }
    encounter = found
  }

  // MARK: - The fields

  /// The facts of the encounter as a form asks for them, in a session as it is or would be.
  private func form(in document: FactDocument?, of record: SessionRecord) -> FactForm {
    let index = record.presentEncounters.firstIndex { $0.id == encounter.id } ?? 0
    return FactForm(
      facts(in: document, index), depth: 2, role: details.policies.role(of: actor),
      leavingOut: ["student", "arrived", "departed"], times: arrivals, words: reader.words)
  }

  private func facts(in document: FactDocument?, _ index: Int) -> [FormField] {
    details.policies.fields(of: [.field("encounters"), .index(index)], in: document, reader)
  }

  private var recorded: FactForm { form(in: details.document, of: details.record) }

  private var arrivals: TimeReading {
    TimeReading(details.record, reader, near: details.record.start)
  }

  private var departures: TimeReading {
    TimeReading(details.record, reader, near: details.record.end ?? reader.now)
  }

  private var times: [Field] {
    let index = details.record.presentEncounters.firstIndex { $0.id == encounter.id } ?? 0
    let facts = facts(in: details.document, index)
    func declared(_ name: String) -> VocabularyType.Fact? {
      facts.first { $0.path.lastName == name && $0.path.steps.count == 3 }?.fact
    }
    let (arrived, departed) = (declared("arrived"), declared("departed"))
    return [
      Field(
        "arrived", (arrived?.label ?? "arrival").capitalizedFirst, .time, help: arrived?.help,
        entered: [reader.words.time(encounter.arrived)], isRequired: true),
      Field(
        "departed", (departed?.label ?? "departure").capitalizedFirst, .time,
        help: departed?.help, entered: encounter.departed.map { [reader.words.time($0)] } ?? []),
    ]
  }

  /// The page with what is recorded.
  func page() -> EncounterPage {
    var page = blank(times: times, facts: recorded.fields(of: encounter.facts))
    page.preview = details.reasons(for: encounter.id)
    return page
  }

  private func blank(times: [Field], facts: [Field]) -> EncounterPage {
    EncounterPage(
      reader: reader, session: details.summary, encounter: encounter.id,
      name: details.summary.names.students[encounter.student]?.name ?? encounter.student,
      times: times, facts: facts)
  }

  // MARK: - What was typed

  private func read(_ body: FormBody) async throws -> Entered<EncounterEdit> {
    var mistakes: [InputMistake] = []
    let arrived = body.time("arrived", "Arrival", arrivals, mistakes: &mistakes)
    if arrived == nil, body.text("arrived") == nil {
      mistakes.append(InputMistake("arrived", "Arrival: write when the student came."))
    }
    let departed = body.time("departed", "Departure", departures, mistakes: &mistakes)
    let facts = recorded.facts(in: body, beside: encounter.facts, mistakes: &mistakes)
    var entered = Entered(
      edit: EncounterEdit(
        arrived: arrived ?? encounter.arrived, departed: departed, facts: facts),
      mistakes: mistakes, form: recorded)
    try await look(at: &entered)
    // What is not asked any more is not said any more, and that is decided too.
    let asked = entered.form.withoutHidden(entered.edit.facts)
    if asked != entered.edit.facts {
      entered.edit.facts = asked
      try await look(at: &entered)
    }
    return entered
  }

  private func look(at entered: inout Entered<EncounterEdit>) async throws {
    try await entered.look(
      .editEncounter(encounter.id, entered.edit), on: details.record.id, service, for: actor
    ) { form(in: $1, of: $0.record) }
  }

  private func page(of entered: Entered<EncounterEdit>, _ body: FormBody) -> EncounterPage {
    var times = self.times.map { $0.filled(from: body, mistakes: entered.mistakes) }
    for (index, instant) in [entered.edit.arrived, entered.edit.departed].enumerated() {
      guard let instant, times[index].mistake == nil else { continue }
      times[index].understood = understood(instant)
    }
    let facts = entered.form.fields(of: body, mistakes: entered.mistakes)
    var page = blank(times: times, facts: facts)
    page.others = entered.mistakes.outside(times + facts)
    if let obstacle = entered.preview?.obstacle { page.others.append(obstacle.sentence) }
    page.preview = entered.preview.map { reasons(in: $0) }
    return page
  }

  /// How a time was understood: with its day where that is not the session's.
  private func understood(_ instant: OffsetDateTime) -> String {
    let isOnDay = reader.words.dayOf(instant) == reader.words.dayOf(details.record.start)
    return "That is \(isOnDay ? reader.words.time(instant) : reader.words.moment(instant))."
  }

  private func reasons(in preview: Preview) -> [Reason] {
    guard let index = preview.record.presentEncounters.firstIndex(where: { $0.id == encounter.id })
    else { return [] }
    let path = "encounters[\(index)]"
    return (preview.refusal?.reasons ?? [])
      + preview.reasons.filter { $0.at == path || $0.at.hasPrefix(path + ".") }
  }

  /// The page as the form would be drawn with what was typed, and what would be decided.
  func previewed(_ body: FormBody) async throws -> EncounterPage {
    let entered = try await read(body)
    var page = page(of: entered, body)
    // While one types, nothing is wrong yet; it is said when one saves.
    if entered.preview?.obstacle == nil { page.others = [] }
    for index in page.times.indices where page.times[index].mistake != nil {
      page.times[index].understood = page.times[index].mistake
      page.times[index].mistake = nil
    }
    return page
  }

  func save(_ body: FormBody) async throws -> Response {
    let entered = try await read(body)
    var page = page(of: entered, body)
    guard entered.mistakes.isEmpty, entered.preview?.obstacle == nil else {
      return Response.page(page.page, for: reader, status: .unprocessableContent)
    }
    if entered.form.brought(up: body, drawn: body.drawn) {
      page.asksMore = true
      return Response.page(page.page, for: reader)
    }
    do {
      let after = try await service.perform(
        .editEncounter(encounter.id, entered.edit), on: details.record.id,
        expecting: try body.version(), request: body.request, by: actor)
      return Response.seeOther(SessionPages.address(of: after))
    } catch let error as ServiceError {
      page.others = try error.besideFields()
      return Response.page(page.page, for: reader, status: Problem(error).status)
    }
  }
}
#endif
