#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// A student's time in a session, to be changed: arrival, departure, and whatever the vocabulary lets people say.
struct EncounterPage: Sendable {
  let reader: Reader
  /// The session that it is part of.
  let session: SessionSummary
  /// The encounter's id.
  let encounter: Int
  /// The student's name.
  let name: String
  /// The times.
  var times: [Field]
  /// What else is asked, with the labels of what groups it.
  var facts: [Field]
  /// What is wrong beside the fields.
  var others: [String] = []
  /// What the policies would say of it; nil where nothing could be decided.
  var preview: [Reason]?
  /// Whether the fields were changed by what was answered, and nothing was saved yet.
  var asksMore = false

  init(
    reader: Reader, session: SessionSummary, encounter: Int, name: String, times: [Field],
    facts: [Field]
  ) {
    self.reader = reader
    self.session = session
    self.encounter = encounter
    self.name = name
    self.times = times
    self.facts = facts
  }

  /// The page.
  var page: Page {
    let address = Address.encounter(encounter, of: session.id)
    return Page(title: session.title(name), part: .sessions, isNarrow: true) { html in
      DialogForm(
        title: name, address: address, cancel: Address.session(session.id), reader: reader,
        identity: reader.form(for: session.record.version), live: address + "/preview"
      ).write(
        to: &html,
        asking: DialogQuestions(
          inRow: times, fields: [], facts: facts, others: others,
          asksMore: asksMore
            ? "What you answered brings up more questions. Nothing was saved yet." : nil),
        save: "Save"
      ) { verdict(&$0) }
    }
  }

  /// What the policies would say of the encounter with what is entered.
  private func verdict(_ html: inout HTML) {
    guard let preview else { return }
    if preview.isEmpty {
      html.p(.class("row")) { html in
        html.badge(.pass, "Nothing stands in the way of this.")
      }
    } else {
      html.reasons(preview, for: reader, namesSubject: false)
    }
  }
}
#endif
