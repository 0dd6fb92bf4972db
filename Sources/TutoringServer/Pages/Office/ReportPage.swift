#if Server
import CEL
import PolicyExports
import TutoringSessions

/// The report of a year: hours by group and month, and what does not count and why.
struct ReportPage: Sendable {
  /// How many groups a table shows; the file has all.
  private static let shownGroups = 200

  let reader: Reader
  let found: DistrictReport

  init(reader: Reader, found: DistrictReport) {
    self.reader = reader
    self.found = found
  }

  /// The page.
  var page: Page {
    Page(title: "Report", part: .office) { html in
      html.officeHeading(found.format.title, .report)
      question(&html)
      summary(&html)
      for (index, grouping) in found.format.groupings.enumerated() {
        groups(grouping, index, &html)
      }
      notCounted("Not counted", found.refused, found.refusedSessions, "refused", &html)
      notCounted(
        "Not known: not counted either", found.undetermined, found.undeterminedSessions,
        "undetermined", &html)
    }
  }

  private func question(_ html: inout HTML) {
    html.element(.form, [.method("get"), .action(OfficePart.report.path), .class("card row")]) {
      html in
      html.div(.class("field")) { html in
        html.label("Report", .for("report-name"))
        html.select(.id("report-name"), .name("report")) { html in
          for format in found.formats {
            html.option(
              format.title, .value(format.id), .selected(format.id == found.format.id))
          }
        }
      }
      html.div(.class("field")) { html in
        html.label("Year that ends in", .for("report-year"))
        html.input(
          .type("text"), .inputmode("numeric"), .id("report-year"), .name("year"),
          .value(String(found.year)), .class("short"))
      }
      html.button("Show", .type("submit"))
      if let help = found.format.help { html.p(help, .class("small sub whole")) }
    }
  }

