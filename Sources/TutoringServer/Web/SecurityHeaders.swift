#if Server
import HTTPTypes
package import Hummingbird

/// Adds to every response, errors too, what keeps browsers from doing more with it than is meant.
package struct SecurityHeaders: RouterMiddleware {
  /// Whether browsers reach the server by TLS.
  let isSecure: Bool

  /// No page has script or style within itself, and none asks anybody else for anything.
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
    """

  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    Self.add(to: &response.headers, isSecure: isSecure)
    return response
  }

  static func add(to headers: inout HTTPFields, isSecure: Bool) {
    headers[.contentSecurityPolicy] = policy
    headers[.xContentTypeOptions] = "nosniff"
    // With `no-referrer`, browsers would send forms with the origin `null`.
    headers[.referrerPolicy] = "same-origin"
    headers[.frameOptions] = "DENY"
    headers[.openerPolicy] = "same-origin"
    headers[.resourcePolicy] = "same-origin"
    headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
    if isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
    // What a page shows is one person's; what may be kept says so itself.
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
  }
}

extension HTTPField.Name {
  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else {
      preconditionFailure("'\(name)' is a header name of letters and hyphens")
    }
    return name
  }

  static let referrerPolicy = known("Referrer-Policy")
  static let frameOptions = known("X-Frame-Options")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
  static let permissionsPolicy = known("Permissions-Policy")
  static let fetchSite = known("Sec-Fetch-Site")
  static let formToken = known("X-Form-Token")
  static let retryAfterSeconds = known("Retry-After")
}
#endif
