#if Server
import CEL
import PolicyEngine
import TutoringSessions

extension SessionSummary {
  /// What a page about the session is called, as a tab of the browser shows it.
  func title(_ what: String? = nil) -> String {
    let stage =
      switch record.stage {
      case .active: "running"
      case .finished: "finished"
      case .exported: "exported"
      case .deleted: "deleted"
      }
    return what.map { "\($0) · Session \(record.id)" } ?? "Session \(record.id) · \(stage)"
  }
}

extension HTML {
  /// Writes what a page about a session begins with.
  mutating func heading(of session: SessionSummary, reader: Reader) {
    let record = session.record
    div(.class("stack")) { html in
      html.div(.class("heading")) { html in
        html.h1 { html in
          html.text("Session \(record.id) ")
          switch record.stage {
          case .active: html.badge(plain: "Running")
          case .finished: html.badge(plain: "Finished")
          case .exported: html.badge(plain: "Exported")
          case .deleted: html.badge(plain: "Deleted")
          }
        }
        if record.stage == .active { html.elapsed(since: record.start, reader: reader) }
      }
      html.p(.class("sub")) { html in
        if reader.actor?.seesAllSessions == true {
          html.name(session.names.tutor)
          html.text(" · ")
        }
        html.text("\(reader.words.day(record.date)), ")
        html.text(
          record.stage == .active
            ? "started \(reader.words.time(record.start))"
            : reader.words.span(from: record.start, to: record.end))
        html.text(" · ")
        html.place(of: session)
      }
      if let description = record.description { html.p { $0.name(description) } }
    }
  }
}
#endif
