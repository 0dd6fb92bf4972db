#if Server
import CEL
import Diagnostics
import Hummingbird
import PolicyExports

extension APIRoutes {
  /// What the district reports.
  var reports: [Endpoint] {
    [
      Endpoint(
        method: .get, path: "report", operation: "report",
        summary:
          "The report of a year: what counts, by group and month, what does not, and the file.",
        parameters: [
          .init(
            name: "report", about: "The name of the report; the first one unless given.",
            schema: .text),
          .init(
            name: "year",
            about: "The year, by the calendar year in which it ends; this one unless given.",
            schema: .int),
        ], response: .named("Report"), problems: [403, 422]
      ) { request, context in
        var query = Query(request)
        let question = ReportQuestion(
          report: query.text("report"), year: query.int("year", in: 1900...2999))
        try query.finish()
        return .json(try await service.report(question, for: try context.requireActor()).json)
      }
    ]
  }
}

extension APISchemas {
  private static let sums: [APISchema.Member] = [
    .required("minutes", .int), .required("months", .map(.int), "Minutes by month."),
  ]

  private static let notCounted = APISchema.list(
    .object([
      .optional("rule", .text), .required("title", .text), .required("sessions", .list(.text)),
    ]))

  static let report = APISchema.object([
    .required("report", .text), .required("reports", .list(.text)), .required("year", .int),
    .required("from", .date), .required("through", .date), .required("sessions", .int),
    .required("minutes", .int), .required("months", .map(.int), "Minutes by month."),
    .required(
      "groups",
      .list(
        .object([.required("by", .text), .optional("value", .text, "None for no group.")] + sums))),
    .required("refused", notCounted, "What does not count, by the rules that say so."),
    .required("undetermined", notCounted, "What can't be decided, by the rules that can't."),
    .required("file", .text),
  ])
}

extension DistrictReport {
  /// The report with its file.
  fileprivate var json: JSONValue {
    .object([
      ("report", .string(format.id)), ("reports", .array(formats.map { .string($0.id) })),
      ("year", .int(year)), ("from", .string(days.lowerBound.description)),
      ("through", .string(days.upperBound.description)), ("sessions", .int(counted.count)),
      ("minutes", .int(report.minutes)), ("months", Self.json(report.months)),
      ("groups", .array(groups)), ("refused", .array(refused.map(Self.json))),
      ("undetermined", .array(undetermined.map(Self.json))), ("file", .string(report.file)),
    ])
  }

  private var groups: [JSONValue] {
    let found = report.groups
    return format.groupings.enumerated().flatMap { index, grouping in
      found[index].sorted { $0.key < $1.key }.map { Self.json($0.value, grouping.by, $0.key) }
        + (report.ungrouped[index].isEmpty
          ? [] : [Self.json(report.ungrouped[index], grouping.by, nil)])
    }
  }

  private static func json(
    _ months: [Report.Month: Int], _ by: String, _ value: String?
  ) -> JSONValue {
    .object(omittingNil: [
      ("by", .string(by)), ("value", .text(value)),
      ("minutes", .int(months.values.reduce(0, +))), ("months", json(months)),
    ])
  }

  private static func json(_ months: [Report.Month: Int]) -> JSONValue {
    .object(
      months.sorted { $0.key < $1.key }.map { month, minutes in
        ("\(month.year)-\(month.month < 10 ? "0" : "")\(month.month)", .int(minutes))
      })
  }

  private static func json(_ found: NotCounted) -> JSONValue {
    .object(omittingNil: [
      ("rule", found.id.isEmpty ? nil : .string(found.id)), ("title", .string(found.title)),
      ("sessions", .array(found.sessions.map { .string($0) })),
    ])
  }
}
#endif
