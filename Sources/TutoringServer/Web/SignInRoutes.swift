#if Server
import Foundation
import HTTPTypes
import Hummingbird

/// Where people sign in and out.
struct SignInRoutes: Sendable {
  let site: Site
  let pages: any SitePages

  func add(to router: Router<WebContext>) {
    router.get("sign-in") { request, context in
      let next = Self.place(request.uri.queryParameters.get("next"))
      // Who has signed in already is not asked again.
      if context.signedIn != nil { return Response.redirect(to: next) }
      return pages.signInPage(
        login: "", next: next, message: nil, hint: site.signInHint, context: context)
    }
    router.post("sign-in") { _, context in try await signIn(context) }
    router.post("sign-out") { _, context in
      if let signedIn = context.signedIn { try await site.desk.signOut(signedIn) }
      var response = Response.redirect(to: "/sign-in")
      response.setCookie(SignInDesk.noCookie(isSecure: site.isSecure))
      return response
    }
  }

  private func signIn(_ context: WebContext) async throws -> Response {
    let login = context.form.text("login") ?? ""
    let next = Self.place(context.form["next"])
    let outcome = try await site.desk.signIn(
      login: login, password: context.form["password"] ?? "", from: context.peer)
    switch outcome {
    case .signedIn(_, let token):
      // A sign-in that somebody else has left in the browser ends with the new one.
      if let signedIn = context.signedIn { try await site.desk.signOut(signedIn) }
      var response = Response.redirect(to: next)
      response.setCookie(SignInDesk.cookie(token, isSecure: site.isSecure))
      return response
    case .refused:
      return page(
        login, next, .unauthorized, "The name or the password is not right.", context)
    case .wait(let seconds):
      var response = page(
        login, next, .tooManyRequests,
        "It was tried too often. Try again in \(Self.words(for: seconds)).", context)
      response.headers[.retryAfterSeconds] = String(seconds)
      return response
    }
  }

  private func page(
    _ login: String, _ next: String, _ status: HTTPResponse.Status, _ message: String,
    _ context: WebContext
  ) -> Response {
    var response = pages.signInPage(
      login: login, next: next, message: message, hint: site.signInHint, context: context)
    response.status = status
    return response
  }

  private static func words(for seconds: Int) -> String {
    seconds < 60
      ? "\(seconds) second\(seconds == 1 ? "" : "s")"
      : "\((seconds + 59) / 60) minute\(seconds <= 60 ? "" : "s")"
  }

  /// A place of this server; its front page for anything else, such as another server's address.
  static func place(_ text: String?) -> String {
    guard let text = text?.removingPercentEncoding, text.hasPrefix("/"), !text.hasPrefix("//"),
      !text.contains("\\"), !text.hasPrefix("/sign-"), text.utf8.count <= 1_000,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return "/" }
    return text
  }
}
#endif
