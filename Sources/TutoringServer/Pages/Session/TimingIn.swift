#if Server
import TutoringSessions

/// What the search for students shows.
struct StudentSearch: Sendable {
  /// What was typed.
  var text = ""
  /// The students found; nil before anything was looked for.
  var found: [StudentCard]?
  /// Whether there are more than these.
  var hasMore = false

  /// A search for nothing yet.
  init() {}

  /// A search for a text.
  init(text: String, found: [StudentCard], hasMore: Bool) {
    self.text = text
    self.found = found
    self.hasMore = hasMore
  }
}

/// What students are timed in by: the group's by one click, others by a search.
struct TimingIn {
  let reader: Reader
  let details: SessionDetails
  let search: StudentSearch

  private var record: SessionRecord { details.record }

  func write(to html: inout HTML) {
    guard details.actions.contains("time-in") else { return }
    html.div(.class("columns halves")) { sections(&$0) }
  }

  private func sections(_ html: inout HTML) {
    let there = Set(
      record.presentEncounters.filter { $0.departed == nil || record.end != nil }.map(\.student))
    if !details.groupMembers.isEmpty, let group = details.summary.names.group {
      html.section(.class("card"), .labelledBy("group")) { html in
        html.h2(.id("group")) { html in
          html.text("Students of ")
          html.name(group)
        }
        html.p("One click times a student in.", .class("sub"))
        html.ul(.class("present")) { html in
          for student in details.groupMembers {
            html.li { html in
              if there.contains(student.id) {
                html.span(.class("here")) { html in
                  html.text("✓ ")
                  html.name(student.name)
                }
              } else {
                button(student, &html)
              }
            }
          }
        }
      }
    }
    html.section(.class("card"), .labelledBy("add-student")) { html in
      html.h2("+ Add a student", .id("add-student"))
      html.element(
        .form,
        [
          .method("post"), .action(Address.session(record.id, "students")),
          .data("data-search", "found"), .role("search"), .class("stack"),
        ]
      ) { html in
        html.input(.type("hidden"), .name(FormName.token), .value(reader.formToken))
        html.label("First letters of the first or last name", .for("student-search"))
        html.div(.class("row")) { html in
          html.input(
            .type("search"), .id("student-search"), .name("name"), .value(search.text),
            .autocomplete("off"), .maxlength(100))
          html.button("Search", .type("submit"), .class("without-script"))
        }
      }
      html.div(.id("found"), .class("results")) { results(&$0) }
    }
  }

  /// What was found, as it stands under the search.
  func results(_ html: inout HTML) {
    guard let found = search.found else { return }
    let there = Set(record.presentEncounters.filter { $0.departed == nil }.map(\.student))
    html.p(
      found.isEmpty
        ? "Nobody has a first or last name that begins so."
        : search.hasMore
          ? "The first \(found.count) students; type more letters to see others."
          : "\(Words.count(found.count, "student")) found.", .class("small sub"), .role("status"))
    html.ul(.class("stack")) { html in
      for student in found {
        html.li(.class("row")) { html in
          if there.contains(student.id) {
            html.span { html in
              html.name(student.name)
              html.text(" is here already · \(student.schoolName)")
            }
          } else {
            button(student, &html)
            html.span(student.schoolName, .class("small sub"))
          }
        }
      }
    }
  }

  private func button(_ student: StudentCard, _ html: inout HTML) {
    html.button(
      "+ " + student.name, to: Address.session(record.id, "time-in"), for: reader,
      version: record.version, fields: [("student", student.id)],
      id: "in-" + student.id, spoken: "Time in \(student.name)")
  }
}
#endif
