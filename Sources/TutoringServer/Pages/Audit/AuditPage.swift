#if Server
import CEL
import TutoringSessions
import TutoringStore

/// The log: who did what, when, and what it changed.
struct AuditPage: Sendable {
  /// What is looked for.
  struct Filter: Hashable, Sendable {
    /// The id of what it is about.
    var subject: String?
    /// The id of who did it.
    var person: String?
    /// The action's name.
    var action: String?
    /// From this day on.
    var from: CivilDate?
    /// Until this day, with it.
    var until: CivilDate?

    init() {}

    /// The filter as the query of an address, without where to go on.
    var query: String {
      let parts = [
        ("subject", subject), ("person", person), ("action", action), ("from", from?.description),
        ("until", until?.description),
      ]
      return parts.compactMap { name, value in value.map { "\(name)=\($0.queryEscaped)" } }
        .joined(separator: "&")
    }
  }

  let reader: Reader
  let filter: Filter
  /// The events, the newest first.
  let events: [Event]
  /// The names of people by their ids.
  let names: [String: String]
  /// The sequence before which there are more; nil where there are none.
  let before: Int64?

  init(
    reader: Reader, filter: Filter, events: [Event], names: [String: String], before: Int64?
  ) {
    self.reader = reader
    self.filter = filter
    self.events = events
    self.names = names
    self.before = before
  }

  /// The page.
  var page: Page {
    Page(title: "Audit", part: .audit) { html in
      html.h1("Audit")
      search(&html)
      if events.isEmpty {
        html.p("Nothing was done that fits.", .class("card"))
      } else {
        list(&html)
      }
      if let before {
        let query = filter.query.isEmpty ? "" : filter.query + "&"
        html.p { $0.a("Older", .class("button"), .href("?\(query)before=\(before)")) }
      }
    }
  }

  private func search(_ html: inout HTML) {
    html.element(.form, [.method("get"), .action("/audit"), .class("card row")]) { html in
      input("subject", "Session or record", filter.subject, &html)
      input("person", "Person", filter.person, &html)
      input("action", "Action", filter.action, &html)
      input("from", "From", filter.from?.description, type: "date", &html)
      input("until", "Until", filter.until?.description, type: "date", &html)
      html.button("Show", .type("submit"), .class("main"))
    }
  }

  private func input(
    _ name: String, _ label: String, _ value: String?, type: String = "text",
    _ html: inout HTML
  ) {
    html.div(.class("field")) { html in
      html.label(label, .for("audit-" + name))
      html.input(
        .type(type), .id("audit-" + name), .name(name), .value(value ?? ""), .class("short"))
    }
  }

  private func list(_ html: inout HTML) {
    html.div(.class("scroll card"), .tabindex(0), .role("region"), .label("Events")) { html in
      html.table { html in
        html.element(.thead, []) { html in
          html.tr { html in
            for title in ["When", "Who", "What", "To", "Changed"] { html.th(title, .scope("col")) }
          }
        }
        html.element(.tbody, []) { html in
          for event in events { row(event, &html) }
        }
      }
    }
  }

  private func row(_ event: Event, _ html: inout HTML) {
    html.tr(.id("event-\(event.sequence)")) { html in
      html.td { $0.time(reader.words.moment(event.at), .datetime(event.at.description)) }
      html.td {
        if let person = event.person {
          $0.name(names[person] ?? person)
        } else {
          $0.text("the server")
        }
      }
      html.td(event.action)
      html.td { html in
        if event.kind == .session {
          html.a(event.subject, .href(Address.session(event.subject)))
        } else {
          html.text("\(event.kind.words) \(event.subject)")
        }
      }
      html.td { html in
        guard !event.changes.isEmpty else { return }
        html.details { html in
          html.summary(.label("What event \(event.sequence) changed")) {
            $0.text(Words.count(event.changes.count, "field"))
          }
          html.dl(.class("stack")) { html in
            for change in event.changes {
              html.div { html in
                html.dt(change.path.joined(separator: " › "))
                html.dd { html in
                  html.name(change.before?.inWords ?? "nothing")
                  html.text(" → ")
                  html.name(change.after?.inWords ?? "nothing")
                }
              }
            }
          }
        }
      }
    }
  }
}

extension FactValue {
  /// The value as the log tells it.
  var inWords: String {
    switch self {
    case .bool(let flag): flag ? "Yes" : "No"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .text(let text): text
    case .list(let elements):
      elements.isEmpty ? "none" : elements.map(\.inWords).joined(separator: ", ")
    case .object(let members):
      members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.inWords)" }
        .joined(separator: ", ")
    }
  }
}
#endif
