#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// Choosing the tags of a session: popular ones by a click, and ones of the tutor's own.
struct TagsPage: Sendable {
  /// A tag that can be chosen, with how often it was used.
  struct Popular: Hashable, Sendable {
    let value: String
    let name: String
    let uses: Int

    init(value: String, name: String, uses: Int) {
      self.value = value
      self.name = name
      self.uses = uses
    }
  }

  let reader: Reader
  let session: SessionSummary
  /// The tags of the policies' lists, the most used first.
  let popular: [Popular]
  /// The tutor's own tags, the most used first.
  let own: [Popular]
  /// What the vocabulary says of tags.
  var help: String?
  /// What the policies say against tagging; nil where they allow it.
  var refusal: Refusal?
  /// What is wrong with a tag of one's own.
  var mistake: String?
  /// What was typed as one.
  var typed = ""
  /// What is said above it.
  var messages: [Message] = []

  init(reader: Reader, session: SessionSummary, popular: [Popular], own: [Popular]) {
    self.reader = reader
    self.session = session
    self.popular = popular
    self.own = own
  }

  private var names: [String: String] {
    Dictionary(popular.map { ($0.value, $0.name) }) { first, _ in first }
  }

  private var chosen: Set<String> { Set(session.record.tags.map(\.value)) }

  /// The page.
  var page: Page {
    let record = session.record
    return Page(title: session.title("Tags"), part: .sessions, isNarrow: true) { html in
      html.section(.class("card dialog"), .labelledBy("dialog-title")) { html in
        html.h1("Tags of session \(record.id)", .id("dialog-title"))
        for message in messages { html.message(message) }
        if let help { html.p(help, .class("help")) }
        if let refusal { html.reasons(refusal.reasons, for: reader) }
        html.h2("Chosen")
        if record.tags.isEmpty {
          html.p("No tag yet.", .class("sub"))
        } else {
          html.tags(
            record.tags, names: names, session: record, reader: reader, canRemove: refusal == nil,
            next: "tags")
        }
        if refusal == nil {
          html.h2("Popular Tags")
          choices(popular, field: "tag", &html)
          html.h2("Your own tags")
          if own.contains(where: { !chosen.contains($0.value) }) {
            choices(own, field: "own", &html)
          }
          ownTag(&html)
        }
        html.div(.class("actions")) {
          $0.a(
            "Close", .class("button main"), .href(Address.session(record.id)),
            .data("data-cancel"))
        }
      }
    }
  }

  private func choices(_ tags: [Popular], field: String, _ html: inout HTML) {
    let left = tags.filter { !chosen.contains($0.value) }
    guard !left.isEmpty else {
      html.p(tags.isEmpty ? "There is none." : "All of them are chosen.", .class("sub"))
      return
    }
    html.ul(.class("tags")) { html in
      for tag in left {
        html.li {
          $0.button(
            "+ " + tag.name, to: Address.session(session.id, "tag"), for: reader,
            version: session.record.version, fields: [(field, tag.value), ("next", "tags")],
            id: "tag-" + tag.value, spoken: "Add the tag \(tag.name)")
        }
      }
    }
  }

  private func ownTag(_ html: inout HTML) {
    html.form(
      to: Address.session(session.id, "tag"), token: reader.formToken, .class("stack"), .novalidate
    ) { html in
      html.identity(of: reader.form(for: session.record.version))
      html.input(.type("hidden"), .name("next"), .value("tags"))
      var field = Field(
        "own", "A word or two for yourself", .text(suggestions: [], isLong: false),
        help: "Your own tags help you find sessions. They are kept apart from the ones above.",
        entered: typed.isEmpty ? [] : [typed])
      field.mistake = mistake
      html.field(field)
      html.p { $0.button("Add", .type("submit")) }
    }
  }
}
#endif
