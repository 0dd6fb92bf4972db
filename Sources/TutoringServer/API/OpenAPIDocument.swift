#if Server
import Diagnostics
import HTTPTypes
import Hummingbird

/// The description of what programs can ask, as OpenAPI 3.1 has it.
struct OpenAPIDocument {
  let endpoints: [Endpoint]

  /// The document.
  var json: JSONValue {
    .object([
      ("openapi", .string("3.1.0")),
      (
        "info",
        .object([
          ("title", .string("Tutoring sessions of a school district")),
          ("version", .string("1")),
          (
            "description",
            .string(
              """
              Sessions, what may be done to them, and what the policies decide of them. Sign in with \
              'signIn' and send the token with each request; or send the cookie of the pages, and with \
              each change the header X-Form-Token.
              """)
          ),
        ])
      ),
      ("servers", .array([.object([("url", .string(APIRoutes.base))])])),
      ("paths", .object(paths)),
      (
        "components",
        .object([
          ("schemas", .object(APISchemas.all.map { ($0.name, $0.schema.json) })),
          (
            "securitySchemes",
            .object([
              ("bearer", .object([("type", .string("http")), ("scheme", .string("bearer"))])),
              (
                "cookie",
                .object([
                  ("type", .string("apiKey")), ("in", .string("cookie")),
                  ("name", .string(SignInDesk.cookieName)),
                ])
              ),
            ])
          ),
        ])
      ),
    ])
  }

  private var paths: [(String, JSONValue)] {
    var order: [String] = []
    var operations: [String: [(String, JSONValue)]] = [:]
    for endpoint in endpoints {
      let path = "/" + endpoint.path
      if operations[path] == nil { order.append(path) }
      operations[path, default: []].append(
        (endpoint.method.rawValue.lowercased(), endpoint.json))
    }
    return order.map { ($0, .object(operations[$0] ?? [])) }
  }
}

extension Endpoint {
  /// How the endpoint is described.
  fileprivate var json: JSONValue {
    let works = JSONValue.object([
      ("description", .string("It worked.")),
      ("content", .object([("application/json", .object([("schema", response.json)]))])),
    ])
    var statuses = Set(problems)
    // Any request can be one that is not read: too large, too slow, or with parameters that mean nothing.
    statuses.formUnion([400, 405, 421, 422])
    if needsSignIn { statuses.formUnion([401, 403]) }
    if method != .get { statuses.formUnion([403, 408, 413, 415]) }
    return .object(omittingNil: [
      ("operationId", .string(operation)), ("summary", .string(summary)),
      (
        "security",
        .array(
          needsSignIn
            ? [
              .object([("bearer", .array([]))]), .object([("cookie", .array([]))]),
            ] : [])
      ),
      ("parameters", parameters.isEmpty ? nil : .array(parameters.map(\.json))),
      (
        "requestBody",
        body.map { body in
          .object([
            ("required", .bool(true)),
            ("content", .object([("application/json", .object([("schema", body.json)]))])),
          ])
        }
      ),
      (
        "responses",
        .object(
          [(String(status.code), works)]
            + statuses.sorted().map { (String($0), Self.problem(HTTPResponse.Status(code: $0))) })
      ),
    ])
  }

  private static func problem(_ status: HTTPResponse.Status) -> JSONValue {
    .object([
      ("description", .string(status.reasonPhrase)),
      (
        "content",
        .object([
          (
            "application/problem+json",
            .object([("schema", APISchema.named("Problem").json)])
          )
        ])
      ),
    ])
  }
}

extension Endpoint.Parameter {
  /// How the parameter is described.
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("name", .string(name)), ("in", .string(place.rawValue)),
      ("required", place == .path ? .bool(true) : nil), ("description", .string(about)),
      ("schema", (isList ? APISchema.list(schema) : schema).json),
    ])
  }
}
#endif
