#if Server
import TutoringSessions

/// The page on which people say who they are.
struct SignInPage: Sendable {
  /// What was typed as the name; shown again after a mistake.
  var login = ""
  /// Why it did not work, the same whatever was wrong.
  var mistake: String?
  /// Where to go then: a path of ours.
  var next: String?
  /// What is shown beside the form; nil for nothing.
  var hint: String?
  /// What proves that the form is from a page of ours.
  var formToken = ""

  /// The page before anything was typed.
  init(next: String? = nil) { self.next = next }

  /// The page.
  var page: Page {
    Page(title: "Sign in", isNarrow: true) { html in
      html.section(.class("card")) { html in
        html.h1("Sign in")
        html.p("Tutoring sessions of the district", .class("sub"))
        if let mistake {
          html.div(.class("message problem"), .role("alert"), .tabindex(-1), .autofocus) { html in
            html.span("✗", .hiddenFromReaders())
            html.div { $0.p(mistake) }
          }
        }
        html.form(
          to: Address.signIn, token: formToken, .class("form"), .data("data-plain"),
          .data("data-main")
        ) { html in
          if let next { html.input(.type("hidden"), .name("next"), .value(next)) }
          html.div(.class("field")) { html in
            html.label("User name", .for("login"))
            html.input(
              .type("text"), .id("login"), .name("login"), .value(login),
              .autocomplete("username"), .required(true), .autofocusUnless(mistake != nil))
          }
          html.div(.class("field")) { html in
            html.label("Password", .for("password"))
            html.input(
              .type("password"), .id("password"), .name("password"),
              .autocomplete("current-password"), .required(true))
          }
          if let hint { html.p(hint, .class("help")) }
          html.div(.class("actions")) {
            $0.button("Sign in", .type("submit"), .class("main"))
          }
        }
      }
    }
  }
}
#endif
