#if Server
import Diagnostics
import HTTPTypes
import Hummingbird
import TutoringSessions
import TutoringStore

extension APIRoutes {
  /// What sessions are made of, and the rules that they are decided by.
  var listing: [Endpoint] {
    [
      Endpoint(
        method: .get, path: "students", operation: "students",
        summary: "The students whose first or last names begin as somebody types.",
        parameters: [
          .init(name: "q", about: "The first characters of names."),
          .init(name: "limit", about: "At most so many.", schema: .count(1...50)),
        ], response: .object([.required("students", .list(.named("Student")))]),
        problems: [422]
      ) { request, context in
        var query = Query(request)
        let (text, limit) = (query.text("q") ?? "", query.int("limit", in: 1...50) ?? 20)
        try query.finish()
        let students = try await service.searchStudents(
          text, limit: limit, for: try context.requireActor())
        return .json(.object([("students", .array(students.map(\.json)))]))
      },
      Endpoint(
        method: .get, path: "groups", operation: "groups",
        summary: "The groups that the reader may choose.",
        response: .object([
          .required(
            "groups",
            .list(
              .object([
                .required("id", .text), .required("name", .text), .optional("tutor", .text),
                .required("members", .list(.text)),
              ])))
        ])
      ) { _, context in
        let groups = try await service.groups(for: try context.requireActor())
        return .json(
          .object([
            (
              "groups",
              .array(
                groups.map {
                  .object(omittingNil: [
                    ("id", .string($0.id)), ("name", .string($0.name)), ("tutor", .text($0.tutor)),
                    ("members", .array($0.members.map { .string($0) })),
                  ])
                })
            )
          ]))
      },
      Endpoint(
        method: .get, path: "groups/{group}/members", operation: "members",
        summary: "The students of a group.",
        parameters: [.init(name: "group", place: .path, about: "The group's id.")],
        response: .object([.required("students", .list(.named("Student")))]), problems: [404]
      ) { _, context in
        let students = try await service.members(
          ofGroup: try context.pathPart("group"), for: try context.requireActor())
        return .json(.object([("students", .array(students.map(\.json)))]))
      },
      Endpoint(
        method: .get, path: "work-orders", operation: "workOrders",
        summary: "The work orders that the reader may use today.",
        response: .object([
          .required(
            "workOrders",
            .list(
              .object([
                .required("id", .text), .optional("title", .text), .required("kind", .text),
                .required("activity", .text), .optional("tutor", .text),
                .optional("validFrom", .date), .optional("validUntil", .date),
              ])))
        ])
      ) { _, context in
        let orders = try await service.workOrders(for: try context.requireActor())
        return .json(.object([("workOrders", .array(orders.map(\.json)))]))
      },
      Endpoint(
        method: .get, path: "policies", operation: "policies",
        summary: "The policies in force: decisions, rules, and a change that was not taken.",
        response: .object([
          .required("digest", .text), .required("since", .time),
          .required(
            "decisions",
            .list(.object([.required("name", .text), .required("title", .text)]))),
          .required(
            "rules",
            .list(
              .object([
                .required("id", .text), .required("title", .text), .optional("topic", .text),
                .required("decides", .list(.text)), .optional("source", .text),
              ]))),
          .optional(
            "changeNotTaken",
            .object([
              .required("since", .time), .required("diagnostics", .list(.named("Diagnostic"))),
            ])),
        ])
      ) { _, context in
        .json(service.policies(for: try context.requireActor()).json)
      },
      Endpoint(
        method: .get, path: "audit", operation: "audit",
        summary: "The log of all records, the newest first, for those who see all of it.",
        parameters: [
          .init(name: "subject", about: "The id of a record."),
          .init(name: "person", about: "The id of who did it."),
          .init(name: "action", about: "The name of an action."),
          .init(name: "limit", about: "At most so many.", schema: .count(1...500)),
          .init(
            name: "after", about: "The sequence that the page starts behind.",
            schema: .count(1...Int.max)),
        ], response: .object([.required("events", .list(.named("Event")))]),
        problems: [403, 422]
      ) { request, context in
        var query = Query(request)
        let filter = EventFilter(
          subject: query.text("subject"), person: query.text("person"),
          action: query.text("action"))
        let limit = query.int("limit", in: 1...500) ?? 100
        let after = query.int("after", in: 1...Int.max)
        try query.finish()
        let events = try await service.audit(
          filter, limit: limit, after: after.map { Int64($0) }, for: try context.requireActor())
        return .json(.object([("events", .array(events.map(\.json)))]))
      },
    ]
  }
}
#endif