  private func summary(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("counted")) { html in
      html.h2("Counted", .id("counted"))
      html.p { html in
        html.a(
          .href(address(behind: ReportNumber(grouping: 0, group: nil, month: nil)))
        ) { $0.text(Words.count(found.counted.count, "session")) }
        html.text(
          " from \(reader.words.period(found.days)): \(Words.length(minutes: found.report.minutes)), \(Words.count(found.report.rowCount, "row")) in the file"
        )
      }
      BarChart(
        title: "Time by month",
        bars: found.months.map { month in
          let minutes = found.report.months[month, default: 0]
          return BarChart.Bar(
            label: Self.words(month), value: minutes, words: Words.length(minutes: minutes))
        }
      ).write(to: &html)
      html.p(.class("actions on-screen")) { html in
        html.a(
          "Download the file", .class("button main"),
          .href("\(OfficePart.report.path)/file?\(query)"))
      }
    }
  }

  private func groups(
    _ grouping: ReportFormat.Grouping, _ index: Int, _ html: inout HTML
  ) {
    let groups = found.report.groups[index].sorted { $0.key < $1.key }
    let ungrouped = found.report.ungrouped[index]
    html.section(.class("card"), .labelledBy("by-\(index)")) { html in
      html.h2("By \(grouping.by)", .id("by-\(index)"))
      if groups.count <= 12 {
        BarChart(
          title: "Time by \(grouping.by)",
          bars: groups.map { group, months in
            let minutes = months.values.reduce(0, +)
            return BarChart.Bar(
              label: group, value: minutes, words: Words.length(minutes: minutes))
          }
        ).write(to: &html)
      }
      let months = found.months
      var rows = groups.prefix(Self.shownGroups).map { group, minutes in
        row(group, minutes) { ReportNumber(grouping: index, group: group, month: $0) }
      }
      if !ungrouped.isEmpty { rows.append(row("None", ungrouped) { _ in nil }) }
      html.table(
        "Time by \(grouping.by) and month",
        columns: [grouping.by] + months.map(Self.words) + ["Year"],
        numbers: Set(1...months.count + 1), rows: rows)
      if groups.count > Self.shownGroups {
        html.p(
          "\(groups.count - Self.shownGroups) more are not shown; the file has all.", .class("sub"))
      }
    }
  }

  private func row(
    _ label: String, _ minutes: [Report.Month: Int],
    _ number: (Report.Month?) -> ReportNumber?
  ) -> [TableCell] {
    [TableCell(label)]
      + found.months.map { month in
        guard let count = minutes[month] else { return TableCell("–") }
        return TableCell(
          Words.length(minutes: count), to: number(month).map { address(behind: $0) })
      } + [
        TableCell(
          Words.length(minutes: minutes.values.reduce(0, +)),
          to: number(nil).map { address(behind: $0) })
      ]
  }

  private func notCounted(
    _ title: String, _ rules: [DistrictReport.NotCounted], _ count: Int, _ id: String,
    _ html: inout HTML
  ) {
    guard count > 0 else { return }
    html.section(.class("card"), .labelledBy(id)) { html in
      html.h2("\(title): \(Words.count(count, "session"))", .id(id))
      for rule in rules {
        html.details { html in
          html.summary("\(rule.title): \(rule.sessions.count)")
          html.p { html in
            for (index, session) in rule.sessions.prefix(Self.shownGroups).enumerated() {
              if index > 0 { html.text(", ") }
              html.a(session, .href(why(session)))
            }
            if rule.sessions.count > Self.shownGroups { html.text(" and more") }
          }
        }
      }
    }
  }

  private func why(_ session: String) -> String {
    Address.session(session, "why") + "?decision=" + decision.queryEscaped
  }

  private var decision: String { found.decisionName }

  private var query: String { "report=\(found.format.id.queryEscaped)&year=\(found.year)" }

  private func address(behind number: ReportNumber) -> String {
    var address = "\(OfficePart.report.path)/sessions?\(query)&by=\(number.grouping)"
    if let group = number.group { address += "&group=\(group.queryEscaped)" }
    if let month = number.month { address += "&month=\(month.year)-\(month.month)" }
    return address
  }

  static func words(_ month: Report.Month) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(names[(month.month - 1) % 12]) \(month.year)"
  }
}

/// The sessions behind one number of a report.
struct ReportSessionsPage: Sendable {
  /// How many sessions are shown.
  private static let shown = 1_000

  let reader: Reader
  let found: DistrictReport
  let number: ReportNumber

  init(reader: Reader, found: DistrictReport, number: ReportNumber) {
    self.reader = reader
    self.found = found
    self.number = number
  }

  /// The page.
  var page: Page {
    let sessions = found.sessions(behind: number)
    let minutes = sessions.map(\.minutes).reduce(0, +)
    return Page(title: "Behind a number of the report", part: .office) { html in
      html.officeHeading("Behind a number of the report", .report)
      html.section(.class("card"), .labelledBy("number")) { html in
        html.h2(title, .id("number"))
        html.p { html in
          html.strong(Words.length(minutes: minutes))
          html.text(" in \(Words.count(sessions.count, "session"))")
        }
        html.table(
          "The first \(Words.count(min(sessions.count, Self.shown), "session")) of \(sessions.count)",
          columns: ["Session", "Time", "Why it counts"], numbers: [1],
          rows: sessions.prefix(Self.shown).map { session, minutes in
            [
              TableCell(session, to: Address.session(session)),
              TableCell(Words.length(minutes: minutes)),
              TableCell(
                "Explanation of \(session)",
                to: Address.session(session, "why") + "?decision="
                  + found.decisionName.queryEscaped),
            ]
          })
      }
    }
  }

  private var title: String {
    var parts = [found.format.title]
    if let group = number.group {
      parts.append("\(found.format.groupings[number.grouping].by): \(group)")
    }
    parts.append(number.month.map(ReportPage.words) ?? reader.words.period(found.days))
    return parts.joined(separator: ", ")
  }
}
#endif
