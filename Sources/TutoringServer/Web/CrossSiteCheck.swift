#if Server
import HTTPTypes
package import Hummingbird

/// Refuses what pages of other sites make a browser send: by its origin, and by a token that only pages of
/// this server have.
package struct CrossSiteCheck: RouterMiddleware {
  /// The hosts by which browsers reach the server; empty for any.
  let hosts: Set<String>

  /// The field of a form that holds the token.
  package static let field = "_token"

  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let host = request.head.authority ?? ""
    // Else a name of somebody else's that is made to mean this machine would be the server's own origin.
    guard hosts.isEmpty || hosts.contains(Self.nameOnly(host)) else {
      throw Problem(
        .misdirectedRequest, kind: "wrong-host", title: "Not the name of this server",
        detail: "The server is not reached by the name '\(Self.nameOnly(host))'.")
    }
    guard request.isUnsafe else { return try await next(request, context) }
    guard Self.isFromHere(request.headers, host: host) else { throw Self.refused }
    if let signedIn = context.signedIn, signedIn.isSentByItself {
      let token = context.form[Self.field] ?? request.headers[.formToken] ?? ""
      guard token.isEqualInConstantTime(to: signedIn.formToken) else { throw Self.refused }
    }
    return try await next(request, context)
  }

  /// Whether a request comes from a page of this server, or from no page at all.
  private static func isFromHere(_ headers: HTTPFields, host: String) -> Bool {
    if let site = headers[.fetchSite] { return site == "same-origin" }
    guard let origin = headers[.origin] else { return true }
    return ["http://", "https://"].contains { origin.lowercased() == $0 + host.lowercased() }
  }

  /// A host without its port.
  private static func nameOnly(_ host: String) -> String {
    let host = host.lowercased()
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
    return String(host.prefix { $0 != ":" })
  }

  private static let refused = Problem(
    .forbidden, kind: "cross-site", title: "Not sent by a page of this server",
    detail: "Nothing was done. Open the page again, and send it from there.")
}

extension String {
  /// Whether both are the same bytes, in a time that does not tell how many of them are.
  func isEqualInConstantTime(to other: String) -> Bool {
    let (left, right) = (Array(utf8), Array(other.utf8))
    guard left.count == right.count, !left.isEmpty else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
#endif
