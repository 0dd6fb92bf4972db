#if Server
import CEL
import Diagnostics
import Foundation
import SchoolData
import TutoringSessions
import TutoringStore

/// The files of a form, as they were chosen or pasted.
struct RosterForm: Sendable {
  /// The files.
  let files: [Source]

  /// The files in what a form sent: names and texts come in pairs, and those without text are none.
  init(_ form: FormBody) {
    files = zip(form.all("name"), form.all("text")).compactMap { name, text in
      guard text.contains(where: { !$0.isWhitespace }) else { return nil }
      if Self.isZip(name), let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
      {
        return Source(name: name, bytes: Array(bytes))
      }
      return Source(name: name.isEmpty ? "table.csv" : name, text: text)
    }
  }

  /// What a form sends of a file: a zip, which is no text, in Base64.
  static func text(of file: Source) -> String {
    isZip(file.name)
      ? Data(file.bytes).base64EncodedString() : String(decoding: file.bytes, as: UTF8.self)
  }

  private static func isZip(_ name: String) -> Bool { name.lowercased().hasSuffix(".zip") }
}

/// Rosters: files to be taken over, and what was taken over before.
struct RostersPage: Sendable {
  /// How many records of each kind of change are shown.
  private static let shown = 200

  let reader: Reader
  let imports: [ImportRecord]
  /// The names of people by their ids.
  let names: [String: String]
  /// What fields and values are called.
  let recordWords: RecordWords
  /// What the files would do; nil before any were chosen.
  var plan: RosterPlan?
  /// The files.
  var files: [Source] = []
  /// What is said above it.
  var messages: [Message] = []

  init(
    reader: Reader, imports: [ImportRecord], names: [String: String], recordWords: RecordWords
  ) {
    self.reader = reader
    self.imports = imports
    self.names = names
    self.recordWords = recordWords
  }

  private var mayImport: Bool { reader.actor?.changesAllSessions == true }

  /// The page.
  var page: Page {
    Page(title: "Rosters", part: .office, messages: messages) { html in
      html.officeHeading("Rosters", .rosters)
      if let plan { preview(plan, &html) }
      if mayImport { choosing(&html) }
      history(&html)
    }
  }

  // MARK: - Files

