#if Server
import PolicyEngine
import TutoringSessions

/// A form on a page of its own, which our script shows as a dialog above the page that leads to it.
struct DialogForm {
  /// What it is called.
  let title: String
  /// Where it is sent.
  let address: String
  /// Where one goes who does nothing.
  let cancel: String
  let reader: Reader
  let identity: FormIdentity
  /// Where what is typed is sent for what would be said of it; nil where nothing would be.
  var live: String?

  /// Writes the form around its fields; `actions` are the buttons in front of the one that cancels.
  func write(
    to html: inout HTML, mistakes: (inout HTML) -> Void = { _ in },
    fields: (inout HTML) -> Void, actions: (inout HTML) -> Void
  ) {
    html.section(.class("card dialog"), .labelledBy("dialog-title")) { html in
      html.h1(title, .id("dialog-title"))
      mistakes(&html)
      html.form(
        to: address, token: reader.formToken, .class("form"), .data("data-main"), .novalidate,
        .data("data-live", live)
      ) { html in
        html.identity(of: identity)
        fields(&html)
        html.div(.class("actions")) { html in
          actions(&html)
          html.a("Cancel", .class("button"), .href(cancel), .data("data-cancel"))
        }
        html.p("Ctrl+Enter saves, Esc cancels.", .class("small sub with-script"))
      }
    }
  }
}

extension HTML {
  /// Writes what the policies would say, where our script puts what they say while one types.
  mutating func live(_ id: String = "live", _ content: Content) {
    div(.id(id), .class("live stack"), .live("polite"), content: content)
  }
}
#endif
