#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// Ending a session: asks for the end time, and says who is timed out then.
struct EndPage: Sendable {
  let reader: Reader
  /// The session as it is.
  let session: SessionSummary
  /// The field with the end time.
  var end: Field
  /// What is wrong beside the fields.
  var others: [String] = []
  /// What the policies say against it.
  var refusal: Refusal?

  /// The page before anything was typed: the end is now.
  init(reader: Reader, session: SessionSummary) {
    self.reader = reader
    self.session = session
    end = Field(
      "end", "End time", .time,
      help: "Now, unless you change it. Write it like 3:30 pm, 330 or 15:30.",
      entered: [reader.words.time(reader.now)], isRequired: true)
  }

  /// The page.
  var page: Page {
    let record = session.record
    return Page(title: session.title("End"), part: .sessions, isNarrow: true) { html in
      DialogForm(
        title: "End session \(record.id)", address: Address.session(record.id, "end"),
        cancel: Address.session(record.id), reader: reader,
        identity: reader.form(for: record.version), live: Address.session(record.id, "end/preview")
      ).write(to: &html) { html in
        html.mistakes(in: [end], others: others)
        if let refusal { html.reasons(refusal.reasons, for: reader) }
      } fields: { html in
        html.p("Started \(reader.words.moment(record.start)).", .class("sub"))
        html.field(end)
        let present = record.presentEncounters.filter { $0.departed == nil }
        if !present.isEmpty {
          html.div { html in
            html.p(
              present.count == 1
                ? "1 student who is still here is timed out at that time:"
                : "\(present.count) students who are still here are timed out at that time:")
            html.ul(.class("tags")) { html in
              for encounter in present {
                html.li(.class("plainchip")) {
                  $0.name(session.names.students[encounter.student]?.name ?? encounter.student)
                }
              }
            }
          }
        }
      } actions: { html in
        html.button("Finish", .type("submit"), .class("main"))
      }
    }
  }
}
#endif
