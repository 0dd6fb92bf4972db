#if Server
package import Hummingbird
import Logging

/// Shows what went wrong as a page.
package protocol ProblemPages: Sendable {
  /// A page for a problem; its status and headers are set by whoever asks.
  func page(for problem: Problem, request: Request, context: WebContext) -> Response
}

/// Answers every error with a page or, under the paths of programs, with JSON.
package struct ProblemRendering: RouterMiddleware {
  let pages: any ProblemPages

  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      let response = try await next(request, context)
      // Some of the server's own answers have a status alone.
      guard response.status.code >= 400, response.body.contentLength == 0, request.method != .head
      else { return response }
      return self.response(
        to: HTTPError(response.status), request: request, context: context)
    } catch {
      return response(to: error, request: request, context: context)
    }
  }

  private func response(
    to error: any Error, request: Request, context: WebContext
  ) -> Response {
    let problem = Problem(error)
    if problem.status == .internalServerError {
      // The type alone: an error's text may have a name or a fact of a student in it.
      context.logger.error("failed", metadata: ["error": "\(type(of: error))"])
    }
    let isForPrograms = request.isForPrograms
    if problem.status == .unauthorized, !isForPrograms, request.method == .get {
      return .redirect(to: "/sign-in?next=" + request.uri.string.queryEscaped)
    }
    var response =
      isForPrograms
      ? .json(problem.json, status: problem.status, type: "application/problem+json")
      : pages.page(for: problem, request: request, context: context)
    response.status = problem.status
    if let seconds = problem.retryAfterSeconds {
      response.headers[.retryAfterSeconds] = String(seconds)
    }
    if let methods = problem.allowedMethods { response.headers[.allow] = methods }
    return response
  }
}

extension Request {
  /// Whether the path is one that programs ask, which read JSON.
  var isForPrograms: Bool {
    ["/api/", "/health/"].contains { uri.path.hasPrefix($0) } || uri.path == "/metrics"
  }

  /// Whether the method is one that may change something.
  var isUnsafe: Bool { ![.get, .head, .options].contains(method) }
}

extension String {
  /// The text as a value in the query of an address.
  package var queryEscaped: String {
    utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/")]
          .contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
#endif
