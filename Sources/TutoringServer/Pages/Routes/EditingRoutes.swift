#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// Changing a session itself.
struct EditingRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/:id/edit") { _, context in
      let dialog = try await SessionDialog(service, context)
      return Response.page(dialog.page().page, for: dialog.reader)
    }
    router.post("sessions/:id/edit/preview") { _, context in
      let dialog = try await SessionDialog(service, context)
      return Response.page(try await dialog.previewed(context.form).page, for: dialog.reader)
    }
    router.post("sessions/:id/edit") { _, context in
      try await SessionDialog(service, context).save(context.form)
    }
  }
}

/// A session with the form that changes what was said of it.
struct SessionDialog: Sendable {
  let service: DistrictService
  let reader: Reader
  private let actor: Actor
  private let details: SessionDetails

  private var record: SessionRecord { details.record }

  init(_ service: DistrictService, _ context: WebContext) async throws {
    self.service = service
    reader = Reader(context, service)
    actor = try context.requireActor()
    details = try await service.session(try context.pathPart("id"), for: actor)
  }

  /// The facts of a session that have fields of their own here, or actions of their own.
  private static let others: Set<String> = [
    "id", "date", "tutor", "group", "start", "end", "workOrder", "tags", "encounters",
  ]

  private func form(in document: FactDocument?) -> FactForm {
    FactForm(
      details.policies.fields(of: [], in: document, reader), depth: 0,
      role: details.policies.role(of: actor), leavingOut: Self.others,
      times: starts, words: reader.words)
  }

  /// The record's own parts and its other facts, as one tree by their names.
  private static func facts(of edit: SessionEdit) -> [String: FactValue] {
    var facts = edit.facts
    facts["school"] = edit.school.map { .text($0) }
    facts["description"] = edit.description.map { .text($0) }
    return facts
  }

  private var starts: TimeReading {
    TimeReading(zone: reader.words.zone, day: record.date, near: record.start)
  }

  private var ends: TimeReading {
    TimeReading(record, reader, near: record.end ?? reader.now)
  }

  private var fields: [Field] {
    var fields = [
      Field("date", "Date", .day, entered: [record.date.description], isRequired: true),
      Field(
        "start", "Start time", .time, entered: [reader.words.time(record.start)], isRequired: true),
    ]
    if let end = record.end {
      fields.append(
        Field("end", "End time", .time, entered: [reader.words.time(end)], isRequired: true))
    }
    return fields
  }

  /// The page with what is recorded.
  func page() -> EditSessionPage {
    EditSessionPage(
      reader: reader, session: details.summary, fields: fields,
      facts: form(in: details.document).fields(of: Self.facts(of: SessionEdit(of: record))))
  }

  private func read(_ body: FormBody) async throws -> Entered<SessionEdit> {
    var entered = Entered(
      edit: SessionEdit(of: record), mistakes: [], form: form(in: details.document))
    if let text = body.text("date") {
      if let day = TypedDay.day(text, near: record.date) {
        entered.edit.date = day
      } else {
        entered.mistakes.append(
          InputMistake("date", "Date: “\(text)” is not a day. Write it like 11/25/2026."))
      }
    }
    // Times that were left as they are shown keep their seconds.
    func time(_ name: String, _ label: String, _ reading: TimeReading, _ old: OffsetDateTime)
      -> OffsetDateTime
    {
      if body.text(name) == reader.words.time(old) { return old }
      return body.time(name, label, reading, mistakes: &entered.mistakes) ?? old
    }
    entered.edit.start = time("start", "Start time", starts, record.start)
    if let end = record.end {
      let reading = TimeReading(
        zone: reader.words.zone, day: entered.edit.date, earliest: entered.edit.start, near: end)
      entered.edit.end = time("end", "End time", reading, end)
    }
    var facts = entered.form.facts(
      in: body, beside: Self.facts(of: entered.edit), mistakes: &entered.mistakes)
    set(&facts, in: &entered.edit)
    try await look(at: &entered)
    facts = entered.form.withoutHidden(Self.facts(of: entered.edit))
    if facts != Self.facts(of: entered.edit) {
      set(&facts, in: &entered.edit)
      try await look(at: &entered)
    }
    return entered
  }

  private func set(_ facts: inout [String: FactValue], in edit: inout SessionEdit) {
    edit.school = facts.removeValue(forKey: "school")?.text
    edit.description = facts.removeValue(forKey: "description")?.text
    edit.facts = facts
  }

  private func look(at entered: inout Entered<SessionEdit>) async throws {
    try await entered.look(.edit(entered.edit), on: record.id, service, for: actor) {
      form(in: $1)
    }
  }

  private func page(of entered: Entered<SessionEdit>, _ body: FormBody) -> EditSessionPage {
    var fields = self.fields.map { $0.filled(from: body, mistakes: entered.mistakes) }
    for (name, instant) in [("start", entered.edit.start), ("end", entered.edit.end)] {
      guard let instant, let index = fields.firstIndex(where: { $0.name == name }),
        fields[index].mistake == nil
      else { continue }
      fields[index].understood = "That is \(reader.words.moment(instant))."
    }
    let facts = entered.form.fields(of: body, mistakes: entered.mistakes)
    var page = EditSessionPage(
      reader: reader, session: details.summary, fields: fields, facts: facts)
    page.others = entered.mistakes.outside(fields + facts)
    if let obstacle = entered.preview?.obstacle { page.others.append(obstacle.sentence) }
    page.preview = entered.preview.map { preview in
      (preview.refusal?.reasons ?? []) + preview.reasons.filter { $0.at.isEmpty }
    }
    return page
  }

  /// The page as the form would be drawn with what was typed, and what would be decided.
  func previewed(_ body: FormBody) async throws -> EditSessionPage {
    let entered = try await read(body)
    var page = page(of: entered, body)
    if entered.preview?.obstacle == nil { page.others = [] }
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
        .edit(entered.edit), on: record.id, expecting: try body.version(),
        request: body.request, by: actor)
      return Response.seeOther(SessionPages.address(of: after))
    } catch let error as ServiceError {
      page.others = try error.besideFields()
      return Response.page(page.page, for: reader, status: Problem(error).status)
    }
  }
}
#endif
