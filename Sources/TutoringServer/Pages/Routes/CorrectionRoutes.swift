#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// Correcting what was exported.
struct CorrectionRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("office/sessions/:id/correct") { _, context in
      let dialog = try await CorrectionDialog(service, context)
      return Response.page(dialog.page().page, for: dialog.reader)
    }
    router.post("office/sessions/:id/correct") { _, context in
      try await CorrectionDialog(service, context).save(context.form)
    }
  }
}

/// A session that went out, with the form that corrects it.
private struct CorrectionDialog {
  let service: DistrictService
  let reader: Reader
  private let actor: Actor
  private let details: SessionDetails
  private let orders: [WayOut.Choice]

  private var record: SessionRecord { details.record }

  /// - Throws: `ServiceError` where the session did not go out, or is not the reader's to correct.
  init(_ service: DistrictService, _ context: WebContext) async throws {
    self.service = service
    reader = Reader(context, service)
    actor = try context.requireActor()
    guard actor.changesAllSessions else { throw ServiceError.notAllowed }
    details = try await service.session(try context.pathPart("id"), for: actor)
    guard details.record.stage == .exported else {
      throw ServiceError.impossible(.notExported, session: details.record)
    }
    orders = try await service.assignableWorkOrders(to: details.record.id, for: actor)
  }

  private var fields: [Field] {
    let present = record.workOrder?.workOrder ?? ""
    let choices =
      [Field.Option(present, details.summary.names.workOrder ?? "No Work Order")]
      + orders.map { Field.Option($0.value, $0.label) }
    return [
      Field("reason", "Reason", .text(suggestions: [], isLong: false), isRequired: true),
      Field(
        "start", "Start time", .time, entered: [reader.words.time(record.start)], isRequired: true),
      Field(
        "end", "End time", .time, entered: record.end.map { [reader.words.time($0)] } ?? [],
        isRequired: true),
      Field("workOrder", "Work order", .menu(choices), entered: [present]),
    ]
  }

  func page() -> CorrectionPage {
    CorrectionPage(reader: reader, session: details.summary, fields: fields)
  }

  func save(_ body: FormBody) async throws -> Response {
    var mistakes: [InputMistake] = []
    var page = page()
    let actions = actions(in: body, mistakes: &mistakes)
    if body.text("reason") == nil {
      mistakes.append(InputMistake("reason", "Reason: say why, for whoever reads the export."))
    }
    page.fields = page.fields.map { $0.filled(from: body, mistakes: mistakes) }
    guard mistakes.isEmpty else {
      page.others = mistakes.outside(page.fields)
      return Response.page(page.page, for: reader, status: .unprocessableContent)
    }
    do {
      _ = try await service.perform(
        .correct(reason: body.text("reason") ?? "", actions), on: record.id,
        expecting: try body.version(), request: body.request, by: actor)
      return .seeOther(OfficePart.payroll.path)
    } catch let error as ServiceError {
      switch error {
      case .refused(let refusal): page.others = refusal.reasons.map(\.text)
      case .impossible(let refusal, _): page.others = [refusal.sentence]
      case .invalid(let mistakes): page.others = mistakes.map(\.message)
      case .changedMeanwhile:
        page.others = ["The session was changed in the meantime. Look at it once more."]
      case .notFound, .notAllowed: throw error
      }
      return Response.page(page.page, for: reader, status: Problem(error).status)
    }
  }

  /// What is changed of the session itself; nothing where the fields say what is recorded.
  private func actions(
    in body: FormBody, mistakes: inout [InputMistake]
  ) -> [SessionAction] {
    var edit = SessionEdit(of: record)
    // Times that were left as they are shown keep their seconds.
    if body.text("start") != reader.words.time(record.start) {
      let reading = TimeReading(zone: reader.words.zone, day: record.date, near: record.start)
      if let start = body.time("start", "Start time", reading, mistakes: &mistakes) {
        edit.start = start
      }
    }
    if let end = record.end, body.text("end") != reader.words.time(end) {
      let reading = TimeReading(
        zone: reader.words.zone, day: record.date, earliest: edit.start, near: end)
      if let end = body.time("end", "End time", reading, mistakes: &mistakes) { edit.end = end }
    }
    var actions: [SessionAction] = []
    if edit != SessionEdit(of: record) { actions.append(.edit(edit)) }
    if let order = body.text("workOrder"), order != record.workOrder?.workOrder {
      actions.append(
        .assignWorkOrder(.init(workOrder: order, assignedOn: reader.words.today)))
    }
    return actions
  }
}
#endif
