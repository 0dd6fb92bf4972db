#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// A session in a list: when and what, what was decided, why, and what to do until when.
struct SessionRow {
  let session: SessionSummary
  let reader: Reader
  let showsTutor: Bool

  func write(to html: inout HTML) {
    let record = session.record
    html.div { html in
      html.a(
        reader.words.day(record.date), .class("title"), .href(Address.session(record.id)),
        .label("Session \(record.id), \(reader.words.day(record.date))"))
      html.p(reader.words.span(from: record.start, to: record.end))
      html.p(.class("small sub")) { html in
        html.text(record.id)
        if showsTutor {
          html.text(" · ")
          html.name(session.names.tutor)
        }
      }
    }
    html.div(.class("verdict")) { html in
      html.p { $0.place(of: session) }
      html.p(session.studentsInWords, .class("small sub"))
      if let failure = session.failure {
        html.p("This session could not be decided: \(failure)")
      } else if record.stage != .deleted, let reason = session.reason {
        html.p(reason)
      }
      if record.stage != .deleted, let deadline = session.deadline {
        html.p(
          "\(deadline.action.withoutFullStop) by \(reader.words.day(deadline.day)): \(reader.words.daysLeft(until: deadline.day))",
          .class("deadline"))
      } else if record.stage != .deleted, session.needsAttention, let step = session.nextStep {
        html.p(step, .class("deadline"))
      }
    }
    html.div(.class("verdict")) { html in
      switch record.stage {
      case .active: html.badge(plain: "Running")
      case .deleted:
        html.badge(plain: "Deleted")
        if reader.actor?.changesSessions == true {
          html.button(
            "Undo", to: Address.session(record.id, "restore"), for: reader,
            version: record.version, id: "undo-" + record.id,
            spoken: "Undo: restore session \(record.id)")
        }
      case .exported: html.badge(plain: "Exported")
      case .finished: break
      }
      if record.stage == .finished || record.stage == .exported {
        if session.failure != nil {
          html.badge(.undetermined, "not decided")
        } else {
          for decision in session.decisions where decision.isFinal {
            html.badge(decision.outcome, "\(decision.title): \(decision.word)")
          }
        }
      }
    }
  }
}

extension SessionSummary {
  /// How many students are there, or were.
  var studentsInWords: String {
    let present = record.presentEncounters
    guard record.stage == .active else {
      return Words.count(Set(present.map(\.student)).count, "student")
    }
    let there = present.count { $0.departed == nil }
    guard !present.isEmpty else { return "Nobody was timed in yet" }
    let left = present.count - there
    return "\(Words.count(there, "student")) here now" + (left == 0 ? "" : ", \(left) left")
  }
}

extension HTML {
  /// Writes what a session is for and where: its work order, group and school.
  mutating func place(of session: SessionSummary) {
    text(session.names.workOrder ?? "No Work Order")
    text(" · ")
    if let group = session.names.group { name(group) } else { text("No Group") }
    if let school = session.names.school { text(" · \(school)") }
  }

  /// Writes for how long something has been running; our script goes on counting.
  mutating func elapsed(since start: OffsetDateTime, reader: Reader) {
    p(.class("elapsed")) { html in
      html.time(
        Words.length(from: start, to: reader.now), .datetime(start.description),
        .data("data-since", String(start.timestamp.seconds)),
        .data("data-now", String(reader.now.timestamp.seconds)))
    }
  }
}

extension String {
  /// A sentence as a part of a longer one.
  fileprivate var withoutFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
#endif
