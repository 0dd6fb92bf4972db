#if Server
import CEL
import HTTPTypes
import Hummingbird
import HummingbirdCore
import TutoringSessions
import TutoringStore

/// The pages of the office: payroll, and what was exported.
struct OfficeRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("office") { _, context in
      _ = try context.requireActor()
      return Response.seeOther(OfficePart.payroll.path)
    }
    router.get("office/payroll") { request, context in
      try await payroll(try Self.question(request.uri.queryParameters), context)
    }
    router.post("office/payroll/export") { _, context in try await export(context) }
    router.get("office/exports") { _, context in try await exports(context) }
    router.get("office/exports/:id") { request, context in
      try await export(
        try Self.number(context), isNew: request.uri.queryParameters.get("done") != nil, context)
    }
    router.get("office/exports/:id/file") { _, context in
      try await file(try Self.number(context), context)
    }
    router.get("office/exports/:id/sessions/:session") { _, context in
      try await exported(try Self.number(context), try context.pathPart("session"), context)
    }
  }

  // MARK: - Payroll

  private func payroll(
    _ question: PayrollQuestion, mistakes: [String] = [], _ context: WebContext
  ) async throws -> Response {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    var page = PayrollPage(
      reader: reader, preview: try await service.payrollPreview(question, for: actor))
    page.mistakes = mistakes
    return Response.page(
      page.page, for: reader, status: mistakes.isEmpty ? .ok : .unprocessableContent)
  }

  private func export(_ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let form = context.form
    var question = PayrollQuestion(format: form["format"])
    question.period = try Self.period(form["from"], form["through"])
    do {
      let record = try await service.exportPayroll(
        question, expecting: form["digest"], request: form.request, by: actor)
      return .seeOther(Address.export(record.id) + "?done")
    } catch ServiceError.invalid(let mistakes) {
      return try await payroll(question, mistakes: mistakes.map(\.message), context)
    }
  }

  private static func question(
    _ query: FlatDictionary<Substring, Substring>
  ) throws -> PayrollQuestion {
    let format = query.get("format") ?? ""
    return PayrollQuestion(
      format: format.isEmpty ? nil : format,
      period: try period(query.get("from"), query.get("through")))
  }

  /// The days of a period; nil where neither is given.
  private static func period(
    _ first: String?, _ last: String?
  ) throws -> ClosedRange<CivilDate>? {
    let (first, last) = (first ?? "", last ?? "")
    guard !first.isEmpty || !last.isEmpty else { return nil }
    guard let from = CivilDate(first), let through = CivilDate(last), from <= through else {
      throw ServiceError.invalid([
        InputMistake("through", "A period has a first and a last day, the earlier one first.")
      ])
    }
    return from...through
  }

  // MARK: - Exports

  private func exports(_ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    let exports = try await service.exports(for: actor)
    let page = ExportsPage(
      reader: reader, exports: exports, names: try await service.peopleNames())
    return Response.page(page.page, for: reader)
  }

  private func export(
    _ id: Int, isNew: Bool, _ context: WebContext
  ) async throws -> Response {
    let reader = Reader(context, service)
    let details = try await service.export(id, for: try context.requireActor())
    var page = ExportPage(reader: reader, details: details)
    if isNew {
      page.messages = [
        Message(.done, "\(Words.count(details.record.sessions, "session")) went out.")
      ]
    }
    return Response.page(page.page, for: reader)
  }

  private func file(_ id: Int, _ context: WebContext) async throws -> Response {
    let details = try await service.export(id, for: try context.requireActor())
    guard let file = details.file else { throw ServiceError.notFound }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8",
        .contentDisposition: "attachment; filename=\"\(details.fileName)\"",
      ], body: .init(byteBuffer: ByteBuffer(string: file)))
  }

  private func exported(
    _ id: Int, _ session: String, _ context: WebContext
  ) async throws -> Response {
    let reader = Reader(context, service)
    let page = ExportedSessionPage(
      reader: reader,
      exported: try await service.exportedSession(
        session, with: id, for: try context.requireActor()))
    return Response.page(page.page, for: reader)
  }

  private static func number(_ context: WebContext) throws -> Int {
    guard let number = Int(try context.pathPart("id")) else { throw ServiceError.notFound }
    return number
  }
}
#endif
