#if Server
import CEL
import PolicyEngine
import PolicyExports
import TutoringSessions
import TutoringStore

/// What went out for one session: the rows, what was decided, and how that differs from what went out before.
struct ExportedSessionPage: Sendable {
  let reader: Reader
  let exported: ExportedSession

  init(reader: Reader, exported: ExportedSession) {
    self.reader = reader
    self.exported = exported
  }

  /// The page.
  var page: Page {
    Page(title: "Session \(exported.session) in export \(exported.export)", part: .office) { html in
      html.officeHeading("Session \(exported.session) in export \(exported.export)", .exports)
      html.p(.class("row on-screen")) { html in
        html.a("The export", .class("button"), .href(Address.export(exported.export)))
        html.a(
          "The session as it is now", .class("button"), .href(Address.session(exported.session)))
        if reader.actor?.changesAllSessions == true {
          html.a("Correct it", .class("button"), .href(Address.correction(of: exported.session)))
        }
      }
      versions(&html)
      frozen(&html)
    }
  }

  private func versions(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("went-out")) { html in
      html.h2("What went out", .id("went-out"))
      for version in exported.versions {
        html.div(.class(version.export == exported.export ? "reason pass" : "reason")) { html in
          html.p { html in
            if version.export == exported.export {
              html.strong("Export \(version.export), looked at here")
            } else {
              html.a(
                "Export \(version.export)",
                .href(Address.exported(exported.session, with: version.export)))
            }
            html.text(
              " · version \(version.frozen.version), decided for \(reader.words.day(version.frozen.today))"
            )
          }
          if let reason = version.reason {
            html.p { html in
              html.text("Corrected because: ")
              html.name(reason)
            }
          }
          if version.rows.isEmpty { html.p("No row: it was corrected by hand.") }
          for row in version.rows {
            html.p(.class("small")) { html in
              html.text("\(entry(row)): ")
              html.code(row.text)
            }
          }
        }
      }
    }
  }

  private func entry(_ row: ExportedRow) -> String {
    ExportEntry(rawValue: row.entry)?.words.capitalizedFirst ?? row.entry
  }

  private func frozen(_ html: inout HTML) {
    guard let explanation = exported.explanation, let version = exported.version else {
      html.message(
        Message(.problem, "The policies that decided this can't be read by this program any more."))
      return
    }
    html.message(
      exported.isSame
        ? Message(.done, "Decided once more by the policies of then: the same comes out.")
        : Message(
          .problem,
          "Decided once more by the policies of then, this comes out. It is not what was frozen."))
    html.p(
      "Decided by the policies \(version.frozen.policies.prefix(12)) for \(reader.words.day(version.frozen.today)).",
      .class("small sub"))
    DecisionStories(
      explanation: explanation, history: .none, reader: reader, showsNeeded: true
    ).write(to: &html)
    html.details(.class("card")) { html in
      html.summary("The facts that were decided")
      html.element(.pre, [], version.frozen.document)
    }
  }
}
#endif
