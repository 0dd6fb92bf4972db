#if Server
import CEL
import Diagnostics
import HTTPTypes
import Hummingbird
import TutoringSessions
import TutoringStore

/// What programs can ask: all that the pages do, in JSON.
struct APIRoutes: Sendable {
  /// The path in front of all of them.
  static let base = "/api/v1"

  let site: Site

  var service: DistrictService { site.service }

  /// All of them, in the order in which they are described.
  var endpoints: [Endpoint] {
    signingIn + reading + changing + listing + office + reports + rosters + stateless
  }

  func add(to router: Router<WebContext>) {
    let group = router.group("api/v1")
    let endpoints = endpoints
    for endpoint in endpoints { endpoint.add(to: group) }
    for (path, endpoints) in Dictionary(grouping: endpoints, by: \.path) {
      addRefusals(of: endpoints.map(\.method), to: group, path)
    }
    let document = OpenAPIDocument(endpoints: endpoints).json.pretty
    group.get("openapi.json") { _, _ in Response.json(text: document) }
  }

  /// Answers the methods that a path does not have, by those that it has.
  private func addRefusals(
    of methods: [HTTPRequest.Method], to group: RouterGroup<WebContext>, _ path: String
  ) {
    // What can be got has a head too, without being described.
    let known = methods + (methods.contains(.get) ? [.head] : [])
    let allowed = known.map(\.rawValue).joined(separator: ", ")
    for method in Self.refusedMethods where !known.contains(method) {
      group.on(RouterPath(path), method: method) { _, _ -> Response in
        var problem = Problem(
          .methodNotAllowed, kind: "method-not-allowed", title: "Not a method of this address",
          detail: "The methods are: \(allowed).")
        problem.allowedMethods = allowed
        throw problem
      }
    }
  }

  /// The methods that programs may try.
  static let refusedMethods: [HTTPRequest.Method] =
    [.get, .head, .post, .put, .patch, .delete, .trace] + [.init("QUERY")].compactMap(\.self)

  // MARK: - Signing in

  private var signingIn: [Endpoint] {
    [
      Endpoint(
        method: .post, path: "sign-in", operation: "signIn",
        summary: "Gives a token that shows who asks, for the header Authorization: Bearer.",
        needsSignIn: false,
        body: .object([.required("login", .name), .required("password", .name)]),
        response: .object([
          .required("token", .text), .required("person", .text), .required("name", .text),
          .required("roles", .list(.text)), .required("secondsValid", .int),
        ]), problems: [401, 429]
      ) { request, context in
        var input = try await JSONInput(request)
        let (login, password) = (input.requiredText("login"), input.requiredText("password"))
        try input.finish()
        switch try await site.desk.signIn(login: login, password: password, from: context.peer) {
        case .signedIn(let actor, let token):
          return .json(
            .object(
              [("token", .string(token.text))] + actor.members
                + [("secondsValid", .int(SignInDesk.duration))]))
        case .refused:
          throw Problem(
            .unauthorized, kind: "refused-sign-in", title: "Not signed in",
            detail: "The name or the password is not right.")
        case .wait(let seconds):
          var problem = Problem(
            .tooManyRequests, kind: "too-many-tries", title: "Too many tries",
            detail: "It was tried too often. Try again later.")
          problem.retryAfterSeconds = seconds
          throw problem
        }
      },
      Endpoint(
        method: .post, path: "sign-out", operation: "signOut", summary: "Ends the sign-in.",
        response: .object([.required("signedOut", .bool)])
      ) { _, context in
        if let signedIn = context.signedIn { try await site.desk.signOut(signedIn) }
        return .json(.object([("signedOut", .bool(true))]))
      },
      Endpoint(
        method: .get, path: "me", operation: "me", summary: "Tells who has signed in.",
        response: .object([
          .required("person", .text), .required("name", .text),
          .required("roles", .list(.text)),
          .required("formToken", .text, "For the header X-Form-Token, with a cookie."),
        ])
      ) { _, context in
        let actor = try context.requireActor()
        return .json(
          .object(actor.members + [("formToken", .string(context.signedIn?.formToken ?? ""))]))
      },
    ]
  }

  // MARK: - Reading sessions

  static let id = Endpoint.Parameter(name: "id", place: .path, about: "The session's id.")

