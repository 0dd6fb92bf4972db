#if Server
import Diagnostics
import HTTPTypes
import Hummingbird

/// One thing that programs can ask, with how it is described to them.
///
/// The routes and the document that describes them are made from the same list, so that neither can have what
/// the other lacks.
struct Endpoint: Sendable {
  /// A value in the path or the query.
  struct Parameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable {
      case path, query
    }

    let name: String
    var place = Place.query
    let about: String
    var schema = APISchema.text
    var isList = false
  }

  /// The method.
  let method: HTTPRequest.Method
  /// The path below `/api/v1/`, with its parameters in braces.
  let path: String
  /// The name of the operation.
  let operation: String
  /// What it does, in a sentence.
  let summary: String
  /// Whether somebody must have signed in.
  var needsSignIn = true
  /// The parameters.
  var parameters: [Parameter] = []
  /// What the body must be; nil where there is none.
  var body: APISchema?
  /// What comes back.
  let response: APISchema
  /// The status where it works.
  var status = HTTPResponse.Status.ok
  /// The statuses beside those that every endpoint may have.
  var problems: [Int] = []
  /// What answers it.
  let handler: @Sendable (Request, WebContext) async throws -> Response

  /// Adds the route.
  func add(to group: RouterGroup<WebContext>) {
    group.on(RouterPath(path), method: method) { request, context in
      if needsSignIn { _ = try context.requireActor() }
      try check(request)
      return try await handler(request, context)
    }
  }

  /// Refuses what the query has and nobody reads: a misspelt filter must not be one that filters nothing.
  private func check(_ request: Request) throws {
    let known = Set(parameters.filter { $0.place == .query }.map(\.name))
    var seen: Set<String> = []
    for (key, value) in request.uri.queryParameters {
      let name = String(key)
      guard known.contains(name) else {
        throw ServiceError.invalid([InputMistake(name, "'\(name)' means nothing here.")])
      }
      let isList = parameters.contains { $0.name == name && $0.isList }
      guard isList || seen.insert(name).inserted else {
        throw ServiceError.invalid([InputMistake(name, "'\(name)' is given twice.")])
      }
      guard !value.utf8.contains(0) else {
        throw ServiceError.invalid([
          InputMistake(name, "'\(name)' has a character that can't be kept.")
        ])
      }
    }
  }
}
#endif
