#if Server
import HTTPTypes
package import Hummingbird
import Logging

/// Counts and logs every request: by its route, never by its path, which may name a session.
package struct Observation: RouterMiddleware {
  let metrics: Metrics

  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    let response = try await next(request, context)
    let seconds = (clock.now - start) / .seconds(1)
    let route = context.endpointPath ?? "NotFound"
    // A method may be any word: those that no route has are counted as one.
    let method =
      [.get, .head, .post, .put, .patch, .delete, .options].contains(request.method)
      ? request.method.rawValue : "(other)"
    metrics.countRequest(
      route: route, method: method, status: response.status.code, seconds: seconds)
    context.logger.info(
      "request",
      metadata: [
        "route": "\(route)", "method": "\(method)", "status": "\(response.status.code)",
        "ms": "\(Int(seconds * 1_000))",
      ])
    return response
  }
}
#endif