  private var reading: [Endpoint] {
    [
      Endpoint(
        method: .get, path: "dashboard", operation: "dashboard",
        summary: "The sessions that the reader may see, with what was decided of each.",
        parameters: [
          .init(
            name: "stage", about: "Only sessions in this stage.",
            schema: .oneOf(SessionRecord.Stage.allCases.map(\.rawValue)), isList: true),
          .init(name: "from", about: "The first day.", schema: .date),
          .init(name: "through", about: "The last day.", schema: .date),
          .init(name: "tutor", about: "For those who see all sessions: whose."),
          .init(name: "rule", about: "Only sessions that this rule stands in the way of."),
          .init(
            name: "recorded",
            about: """
              Only sessions in which this is recorded of a student: a fact of encounters that is Yes, such as \
              'qualifiers.remedial', or one of a list, such as 'remedialCriteria=reading-improvement-plan'.
              """),
          .init(
            name: "needsAttention",
            about: "Only sessions that somebody should do something about.", schema: .bool),
          .init(name: "limit", about: "At most so many.", schema: .count(1...200)),
          .init(name: "after", about: "The session that the page starts behind."),
        ],
        response: .object([
          .required("now", .time), .required("policies", .text),
          .required("active", .list(.named("Summary"))),
          .required("needingAttention", .list(.named("Summary"))),
          .required("others", .list(.named("Summary"))), .optional("next", .text),
        ]), problems: [422]
      ) { request, context in
        let dashboard = try await service.dashboard(
          try DashboardFilter(Query(request)), for: try context.requireActor())
        return .json(dashboard.json)
      },
      Endpoint(
        method: .get, path: "sessions/{id}", operation: "session",
        summary: "A session with its verdicts, reasons and ways out.", parameters: [Self.id],
        response: .named("Details"), problems: [404]
      ) { _, context in
        .json(
          try await service.session(
            try context.pathPart("id"), for: try context.requireActor()
          ).json)
      },
      Endpoint(
        method: .get, path: "sessions/{id}/why", operation: "why",
        summary: """
          Why a session was decided as it was: the same JSON as 'tutorpolicy explain --format json' has \
          for each session.
          """,
        parameters: [
          Self.id,
          .init(name: "decision", about: "A decision to explain.", schema: .name, isList: true),
          .init(
            name: "if", about: "Something to suppose, such as 'end=null'.", schema: .name,
            isList: true),
          .init(name: "from", about: "The first day of a time line.", schema: .date),
          .init(name: "until", about: "The last day of a time line.", schema: .date),
        ], response: .open(about: "An explanation."), problems: [404, 422]
      ) { request, context in
        var query = Query(request)
        var question = WhyQuestion()
        question.decisions = query.all("decision")
        question.suppositions = query.all("if")
        question.days = query.days(from: "from", until: "until")
        try query.finish()
        let why = try await service.why(
          try context.pathPart("id"), question, for: try context.requireActor())
        return .json(text: why.json)
      },
      Endpoint(
        method: .get, path: "sessions/{id}/events", operation: "events",
        summary: "What happened to a session, the oldest first.", parameters: [Self.id],
        response: .object([.required("events", .list(.named("Event")))]), problems: [404]
      ) { _, context in
        let events = try await service.events(
          try context.pathPart("id"), for: try context.requireActor())
        return .json(.object([("events", .array(events.map(\.json)))]))
      },
      Endpoint(
        method: .get, path: "sessions/{id}/tags", operation: "tags",
        summary: "The tags that a session may have, the most used first.", parameters: [Self.id],
        response: .object([
          .required("choices", .list(.named("TagChoice"))),
          .required("own", .list(.named("TagChoice"))), .optional("refusal", .named("Refusal")),
        ]), problems: [404]
      ) { _, context in
        .json(
          try await service.tagsForm(
            try context.pathPart("id"), for: try context.requireActor()
          ).json)
      },
    ]
  }
}

extension Actor {
  /// Who it is.
  fileprivate var members: [(String, JSONValue)] {
    [
      ("person", .string(person)), ("name", .string(name)),
      ("roles", .array(roles.map(\.rawValue).sorted().map { .string($0) })),
    ]
  }
}

extension DashboardFilter {
  init(_ query: Query) throws {
    var query = query
    self.init()
    for text in query.all("stage") {
      guard let stage = SessionRecord.Stage(rawValue: text) else {
        query.add(InputMistake("stage", "'\(text)' is not a stage."))
        continue
      }
      stages.insert(stage)
    }
    from = query.date("from")
    through = query.date("through")
    tutor = query.text("tutor")
    rule = query.text("rule")
    recorded = query.text("recorded").flatMap { RecordedFact($0) }
    needsAttention = query.bool("needsAttention") ?? false
    limit = query.int("limit", in: 1...200) ?? limit
    after = query.text("after")
    try query.finish()
  }
}
#endif
