#if Server
import HTTPTypes
import Hummingbird
import PolicyExports

/// The pages of the reports.
struct ReportRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("office/report") { request, context in
      let found = try await found(request, context)
      let reader = Reader(context, service)
      return Response.page(ReportPage(reader: reader, found: found).page, for: reader)
    }
    router.get("office/report/file") { request, context in
      let found = try await found(request, context)
      return Response(
        status: .ok,
        headers: [
          .contentType: "text/csv; charset=utf-8",
          .contentDisposition: "attachment; filename=\"\(found.format.id)-\(found.year).csv\"",
        ], body: .init(byteBuffer: ByteBuffer(string: found.report.file)))
    }
    router.get("office/report/sessions") { request, context in
      let found = try await found(request, context)
      let query = request.uri.queryParameters
      let grouping = query.get("by").flatMap { Int($0) } ?? 0
      guard grouping == 0 || found.format.groupings.indices.contains(grouping) else {
        throw ServiceError.notFound
      }
      let group = query.get("group").map { $0.replacing("+", with: " ") }
      let month = try query.get("month").map { text in
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, let month = Report.Month(year: parts[0], month: parts[1]) else {
          throw ServiceError.notFound
        }
        return month
      }
      if group != nil, found.format.groupings.isEmpty { throw ServiceError.notFound }
      let reader = Reader(context, service)
      let page = ReportSessionsPage(
        reader: reader, found: found,
        number: ReportNumber(grouping: grouping, group: group, month: month))
      return Response.page(page.page, for: reader)
    }
  }

  private func found(
    _ request: Request, _ context: WebContext
  ) async throws -> DistrictReport {
    let query = request.uri.queryParameters
    var question = ReportQuestion()
    if let name = query.get("report"), !name.isEmpty { question.report = name }
    if let text = query.get("year"), !text.isEmpty {
      guard let year = Int(text) else {
        throw ServiceError.invalid([InputMistake("year", "A year is a number such as 2027.")])
      }
      question.year = year
    }
    return try await service.report(question, for: try context.requireActor())
  }
}
#endif
