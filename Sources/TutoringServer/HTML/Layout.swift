#if Server
/// A page without what all pages have around them.
struct Page: Sendable {
  /// What it is, as a tab of the browser shows it; of a session's page, with the session's id.
  var title: String
  /// The part of the application that it belongs to; nil for none.
  var part: Part?
  /// What is said above it.
  var messages: [Message] = []
  /// Whether it is one column of text or fields.
  var isNarrow = false
  /// What it shows.
  var content: HTML

  /// A page of a title and content.
  init(
    title: String, part: Part? = nil, messages: [Message] = [], isNarrow: Bool = false,
    content: (inout HTML) -> Void
  ) {
    self.title = title
    self.part = part
    self.messages = messages
    self.isNarrow = isNarrow
    self.content = HTML(content)
  }
}

/// A part of the application, which the bar at the top leads to.
struct Part: Hashable, Sendable {
  /// Where it begins.
  let path: String
  /// What the bar calls it.
  let label: String

  /// A part that begins at a path.
  init(_ path: String, _ label: String) {
    self.path = path
    self.label = label
  }

  static let sessions = Part("/", "Sessions")
  static let office = Part("/office", "Office")
  static let policies = Part("/policies", "Policies")
  static let audit = Part("/audit", "Audit")
}

/// Something that is said above a page.
struct Message: Sendable {
  /// How it is meant.
  enum Kind: String, Sendable {
    /// Something was done.
    case done
    /// Something to know.
    case note
    /// Something was not done.
    case problem
  }

  let kind: Kind
  let content: HTML

  /// A message with whatever is written.
  init(_ kind: Kind, _ write: (inout HTML) -> Void) {
    self.kind = kind
    content = HTML(write)
  }

  /// A message of text.
  init(_ kind: Kind, _ text: String) {
    self.init(kind) { $0.p(text) }
  }
}

/// What all pages have around them: for whom they are, and what leads elsewhere.
struct Frame: Sendable {
  /// The name of whoever is signed in; nil before.
  var person: String?
  /// The parts that person may go to.
  var parts: [Part]
  /// What proves that a form is from a page of ours.
  var formToken: String

  /// A frame for somebody, or for nobody yet.
  init(person: String?, parts: [Part], formToken: String) {
    self.person = person
    self.parts = parts
    self.formToken = formToken
  }

  /// The whole document of a page.
  func document(of page: Page) -> HTML {
    var html = HTML(capacity: page.content.bytes.count + 4096)
    html.reviewed("<!DOCTYPE html>")
    html.element(.html, [.lang("en")]) { html in
      html.element(.head, []) { head(page, &$0) }
      html.element(.body, []) { body(page, &$0) }
    }
    return html
  }

  private func head(_ page: Page, _ html: inout HTML) {
    html.void(.meta, [.charset("utf-8")])
    html.element(.title, [], page.title + " – Tutoring")
    html.void(.meta, [.name("viewport"), .content("width=device-width, initial-scale=1")])
    html.void(.link, [.rel("icon"), .href(Asset.icon.path), .type(Asset.icon.mediaType)])
    html.void(.link, [.rel("stylesheet"), .href(Asset.style.path)])
    html.element(.script, [.src(Asset.script.path), .defer], "")
  }

  private func body(_ page: Page, _ html: inout HTML) {
    html.a("Skip to the content", .class("skip"), .href("#content"))
    html.header(.class("bar")) { html in
      html.div { html in
        if !parts.isEmpty {
          html.nav(.label("Parts")) { html in
            html.ul { html in
              for part in parts {
                html.li { html in
                  html.a(
                    part.label, .href(part.path), .current(part == page.part ? "page" : nil))
                }
              }
            }
          }
        }
        if let person {
          html.div(.class("person")) { html in
            html.span(.class("plain")) { $0.name(person) }
            html.form(to: "/sign-out", token: formToken, .data("data-plain")) {
              $0.button("Sign out", .type("submit"), .class("link"))
            }
          }
        }
      }
    }
    html.element(
      .main, [.id("content"), .tabindex(-1), .class(page.isNarrow ? "narrow" : nil)]
    ) { html in
      for message in page.messages { html.message(message) }
      html.append(page.content)
    }
    html.div(.id("announcements"), .class("unseen"), .role("status"), .live("polite")) { _ in }
  }
}

extension HTML {
  /// Writes a message.
  mutating func message(_ message: Message) {
    div(
      .class("message \(message.kind.rawValue)"),
      .role(message.kind == .problem ? "alert" : "status")
    ) { html in
      // Colour alone says nothing to many people.
      switch message.kind {
      case .done: html.span("✓", .hiddenFromReaders())
      case .note: html.span("!", .hiddenFromReaders())
      case .problem: html.span("✗", .hiddenFromReaders())
      }
      html.div { $0.append(message.content) }
    }
  }

  /// Writes a form that changes something, with what proves that it is from a page of ours.
  mutating func form(
    to address: String, token: String, _ attributes: Attribute..., content: Content
  ) {
    element(.form, [.method("post"), .action(address)] + attributes) { html in
      html.input(.type("hidden"), .name(FormName.token), .value(token))
      content(&html)
    }
  }
}

/// The names of what all forms carry.
enum FormName {
  /// What proves that a form is from a page of ours.
  static let token = CrossSiteCheck.field
  /// The version of what the form changes.
  static let version = "version"
  /// What tells a form that is sent again from another one.
  static let request = "request"
}
#endif
