#if Server
import CEL
import TutoringSessions

/// A tutor's sessions: the one that runs, those that need something, the others.
struct DashboardPage: Sendable {
  /// Which sessions are shown, by what the links above them say.
  enum Shown: String, Hashable, Sendable, CaseIterable {
    case all, needing, finished, exported, deleted

    var label: String {
      switch self {
      case .all: "All"
      case .needing: "Need something"
      case .finished: "Finished"
      case .exported: "Exported"
      case .deleted: "Deleted"
      }
    }
  }

  /// Who reads it.
  var reader: Reader
  /// Which sessions are shown.
  var shown: Shown
  /// The sessions.
  var dashboard: Dashboard
  /// What is said above it.
  var messages: [Message] = []
  /// Its lists as they are written; nil to write them.
  var lists: HTML?
  /// To which sessions the list is narrowed down.
  var narrowing = DashboardNarrowing()

  init(reader: Reader, shown: Shown, dashboard: Dashboard) {
    self.reader = reader
    self.shown = shown
    self.dashboard = dashboard
  }

  private var showsTutor: Bool { reader.actor?.seesAllSessions == true }
  private var starts: Bool { reader.actor?.has(.tutor) == true }
  private var title: String { showsTutor ? "Sessions" : "Your sessions" }

  /// The page.
  var page: Page {
    Page(title: title, part: .sessions, messages: messages) { html in
      html.div(.class("heading")) { html in
        html.h1(title)
        if starts { html.a("New Session", .class("button main"), .href(Address.newSession)) }
      }
      for session in dashboard.active { runningCard(session, &html) }
      filters(&html)
      narrowing.write(to: &html, shown: shown, dashboard.policies.policies)
      html.append(lists ?? writtenLists)
      pages(&html)
      if starts {
        html.a(.class("button main plus"), .href(Address.newSession), .label("New Session")) {
          $0.span("+", .hiddenFromReaders())
        }
      }
    }
  }

  private func runningCard(_ session: SessionSummary, _ html: inout HTML) {
    let record = session.record
    html.section(.class("card running"), .labelledBy("running-" + record.id)) { html in
      html.div(.class("heading")) { html in
        html.h2(.id("running-" + record.id)) { html in
          html.a("Session \(record.id)", .href(Address.session(record.id)))
          html.text(" is running")
        }
        html.elapsed(since: record.start, reader: reader)
      }
      html.p { html in
        if showsTutor {
          html.name(session.names.tutor)
          html.text(" · ")
        }
        html.text("Started \(reader.words.time(record.start))")
        let day = reader.words.dayOf(record.start)
        if day != reader.words.today { html.text(" on \(reader.words.day(day))") }
        html.text(" · ")
        html.place(of: session)
      }
      html.p(session.studentsInWords, .class("sub"))
      html.p(.class("actions")) { html in
        html.a("Open", .class("button main"), .href(Address.session(record.id)))
        html.a(
          "End Session", .class("button"), .id("end-" + record.id),
          .href(Address.session(record.id, "end")), .data("data-dialog"))
      }
    }
  }

  private func filters(_ html: inout HTML) {
    html.nav(.class("filters"), .label("Which sessions")) { html in
      for choice in Shown.allCases {
        html.a(
          choice.label, .href(choice == .all ? "/" : "/?show=\(choice.rawValue)"),
          .current(choice == shown ? "true" : nil))
      }
    }
  }

  /// The lists, which nothing but the dashboard, the day and what the reader may see makes different.
  var writtenLists: HTML { HTML { lists(&$0) } }

  private func lists(_ html: inout HTML) {
    let (needing, others) = (dashboard.needingAttention, dashboard.others)
    if shown == .all, !needing.isEmpty {
      html.h2(showsTutor ? "Need something" : "Need something from you")
      list(needing, &html)
      if !others.isEmpty { html.h2("Other sessions") }
    }
    let rest = shown == .all ? others : needing + others
    if !rest.isEmpty {
      list(rest, &html)
    } else if shown != .all || needing.isEmpty {
      html.p(emptiness, .class("card"))
    }
  }

  private var emptiness: String {
    guard narrowing.isEmpty else { return "No session is like that." }
    return switch shown {
    case .all:
      dashboard.active.isEmpty ? "There is no session yet." : "There is no other session yet."
    case .needing: "Nothing needs anything from you."
    case .finished: "There is no finished session."
    case .exported: "There is no exported session."
    case .deleted: "There is no deleted session."
    }
  }

  private func list(_ sessions: [SessionSummary], _ html: inout HTML) {
    html.ul(.class("list sessions")) { html in
      for session in sessions {
        html.li {
          SessionRow(session: session, reader: reader, showsTutor: showsTutor).write(to: &$0)
        }
      }
    }
  }

  private func pages(_ html: inout HTML) {
    guard let next = dashboard.next else { return }
    html.p {
      $0.a(
        "Older sessions", .class("button"),
        .href("/?show=\(shown.rawValue)\(narrowing.query)&after=\(next.queryEscaped)"))
    }
  }
}

extension Dashboard {
  /// Whether one of its sessions was deleted.
  var hasDeleted: Bool {
    (needingAttention + others).contains { $0.record.stage == .deleted }
  }
}
#endif