  private func choosing(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("files")) { html in
      html.h2(plan == nil ? "Take files over" : "Take other files over", .id("files"))
      html.p(
        """
        OneRoster's files (orgs, users, roles, classes, enrollments), one by one or in their zip, and plain \
        tables: schools, students, people, \
        approvals, work-orders, groups, group-members, and lists of facts such as grades. Nothing is done \
        before you have seen what would be. Files of more than some megabytes are sent as a zip.
        """, .class("help"))
      html.form(
        to: OfficePart.rosters.path + "/preview", token: reader.formToken, .class("form"),
        .data("data-plain")
      ) { html in
        html.div(.class("field with-script")) { html in
          html.label("Files", .for("roster-files"))
          html.void(
            .input,
            [
              .type("file"), .id("roster-files"), .data("data-files", "multiple"),
              .describedBy("roster-chosen"),
            ])
          html.p("", .id("roster-chosen"), .class("help"), .live("polite"))
        }
        html.details { html in
          html.summary("Paste a table instead")
          html.div(.class("field")) { html in
            html.label("Name of the file", .for("roster-name"))
            html.input(
              .type("text"), .id("roster-name"), .name("name"), .value(""),
              .placeholder("grades.csv"), .autocomplete("off"))
          }
          html.div(.class("field")) { html in
            html.label("Text, with the names of the columns in the first row", .for("roster-text"))
            html.element(.textarea, [.id("roster-text"), .name("text"), .rows(6)], "")
          }
        }
        html.p(.class("actions")) {
          $0.button("See what it would do", .type("submit"), .class("main"))
        }
      }
    }
  }

  // MARK: - What would be done

  private func preview(_ plan: RosterPlan, _ html: inout HTML) {
    html.section(.class("card running"), .labelledBy("preview")) { html in
      html.h2("What would be done", .id("preview"))
      html.p(
        "\(plan.added.count) added, \(plan.changed.count) changed, \(plan.gone.count) gone, \(plan.unchanged) as they are."
      )
      if plan.isEmpty {
        html.p("There is nothing to take over.")
      } else {
        html.form(
          to: OfficePart.rosters.path, token: reader.formToken, .class("actions"),
          .data("data-plain")
        ) {
          html in
          html.identity(of: reader.form(for: nil))
          for file in files {
            html.input(.type("hidden"), .name("name"), .value(file.name))
            // A hidden field would lose line breaks.
            html.element(
              .textarea, [.name("text"), .hidden(true), .label(file.name)],
              RosterForm.text(of: file))
          }
          let count = plan.added.count + plan.changed.count + plan.gone.count
          html.button(
            "Take \(Words.count(count, "record")) over", .type("submit"), .class("main"))
        }
      }
      mistakes(plan, &html)
      entries("Added", plan.added, hasBefore: false, &html)
      entries("Changed", plan.changed, &html)
      entries("Gone: kept, and no longer active", plan.gone, &html)
      kept(plan, &html)
    }
  }

  private func mistakes(_ plan: RosterPlan, _ html: inout HTML) {
    guard !plan.diagnostics.isEmpty else { return }
    let shown = plan.diagnostics.prefix(Self.shown)
    html.h3("Look at this in the files")
    html.table(
      "What is wrong, row by row", columns: ["What", "What to do", "Where"],
      rows: shown.map { diagnostic in
        [
          TableCell(diagnostic.message.capitalizedFirst),
          TableCell(diagnostic.help?.capitalizedFirst ?? "–"),
          TableCell(diagnostic.range?.inWords ?? "–"),
        ]
      })
    if shown.count < plan.diagnostics.count {
      html.p("\(plan.diagnostics.count - shown.count) more are not shown.", .class("sub"))
    }
  }

  /// The columns that say what a change is of.
  private static let columns = ["Record", "Field"]

  /// What a change is of: the record with its name, and the field.
  private func cells(of change: FieldChange, in entry: RosterPlan.Entry) -> [TableCell] {
    [
      TableCell("\(entry.name), \(entry.key.kind.words) \(entry.key.id)"),
      TableCell(recordWords.label(of: change.path, in: entry.key.kind)),
    ]
  }

  /// What a field is or would be.
  private func cell(
    _ value: FactValue?, of change: FieldChange, in entry: RosterPlan.Entry
  ) -> TableCell {
    TableCell(recordWords.words(for: value, at: change.path, in: entry.key.kind))
  }

  private func entries(
    _ title: String, _ entries: [RosterPlan.Entry], hasBefore: Bool = true, _ html: inout HTML
  ) {
    guard !entries.isEmpty else { return }
    html.details { html in
      html.summary("\(title): \(entries.count)")
      html.table(
        title, columns: Self.columns + (hasBefore ? ["Is"] : []) + ["Would be"],
        rows: entries.prefix(Self.shown).flatMap { entry in
          entry.changes.map { change in
            cells(of: change, in: entry)
              + (hasBefore ? [cell(change.before, of: change, in: entry)] : [])
              + [cell(change.after, of: change, in: entry)]
          }
        })
      if entries.count > Self.shown {
        html.p("\(entries.count - Self.shown) more are not shown.", .class("sub"))
      }
    }
  }

  private func kept(_ plan: RosterPlan, _ html: inout HTML) {
    guard !plan.kept.isEmpty else { return }
    html.h3("Changed by hand, and kept")
    html.table(
      "What stays as somebody has changed it",
      columns: Self.columns + ["Stays", "In the file"],
      rows: plan.kept.prefix(Self.shown).flatMap { entry in
        entry.kept.map { change in
          cells(of: change, in: entry) + [
            cell(change.before, of: change, in: entry), cell(change.after, of: change, in: entry),
          ]
        }
      })
  }

  // MARK: - What was done

  private func history(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("imports")) { html in
      html.h2("Taken over before", .id("imports"))
      guard !imports.isEmpty else {
        html.p("Nothing was taken over yet.")
        return
      }
      html.table(
        "Imports",
        columns: ["Number", "When", "By", "Added", "Changed", "Gone", "Kept by hand", "Mistakes"],
        numbers: [3, 4, 5, 6, 7],
        rows: imports.map { record in
          [
            TableCell("Import \(record.id)"), TableCell(reader.words.moment(record.at)),
            TableCell(record.person.map { names[$0] ?? $0 } ?? "the server"),
          ]
            + ["added", "changed", "gone", "kept", "mistakes"].map {
              TableCell("\(record.summary[$0, default: 0])")
            }
        })
    }
  }
}

extension SourceRange {
  /// The place as people look it up in a spreadsheet or an editor.
  fileprivate var inWords: String {
    let start = start
    return "\(source.name), line \(start.line), column \(start.column)"
  }
}
#endif
