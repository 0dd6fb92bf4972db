#if Server
package import Hummingbird

/// What answers requests, and what it answers them by.
package struct Site: Sendable {
  /// What pages and programs ask.
  package let service: DistrictService
  /// Signs people in.
  package let desk: SignInDesk
  /// Whether browsers reach the server by TLS, so that cookies are sent that way alone.
  package let isSecure: Bool
  /// The names by which browsers reach the server; empty for any.
  package let hosts: Set<String>
  /// What a browser is shown on the sign-in page beside the form, as the demo's names; nil for nothing.
  package let signInHint: String?

  /// A site over a service.
  package init(
    service: DistrictService, desk: SignInDesk, isSecure: Bool = false,
    hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"], signInHint: String? = nil
  ) {
    self.service = service
    self.desk = desk
    self.isSecure = isSecure
    self.hosts = hosts
    self.signInHint = signInHint
  }
}

/// The pages of a site.
package protocol SitePages: ProblemPages {
  /// Adds the routes of the pages.
  func addRoutes(to router: Router<WebContext>, of site: Site)
  /// The page on which people sign in.
  ///
  /// - Parameters:
  ///   - login: What was entered before.
  ///   - next: Where to go afterwards.
  ///   - message: Why it did not work; nil for the first time.
  ///   - hint: What is shown beside the form.
  ///   - context: The request's.
  /// - Returns: The page; its status is set by whoever asks.
  func signInPage(
    login: String, next: String, message: String?, hint: String?, context: WebContext
  ) -> Response
}
#endif
