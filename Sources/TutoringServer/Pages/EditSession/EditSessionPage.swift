#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// Changing what was said of a session itself: its day and times, and whatever the vocabulary asks of it.
struct EditSessionPage: Sendable {
  let reader: Reader
  let session: SessionSummary
  /// Date, start and end.
  var fields: [Field]
  /// What else is asked.
  var facts: [Field]
  /// What is wrong beside the fields.
  var others: [String] = []
  /// What the policies would say of the session itself.
  var preview: [Reason]?
  /// Whether the fields were changed by what was answered, and nothing was saved yet.
  var asksMore = false

  init(reader: Reader, session: SessionSummary, fields: [Field], facts: [Field]) {
    self.reader = reader
    self.session = session
    self.fields = fields
    self.facts = facts
  }

  /// The page.
  var page: Page {
    let address = Address.session(session.id, "edit")
    return Page(title: session.title("Edit"), part: .sessions, isNarrow: true) { html in
      DialogForm(
        title: "Session \(session.id)", address: address, cancel: Address.session(session.id),
        reader: reader, identity: reader.form(for: session.record.version),
        live: address + "/preview"
      ).write(
        to: &html,
        asking: DialogQuestions(
          inRow: fields, fields: [], facts: facts, others: others,
          asksMore: asksMore
            ? "What you answered brings up more questions. Nothing was saved yet." : nil),
        save: "Save"
      ) { html in
        guard let preview else { return }
        if preview.isEmpty {
          html.p(.class("row")) {
            $0.badge(.pass, "Nothing stands in the way of the session itself.")
          }
        } else {
          html.reasons(preview, for: reader)
        }
      }
    }
  }
}
#endif
