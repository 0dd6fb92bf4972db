#if Server
package import Hummingbird

/// The plainest pages there can be: problems as text and a form to sign in, for a server that programs ask.
package struct PlainPages: SitePages {
  package init() {}

  package func page(for problem: Problem, request: Request, context: WebContext) -> Response {
    .text("\(problem.title)\n\n\(problem.detail)\n")
  }

  package func addRoutes(to router: Router<WebContext>, of site: Site) {
    router.get("/") { _, context in
      Response.text("You are \(try context.requireActor().name).\n")
    }
  }

  package func signInPage(
    login: String, next: String, message: String?, hint: String?, context: WebContext
  ) -> Response {
    .text(
      [message, hint, "Send 'login' and 'password'."].compactMap(\.self).joined(separator: "\n"))
  }
}

extension Response {
  fileprivate static func text(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
#endif
