#if Server
import CEL
import TutoringSessions

/// Correcting a session that went out: why, and what is changed of it.
struct CorrectionPage: Sendable {
  let reader: Reader
  let session: SessionSummary
  /// The fields, with what is recorded or was entered.
  var fields: [Field]
  /// What is wrong beside the fields.
  var others: [String] = []

  init(reader: Reader, session: SessionSummary, fields: [Field]) {
    self.reader = reader
    self.session = session
    self.fields = fields
  }

  /// The page.
  var page: Page {
    let record = session.record
    return Page(title: session.title("Correct"), part: .office, isNarrow: true) { html in
      DialogForm(
        title: "Correct session \(record.id)", address: Address.correction(of: record.id),
        cancel: Address.session(record.id), reader: reader,
        identity: reader.form(for: record.version)
      ).write(to: &html) { html in
        html.mistakes(in: fields, others: others)
      } fields: { html in
        html.p(
          """
          What went out stays as it is. The next export takes it back and, where the session still \
          passes, replaces it, with the reason. Where nothing of the session itself is changed, such as \
          when its work order was withdrawn, only the reason is needed.
          """, .class("help"))
        for field in fields { html.field(field) }
      } actions: { html in
        html.button("Correct it", .type("submit"), .class("main"))
      }
    }
  }
}
#endif
