#if Server
import CEL
import PolicyExports
import TutoringSessions
import TutoringStore

/// All exports that were made, the newest first.
struct ExportsPage: Sendable {
  let reader: Reader
  let exports: [ExportRecord]
  /// The names of people by their ids.
  let names: [String: String]

  init(reader: Reader, exports: [ExportRecord], names: [String: String]) {
    self.reader = reader
    self.exports = exports
    self.names = names
  }

  /// The page.
  var page: Page {
    Page(title: "Exports", part: .office) { html in
      html.officeHeading("Exports", .exports)
      guard !exports.isEmpty else {
        html.p("Nothing was exported yet.", .class("card"))
        return
      }
      html.div(.class("card")) { html in
        html.table(
          "Exports",
          columns: ["Number", "Made", "By", "Sessions of", "Format", "Sessions", "Time"],
          numbers: [5, 6],
          rows: exports.map { export in
            [
              TableCell("Export \(export.id)", to: Address.export(export.id)),
              TableCell(reader.words.moment(export.at)),
              TableCell(export.person.map { names[$0] ?? $0 } ?? "the server"),
              TableCell(reader.words.period(export.from...export.through)),
              TableCell(export.file?.name ?? "none"), "\(export.sessions)",
              TableCell(export.file.map { Words.length(minutes: $0.minutes) } ?? ""),
            ]
          })
      }
    }
  }
}

/// One export: what it was made by, what went out, and its file.
struct ExportPage: Sendable {
  /// How many rows are shown.
  private static let shownRows = 500

  let reader: Reader
  let details: ExportDetails
  /// What is said above it.
  var messages: [Message] = []

  init(reader: Reader, details: ExportDetails) {
    self.reader = reader
    self.details = details
  }

  private var record: ExportRecord { details.record }

  /// The page.
  var page: Page {
    Page(title: "Export \(record.id)", part: .office, messages: messages) { html in
      html.officeHeading("Export \(record.id)", .exports)
      provenance(&html)
      for (index, by) in details.totals.enumerated() { sums(by, index, &html) }
      rows(&html)
    }
  }

  private func provenance(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("made")) { html in
      html.h2("How it was made", .id("made"))
      html.dl(.class("facts")) { html in
        var facts: [(String, String)] = [
          ("Made", "\(reader.words.moment(record.at)) by \(details.person ?? "the server")"),
          ("Sessions of", reader.words.period(record.from...record.through)),
          (
            "Went out",
            "\(Words.count(record.sessions, "session")), \(Words.count(details.rows.count, "row"))"
          ),
          ("Policies", record.policies),
        ]
        if let file = record.file {
          facts.append(("Time", Words.length(minutes: file.minutes)))
          facts.append(("Format", file.name))
          facts.append(("Version", file.program))
          facts.append(("SHA-256 of the file", file.digest))
        }
        for (term, value) in facts {
          html.dt(term)
          html.dd { $0.name(value) }
        }
      }
      if record.file != nil {
        html.p(.class("actions on-screen")) { html in
          html.a(
            "Download the file", .class("button main"), .href(Address.export(record.id) + "/file"))
        }
        html.p(.class("small sub")) { html in
          html.text("The file is the same, byte for byte, whenever it is made. ")
          html.code("tutoring-server verify \(record.id)")
          html.text(" decides its facts once more.")
        }
      }
    }
  }

  private func sums(_ by: String, _ index: Int, _ html: inout HTML) {
    let sums = details.minutes(by: index)
    html.details(.class("card"), .open(sums.count <= 12)) { html in
      html.summary("By \(by): \(sums.count)")
      html.table(
        "Totals by \(by)", columns: [by, "Rows", "Time"], numbers: [1, 2],
        rows: sums.map { value, minutes, rows in
          [TableCell(value), "\(rows)", TableCell(Words.length(minutes: minutes))]
        })
    }
  }

  private func rows(_ html: inout HTML) {
    let shown = details.rows.prefix(Self.shownRows)
    html.section(.class("card"), .labelledBy("rows")) { html in
      html.h2("Rows", .id("rows"))
      html.table(
        "The first \(Words.count(shown.count, "row")) of \(details.rows.count)",
        columns: ["Session", "Row", "Time", "As the file has it"], numbers: [2],
        rows: shown.map { session, _, row in
          [
            TableCell(session, to: Address.exported(session, with: record.id)),
            TableCell(row.line.isEmpty ? row.entry : "\(row.entry), \(row.line)"),
            TableCell(Words.length(minutes: row.minutes)), TableCell(row.text),
          ]
        })
    }
  }
}
#endif
