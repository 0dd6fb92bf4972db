#if Server
import HTTPTypes
import Hummingbird
import TutoringSessions

/// The pages on which the policies are changed, by those who keep them.
struct PolicyEditRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("policies/edit") { request, context in
      let page = try page(of: request.uri.queryParameters.get("file"), context)
      return Response.page(page.page, for: page.reader)
    }
    router.post("policies/edit/try") { _, context in try await attempt(context) }
    router.post("policies/edit/publish") { _, context in try await publish(context) }
  }

  /// The page of a file; of the first one for nil.
  private func page(of name: String?, _ context: WebContext) throws -> PolicyEditPage {
    let files = try service.policyFiles(for: try context.requireActor())
    guard let file = name == nil ? files.first : files.first(where: { $0.name == name }) else {
      throw ServiceError.notFound
    }
    return PolicyEditPage(
      reader: Reader(context, service), folder: service.keeper.folder, files: files, file: file)
  }

  private func attempt(_ context: WebContext) async throws -> Response {
    let change = try PolicyChange(context.form)
    return try await showing(change, context) { page in
      let trial = try await service.tryPolicies(change, for: try context.requireActor())
      page.trial = trial
      if case .mistaken = trial.outcome { return .unprocessableContent }
      return .ok
    }
  }

  private func publish(_ context: WebContext) async throws -> Response {
    let change = try PolicyChange(context.form)
    var isDone = false
    let response = try await showing(change, context) { page in
      try await service.publishPolicies(
        change, tried: context.form["tried"] ?? "", request: context.form.request,
        by: try context.requireActor())
      isDone = true
      return .ok
    }
    guard isDone else { return response }
    return .seeOther("\(Part.policies.path)?published=\(change.file.queryEscaped)")
  }

  /// The page of a file with what was typed, after something is done with it; where that can't be, with why.
  private func showing(
    _ change: PolicyChange, _ context: WebContext,
    _ body: (inout PolicyEditPage) async throws -> HTTPResponse.Status
  ) async throws -> Response {
    var page = try page(of: change.file, context)
    page.text = change.text
    page.opened = change.opened
    var status: HTTPResponse.Status
    do { status = try await body(&page) } catch ServiceError.invalid(let mistakes) {
      page.messages = mistakes.map { Message(.problem, $0.message) }
      status = .unprocessableContent
    }
    return Response.page(page.page, for: page.reader, status: status)
  }
}

extension PolicyChange {
  /// The change that a form sent.
  ///
  /// - Throws: `ServiceError.invalid` where the form has none.
  fileprivate init(_ form: FormBody) throws(ServiceError) {
    guard let file = form["file"], let text = form["text"], let opened = form["opened"] else {
      throw .invalid([InputMistake("text", "The form is incomplete. Open the page again.")])
    }
    self.init(file: file, text: text, opened: opened)
  }
}
#endif
