#if Server
import Diagnostics
import HTTPTypes
import Hummingbird
import TutoringSessions

extension APIRoutes {
  private static let request = APISchema.Member.required(
    "request", .requestID, "Names the request, such as a UUID: sent again, it does nothing twice.")
  private static let version = APISchema.Member.required(
    "version", .int, "The version of the session that the change is made for.")
  private static let changeProblems = [404, 409, 422]

  /// What changes sessions, or tells what a change would be.
  var changing: [Endpoint] {
    [
      Endpoint(
        method: .post, path: "sessions", operation: "start", summary: "Starts a session.",
        body: .object(APISchemas.startMembers + [Self.request]), response: .named("Session"),
        status: .created, problems: [409, 422]
      ) { request, context in
        var input = try await JSONInput(request)
        let name = input.requiredText("request")
        let start = input.start()
        try input.finish()
        let session = try await service.start(
          start, request: name, by: try context.requireActor())
        var response = Response.json(session.json, status: .created)
        response.headers[.location] = "\(Self.base)/sessions/\(session.id)"
        return response
      },
      Endpoint(
        method: .post, path: "sessions/preview", operation: "previewStart",
        summary: "Tells what starting a session would come to.", body: .named("Start"),
        response: .named("Preview"), problems: [422]
      ) { request, context in
        var input = try await JSONInput(request)
        let start = input.start()
        try input.finish()
        return .json(
          try await service.previewStart(start, for: try context.requireActor()).json)
      },
      Endpoint(
        method: .post, path: "sessions/{id}/actions", operation: "act",
        summary: "Does something to a session.", parameters: [Self.id],
        body: APISchemas.action(with: [Self.version, Self.request]),
        response: .named("Session"), problems: Self.changeProblems
      ) { request, context in
        let actor = try context.requireActor()
        let id = try context.pathPart("id")
        let (record, _) = try await service.visibleSession(id, to: actor)
        var input = try await JSONInput(request)
        let (version, name) = (input.requiredInt("version"), input.requiredText("request"))
        let action = input.action(on: record, now: service.judge(for: actor).now)
        try input.finish()
        guard let action else { throw ServiceError.invalid([]) }
        return .json(
          try await service.perform(
            action, on: id, expecting: version, request: name, by: actor
          ).json)
      },
      Endpoint(
        method: .post, path: "sessions/{id}/actions/preview", operation: "previewAction",
        summary: "Tells what an action would come to.", parameters: [Self.id],
        body: .named("Action"), response: .named("Preview"), problems: Self.changeProblems
      ) { request, context in
        let actor = try context.requireActor()
        let id = try context.pathPart("id")
        let (record, _) = try await service.visibleSession(id, to: actor)
        var input = try await JSONInput(request)
        let action = input.action(on: record, now: service.judge(for: actor).now)
        try input.finish()
        guard let action else { throw ServiceError.invalid([]) }
        return .json(try await service.preview(action, on: id, for: actor).json)
      },
      Endpoint(
        method: .post, path: "sessions/{id}/ways-out", operation: "takeWayOut",
        summary: "Does what a way out says; it is decided again.", parameters: [Self.id],
        body: .object([
          .required("wayOut", .name, "The id of the way out."),
          .optional("values", .list(.text), "What was chosen or entered for each change."),
          .optional("decision", .name, "The decision that it was offered for."),
          Self.version, Self.request,
        ]), response: .named("Session"), problems: Self.changeProblems
      ) { request, context in
        let actor = try context.requireActor()
        var input = try await JSONInput(request)
        let way = input.requiredText("wayOut")
        let values = input.texts("values") ?? []
        let decision = input.text("decision")
        let (version, name) = (input.requiredInt("version"), input.requiredText("request"))
        try input.finish()
        return .json(
          try await service.takeWayOut(
            way, of: try context.pathPart("id"), values: values, expecting: version,
            request: name, for: decision, by: actor
          ).json)
      },
    ]
  }
}

extension JSONInput {
  /// What a session is started with.
  fileprivate mutating func start() -> StartInput {
    StartInput(
      tutor: text("tutor"), date: date("date"), start: time("start"), school: text("school"),
      description: text("description"), group: text("group"), workOrder: text("workOrder"),
      facts: object("facts") ?? [:])
  }
}
#endif
