#if Server
import CEL
import Diagnostics
import HTTPTypes
import Hummingbird
import PolicyEngine
import PolicyRemedies
import PolicyRendering

extension APIRoutes {
  private static let parameters: [Endpoint.Parameter] = [
    .init(
      name: "decision", about: "A decision to take; all but those on request unless given.",
      schema: .name, isList: true),
    .init(name: "today", about: "The day decided for; today unless given.", schema: .date),
  ]

  private static let document = APISchema.open(
    about: "A session document, as the vocabulary of the policies declares it.")

  /// What decides any session document, and keeps nothing of it.
  var stateless: [Endpoint] {
    [
      Endpoint(
        method: .post, path: "decide", operation: "decide",
        summary: "Decides a session document; the same JSON as 'tutorpolicy check --format json'.",
        parameters: Self.parameters, body: Self.document, response: .open(about: "A verdict."),
        problems: [422]
      ) { request, context in
        let asked = try await Asked(request, service.judge(for: try context.requireActor()))
        let clock = ContinuousClock()
        let start = clock.now
        let verdict = asked.policies.decide(
          asked.document, today: asked.today, decisions: asked.decisions)
        let noted = asked.policies.decide(
          asked.document, today: asked.today, decisions: asked.decisions, for: .person(nil))
        service.note(noted, by: asked.judge, took: clock.now - start)
        return .json(
          text: verdict.prettyJSON(
            whatIf: nil,
            provenance: Provenance(policies: asked.policies, document: asked.document.digest)))
      },
      Endpoint(
        method: .post, path: "explain", operation: "explain",
        summary:
          "Explains a session document; the same JSON as 'tutorpolicy explain --format json'.",
        parameters: Self.parameters, body: Self.document,
        response: .open(about: "An explanation."), problems: [422]
      ) { request, context in
        let asked = try await Asked(request, service.judge(for: try context.requireActor()))
        let explanation = asked.policies.explain(
          asked.document, today: asked.today, decisions: asked.decisions)
        let remedies = asked.judge.taken.knowledge.remedies(
          for: asked.document, today: asked.today, decisions: asked.decisions)
        return .json(text: ExplanationReport(explanation).prettyJSON(with: remedies))
      },
      Endpoint(
        method: .post, path: "fix", operation: "fix",
        summary: """
          Finds what would make a session document pass; the same JSON as 'tutorpolicy fix --format json'.
          """,
        parameters: Self.parameters + [
          .init(
            name: "as",
            about:
              "Who asks: a role that the vocabulary names under changedBy; empty for its reader.")
        ], body: Self.document, response: .open(about: "Ways out."), problems: [422]
      ) { request, context in
        let asked = try await Asked(request, service.judge(for: try context.requireActor()))
        let remedies = asked.judge.taken.knowledge.remedies(
          for: asked.document, today: asked.today, decisions: asked.decisions, role: asked.role)
        return .json(text: remedies.prettyJSON)
      },
    ]
  }

  /// A document that was sent, with what is asked of it.
  private struct Asked {
    let judge: SessionJudge
    let document: FactDocument
    let today: CivilDate
    let decisions: [Int]
    let role: String?

    var policies: PolicySet { judge.policies }

    init(_ request: Request, _ judge: SessionJudge) async throws {
      self.judge = judge
      var query = Query(request)
      today = query.date("today") ?? judge.today
      let names = query.all("decision")
      var indexes = judge.policies.defaultDecisions
      do throws(UnknownDecision) {
        if !names.isEmpty { indexes = try judge.policies.decisionIndexes(names) }
      } catch {
        query.add(InputMistake("decision", error.description))
      }
      decisions = indexes
      role = query.text("as")
      let roles = judge.policies.vocabulary.roles
      if let role, !roles.contains(role) {
        query.add(
          InputMistake(
            "as",
            "'\(role)' is nobody who can change a fact. The roles are: "
              + roles.joined(separator: ", ") + "."))
      }
      try query.finish()
      let source = Source(name: "<stdin>", text: try await request.jsonText())
      var diagnostics: [Diagnostic] = []
      let read = FactDocument.read(
        json: source, schema: judge.policies.vocabulary.schema, into: &diagnostics)
      guard let read else {
        var problem = Problem(
          .unprocessableContent, kind: "unreadable-document",
          title: "Not a session document",
          detail: "The document can't be decided: see what is wrong with it, and where.")
        problem.diagnostics = diagnostics.sortedByPlace()
        throw problem
      }
      document = read
    }
  }
}
#endif
