#if Server
import CEL
import Diagnostics
import HTTPTypes
import Hummingbird
import TutoringStore

extension APIRoutes {
  private static let exportID = Endpoint.Parameter(
    name: "export", place: .path, about: "The export's number.")
  private static let days: [APISchema.Member] = [
    .optional("format", .name, "The name of the format; the first one unless given."),
    .optional("from", .date, "The first day; of the month that is about to be paid unless given."),
    .optional("through", .date, "The last day, given with the first one."),
  ]

  /// What the office asks: payroll, and what was exported.
  var office: [Endpoint] {
    [
      Endpoint(
        method: .get, path: "payroll", operation: "payroll",
        summary: "What an export to payroll would be if it were made now.",
        parameters: [
          .init(
            name: "format", about: "The name of the format; the first one unless given.",
            schema: .text),
          .init(name: "from", about: "The first day.", schema: .date),
          .init(name: "through", about: "The last day.", schema: .date),
        ], response: .named("PayrollPreview"), problems: [403, 422]
      ) { request, context in
        var query = Query(request)
        let question = PayrollQuestion(
          format: query.text("format"), period: query.days(from: "from", until: "through"))
        try query.finish()
        return .json(
          try await service.payrollPreview(question, for: try context.requireActor()).json)
      },
      Endpoint(
        method: .post, path: "exports", operation: "export",
        summary: "Exports the sessions of a period to payroll, and freezes what was decided.",
        body: .object(
          Self.days + [
            .optional("digest", .name, "What the file must turn out to be, as the preview has it."),
            .required(
              "request", .requestID,
              "Names the request, such as a UUID: sent again, it does nothing twice."),
          ]), response: .named("Export"), status: .created, problems: [403, 422]
      ) { request, context in
        var input = try await JSONInput(request)
        var question = PayrollQuestion(format: input.text("format"))
        switch (input.date("from"), input.date("through")) {
        case (nil, nil): break
        case (let from?, let through?) where from <= through: question.period = from...through
        default:
          input.add(
            InputMistake("through", "A period has a first and a last day, the earlier one first."))
        }
        let (digest, name) = (input.text("digest"), input.requiredText("request"))
        try input.finish()
        let record = try await service.exportPayroll(
          question, expecting: digest, request: name, by: try context.requireActor())
        var response = Response.json(record.json, status: .created)
        response.headers[.location] = "\(Self.base)/exports/\(record.id)"
        return response
      },
      Endpoint(
        method: .get, path: "exports", operation: "exports",
        summary: "All exports, the newest first.",
        response: .object([.required("exports", .list(.named("Export")))]), problems: [403]
      ) { _, context in
        let exports = try await service.exports(for: try context.requireActor())
        return .json(.object([("exports", .array(exports.map(\.json)))]))
      },
      Endpoint(
        method: .get, path: "exports/{export}", operation: "exportDetails",
        summary: "An export with its rows and its file, byte for byte as it was made.",
        parameters: [Self.exportID],
        response: .object([
          .required("export", .named("Export")),
          .required(
            "rows",
            .list(
              .object([
                .required("session", .text), .required("version", .int), .required("entry", .text),
                .required("subject", .text), .required("line", .text), .required("minutes", .int),
                .required("text", .text),
              ]))), .optional("file", .text),
        ]), problems: [403, 404]
      ) { _, context in
        let actor = try context.requireActor()
        guard let id = Int(try context.pathPart("export")) else { throw ServiceError.notFound }
        return .json(try await service.export(id, for: actor).json)
      },
    ]
  }
}

extension APISchemas {
  static let export = APISchema.object([
    .required("id", .int), .required("at", .time), .optional("person", .text),
    .required("from", .date), .required("through", .date), .required("policies", .text),
    .required("sessions", .int), .optional("format", .text), .optional("digest", .text),
    .optional("program", .text), .optional("rows", .int), .optional("minutes", .int),
  ])

  static let payrollPreview = APISchema.object([
    .required("format", .text), .required("formats", .list(.text)), .required("from", .date),
    .required("through", .date), .required("batch", .int), .required("sessions", .int),
    .required("rows", .int), .required("minutes", .int), .required("digest", .text),
    .required("columns", .map(.text), "The sums of the columns that are added up."),
    .required(
      "totals",
      .list(
        .object([
          .required("by", .text), .required("value", .text), .required("rows", .int),
          .required("minutes", .int), .required("columns", .map(.text)),
        ]))),
    .required("byHand", .list(.text)),
    .required(
      "leftOut",
      .list(
        .object([
          .required("session", .text), .required("tutor", .text), .required("rules", .list(.text)),
          .required("undetermined", .bool), .optional("failure", .text),
          .optional("minutes", .int),
        ]))),
    .required(
      "blockers",
      .list(
        .object([
          .required("rule", .text), .required("title", .text), .required("sessions", .int),
          .required("alone", .int), .required("minutes", .int), .required("minutesAlone", .int),
          .required("columns", .map(.text)), .required("columnsAlone", .map(.text)),
          .required("tutors", .int),
        ]))),
    .required(
      "weeks",
      .list(
        .object([
          .required("monday", .date), .required("goesOut", .int), .required("leftOut", .int),
          .required("notKnown", .int),
        ])), "What becomes of the sessions, week by week."),
    .required("unexportedBefore", .int), .required("running", .int),
  ])
}
#endif
