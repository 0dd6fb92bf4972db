#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// Starting a session: whom for, for which work order, when, and whatever else the vocabulary asks of it.
struct NewSessionPage: Sendable {
  let reader: Reader
  /// Group, work order and date.
  var fields: [Field]
  /// What else is asked.
  var facts: [Field]
  /// What is wrong beside the fields.
  var others: [String] = []
  /// What `start` would say; nil where it would allow it, or nothing could be decided.
  var refusal: Refusal?
  /// The tutor's sessions that run already.
  var running: [SessionSummary] = []
  /// Whether the fields were changed by what was answered, and nothing was started yet.
  var asksMore = false

  init(reader: Reader, fields: [Field], facts: [Field]) {
    self.reader = reader
    self.fields = fields
    self.facts = facts
  }

  /// The page.
  var page: Page {
    Page(title: "New Session", part: .sessions, isNarrow: true) { html in
      DialogForm(
        title: "New Session", address: Address.newSession, cancel: "/", reader: reader,
        identity: reader.form(for: nil), live: Address.newSession + "/preview"
      ).write(
        to: &html,
        asking: DialogQuestions(
          fields: fields, facts: facts, others: others,
          asksMore: asksMore
            ? "What you chose brings up more questions. Nothing was started yet." : nil),
        save: "Save and start"
      ) { html in
        html.div(.class("blocking stack")) { inTheWay(&$0) }
      } verdict: {
        verdict(&$0)
      }
    }
  }

  /// The sessions that run already, where the policies have something against that, with what ends it.
  private func inTheWay(_ html: inout HTML) {
    guard refusal != nil else { return }
    for session in running {
      html.div(.class("message problem")) { html in
        html.span("✗", .hiddenFromReaders())
        html.div { html in
          html.p(
            "Session \(session.id) is still running, since \(reader.words.moment(session.record.start))."
          )
          html.div(.class("row")) { html in
            html.a(
              "End \(session.id)", .class("button main"), .href(Address.session(session.id, "end")))
            html.button(
              "Delete \(session.id)", to: Address.session(session.id, "delete"), for: reader,
              version: session.record.version, fields: [("next", Address.newSession)],
              class: "danger")
            html.a("Open \(session.id)", .class("button"), .href(Address.session(session.id)))
          }
        }
      }
    }
  }

  private func verdict(_ html: inout HTML) {
    if let refusal {
      html.p(.class("row")) { html in
        html.badge(.fail, "\(refusal.title): \(refusal.word)")
      }
      html.reasons(refusal.reasons, for: reader)
    } else if others.isEmpty {
      html.p(.class("row")) { $0.badge(.pass, "This session can start.") }
    }
  }
}
#endif
