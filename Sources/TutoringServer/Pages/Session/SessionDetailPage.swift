#if Server
import PolicyEngine
import TutoringSessions

/// One session, in whatever stage of its life it is.
struct SessionDetailPage: Sendable {
  /// Who reads it.
  let reader: Reader
  /// The session with all that is known of it.
  let details: SessionDetails
  /// What the search for students shows.
  var search = StudentSearch()
  /// What can be assigned as its work order.
  var workOrders: [Field.Option] = []
  /// What the policies say against assigning one; nil where they allow it.
  var assigning: Refusal?
  /// The words for tags.
  var tagNames: [String: String] = [:]
  /// What is said above it.
  var messages: [Message] = []

  init(reader: Reader, details: SessionDetails) {
    self.reader = reader
    self.details = details
  }

  var record: SessionRecord { details.record }

  /// The page.
  var page: Page {
    Page(title: details.summary.title(), part: .sessions, messages: messages) { html in
      html.heading(of: details.summary, reader: reader)
      actions(&html)
      if let failure = details.summary.failure {
        html.message(
          Message(
            .problem, "This session could not be decided, so it counts as not eligible: \(failure)")
        )
      }
      switch record.stage {
      case .active:
        TimingIn(reader: reader, details: details, search: search).write(to: &html)
        encounters(&html)
      case .finished, .exported:
        html.div(.class("columns two")) { html in
          html.div(.class("columns")) { html in
            VerdictCard(reader: reader, details: details).write(to: &html)
            encounters(&html)
          }
          html.div(.class("columns")) { html in
            WorkOrderCard(
              reader: reader, details: details, options: workOrders, refusal: assigning
            ).write(to: &html)
            tags(&html)
          }
        }
        if details.actions.contains("time-in") {
          TimingIn(reader: reader, details: details, search: search).write(to: &html)
        }
      case .deleted:
        html.p(
          "This session was deleted. Nothing of it counts, and all of it can be restored.",
          .class("card"))
        encounters(&html)
      }
    }
  }

  private func actions(_ html: inout HTML) {
    html.div(.class("actions")) { html in
      if details.actions.contains("end"), record.stage == .active {
        html.a(
          "End Session", .class("button main"), .id("end-session"),
          .href(Address.session(record.id, "end")), .data("data-dialog"))
      }
      if record.stage != .deleted {
        html.a("Why?", .class("button"), .href(Address.session(record.id, "why")))
      }
      if details.actions.contains("edit"), record.stage != .deleted {
        html.a(
          "Edit", .class("button"), .id("edit-session"),
          .href(Address.session(record.id, "edit")), .data("data-dialog"),
          .label("Edit the session"))
      }
      if record.stage == .deleted {
        if details.actions.contains("restore") {
          html.button(
            "Undo: restore it", to: Address.session(record.id, "restore"), for: reader,
            version: record.version, class: "main", id: "restore")
        }
      } else if details.actions.contains("delete") {
        html.button(
          "Delete", to: Address.session(record.id, "delete"), for: reader,
          version: record.version, class: "danger", id: "delete", spoken: "Delete the session")
      }
    }
  }

  private func encounters(_ html: inout HTML) {
    html.section(.class("stack"), .labelledBy("encounters")) { html in
      html.h2(
        "Students (\(Set(record.presentEncounters.map(\.student)).count))", .id("encounters"))
      if record.encounters.isEmpty {
        html.p("Nobody was timed in yet.", .class("card"))
      } else {
        html.ul(.class("list people")) { html in
          for encounter in record.encounters {
            EncounterRow(reader: reader, details: details, encounter: encounter).write(to: &html)
          }
        }
      }
    }
  }

  private func tags(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("tags")) { html in
      html.h2("Tags", .id("tags"))
      if record.tags.isEmpty {
        html.p("No tag yet.", .class("sub"))
      } else {
        html.tags(
          record.tags, names: tagNames, session: record, reader: reader,
          canRemove: details.actions.contains("untag"))
      }
      if details.actions.contains("tag") {
        html.p {
          $0.a(
            "Tags", .class("button"), .id("open-tags"),
            .href(Address.session(record.id, "tags")), .data("data-dialog"))
        }
      }
    }
  }
}

extension HTML {
  /// Writes tags, each with what takes it away.
  mutating func tags(
    _ tags: [SessionRecord.Tag], names: [String: String], session: SessionRecord, reader: Reader,
    canRemove: Bool, next: String = ""
  ) {
    ul(.class("tags")) { html in
      for tag in tags {
        html.li(.class("chip")) { html in
          let words = names[tag.value] ?? tag.value
          html.name(words)
          if tag.isOwn { html.span(" (own)", .class("sub")) }
          if canRemove {
            html.button(
              "×", to: Address.session(session.id, "untag"), for: reader,
              version: session.version, fields: [("tag", tag.value), ("next", next)],
              spoken: "Remove the tag \(words)")
          } else {
            html.reviewed("&nbsp;&nbsp;&nbsp;")
          }
        }
      }
    }
  }
}
#endif
