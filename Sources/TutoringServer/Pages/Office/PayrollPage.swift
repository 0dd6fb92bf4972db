#if Server
import CEL
import PolicyExports
import TutoringSessions

/// What an export to payroll would be: what goes out, what does not and why, and the button that makes it.
struct PayrollPage: Sendable {
  /// How many rows of the file are shown.
  private static let shownRows = 50

  let reader: Reader
  let preview: PayrollPreview
  /// Why nothing was exported.
  var mistakes: [String] = []

  init(reader: Reader, preview: PayrollPreview) {
    self.reader = reader
    self.preview = preview
  }

  /// The page.
  var page: Page {
    Page(title: "Payroll", part: .office) { html in
      html.officeHeading("Payroll", .payroll)
      for mistake in mistakes { html.message(Message(.problem, mistake)) }
      question(&html)
      goesOut(&html)
      leftOut(&html)
      TutorMessages(reader: reader, sessions: preview.shownLeftOut).write(to: &html)
      if !preview.rows.isEmpty { file(&html) }
    }
  }

  // MARK: - What is asked

  private func question(_ html: inout HTML) {
    html.element(.form, [.method("get"), .action(OfficePart.payroll.path), .class("card row")]) {
      html in
      html.div(.class("field")) { html in
        html.label("Format", .for("payroll-format"))
        html.select(.id("payroll-format"), .name("format")) { html in
          for format in preview.formats {
            html.option(
              format.title, .value(format.id), .selected(format.id == preview.format.id))
          }
        }
      }
      day("from", "From", preview.period.lowerBound, &html)
      day("through", "Through", preview.period.upperBound, &html)
      html.button("Show", .type("submit"))
      if let help = preview.format.help { html.p(help, .class("small sub whole")) }
    }
  }

  private func day(_ name: String, _ label: String, _ day: CivilDate, _ html: inout HTML) {
    html.div(.class("field")) { html in
      html.label(label, .for("payroll-" + name))
      html.input(
        .type("date"), .id("payroll-" + name), .name(name), .value(day.description),
        .class("short"))
    }
  }

  // MARK: - What goes out

  private func goesOut(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("goes-out")) { html in
      html.h2("Goes out", .id("goes-out"))
      html.p { html in
        html.strong(Words.count(preview.sessions, "session"))
        html.text(
          " in \(Words.count(preview.rows.count, "row")), \(Words.length(minutes: preview.totals.all.minutes))"
        )
        for (name, sum) in named(preview.totals.all) { html.text(" · \(name) \(sum)") }
      }
      for note in notes { html.p(note, .class("small")) }
      if !preview.byHand.isEmpty {
        html.p { html in
          html.text(
            "This kind of file can't correct what went out. Correct these by hand in the other system: "
          )
          for (index, session) in preview.byHand.enumerated() {
            if index > 0 { html.text(", ") }
            html.a(session, .href(Address.session(session)))
          }
        }
      }
      weeks(&html)
      if preview.sessions > 0 {
        for (index, by) in preview.totals.by.enumerated() { totals(by, index, &html) }
        if reader.actor?.changesAllSessions == true { button(&html) }
      }
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    if preview.running > 0 {
      notes.append(
        "\(Words.count(preview.running, "session")) of these days still \(preview.running == 1 ? "runs" : "run") and can't go out yet."
      )
    }
    if preview.unexportedBefore > 0 {
      notes.append(
        "\(Words.count(preview.unexportedBefore, "session")) before these days ended and never went out: choose an earlier first day to see them."
      )
    }
    return notes
  }

  /// What becomes of the sessions, week by week: as bars, and as the table behind them, which leads to each week.
  private func weeks(_ html: inout HTML) {
    guard preview.weeks.count > 1 else { return }
    html.div(.class("legend"), .hiddenFromReaders()) { html in
      for (index, word) in Self.outcomes.enumerated() {
        html.span(word, .class("part-\(index)"))
      }
    }
    BarChart(
      title: "Sessions by week: going out, left out, and not known",
      bars: preview.weeks.map { week in
        BarChart.Bar(
          label: "Week of \(reader.words.day(week.monday))",
          parts: [week.goesOut, week.leftOut, week.notKnown],
          words: "\(week.goesOut) of \(week.goesOut + week.leftOut + week.notKnown)")
      }
    ).write(to: &html)
    html.details { html in
      html.summary("Sessions by week as a table")
      html.table(
        "Sessions by week", columns: ["Week of"] + Self.outcomes, numbers: [1, 2, 3],
        rows: preview.weeks.map { week in
          [
            TableCell(reader.words.day(week.monday), to: address(of: week)),
            "\(week.goesOut)", "\(week.leftOut)", "\(week.notKnown)",
          ]
        })
    }
  }

  private static let outcomes = ["Go out", "Left out", "Not known"]

  private func address(of week: PayrollPreview.Week) -> String {
    let last = week.monday.adding(days: 6) ?? week.monday
    return "\(OfficePart.payroll.path)?format=\(preview.format.id.queryEscaped)"
      + "&from=\(max(week.monday, preview.period.lowerBound))"
      + "&through=\(min(last, preview.period.upperBound))"
  }

  private func totals(_ by: String, _ index: Int, _ html: inout HTML) {
    let sums = preview.totals.sums(by: index)
    let columns = named(preview.totals.all).map(\.name)
    html.details(.open(sums.count <= 12)) { html in
      html.summary("By \(by): \(sums.count)")
      html.table(
        "Totals by \(by)", columns: [by, "Rows", "Time"] + columns,
        numbers: Set(1..<3 + columns.count),
        rows: sums.map { value, sum in
          [TableCell(value), "\(sum.rows)", TableCell(Words.length(minutes: sum.minutes))]
            + named(sum).map { TableCell($0.sum) }
        })
    }
  }

  /// The columns that are added up, with their sums.
  private func named(_ sum: ExportTotals.Sum) -> [(name: String, sum: String)] {
    zip(preview.format.columns, sum.columns).filter(\.0.isTotalled).map { column, number in
      (column.header, number?.text ?? "too large")
    }
  }

  private func button(_ html: inout HTML) {
    html.form(to: OfficePart.payroll.path + "/export", token: reader.formToken, .class("actions")) {
      html in
      html.identity(of: reader.form(for: nil))
      for (name, value) in [
        ("format", preview.format.id), ("from", preview.period.lowerBound.description),
        ("through", preview.period.upperBound.description), ("digest", preview.digest),
      ] {
        html.input(.type("hidden"), .name(name), .value(value))
      }
      html.button(
        "Export \(Words.count(preview.sessions, "session"))", .type("submit"), .class("main"))
      html.p(
        "What goes out is frozen: later changes go out as corrections.", .class("small sub"))
    }
  }

  // MARK: - What does not

  private func leftOut(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("left-out")) { html in
      html.h2("Left out", .id("left-out"))
      guard !preview.leftOut.isEmpty else {
        html.p("No session of these days is left out.")
        return
      }
      let minutes = preview.leftOut.compactMap(\.minutes).reduce(0, +)
      html.p { html in
        html.strong(Words.count(preview.leftOut.count, "session"))
        html.text(", \(Words.length(minutes: minutes))")
      }
      if !preview.blockers.isEmpty { blockers(&html) }
      for session in preview.leftOut where session.failure != nil {
        html.p { html in
          html.a(session.session, .href(Address.session(session.session)))
          html.text(": \(session.failure ?? "")")
        }
      }
    }
    guard !preview.shownLeftOut.isEmpty else { return }
    html.h2("What would still make it in")
    html.ul(.class("list sessions")) { html in
      for session in preview.shownLeftOut {
        html.li { SessionRow(session: session, reader: reader, showsTutor: true).write(to: &$0) }
      }
    }
    if preview.shownLeftOut.count < preview.leftOut.count {
      html.p(
        "\(preview.leftOut.count - preview.shownLeftOut.count) more are not shown: choose fewer days.",
        .class("sub"))
    }
  }

  /// Every rule with what it keeps from going out, alone and together with others; what a rule does alone comes first.
  private func blockers(_ html: inout HTML) {
    let sums = named(preview.totals.all).map(\.name)
    let columns =
      ["Rule", "Sessions by this alone", "Sessions", "Time by this alone", "Time"]
      + sums.flatMap { ["\($0) by this alone", $0] } + ["Tutors"]
    html.table(
      "Rules in the way", columns: columns, numbers: Set(1..<columns.count),
      rows: preview.blockers.map { blocker in
        [
          TableCell(blocker.title, to: Address.rule(blocker.id)), "\(blocker.alone)",
          "\(blocker.sessions)", TableCell(Words.length(minutes: blocker.minutesAlone)),
          TableCell(Words.length(minutes: blocker.minutes)),
        ]
          + zip(named(blocker.sumsAlone), named(blocker.sums)).flatMap { alone, all in
            [TableCell(alone.sum), TableCell(all.sum)]
          } + ["\(blocker.tutors)"]
      })
    html.p(
      """
      By this alone are the sessions that nothing else keeps from going out. What is not known of a session, such as an \
      amount without a work order, is not in the sums.
      """, .class("small sub"))
  }

  // MARK: - The file

  private func file(_ html: inout HTML) {
    let shown = preview.rows.prefix(Self.shownRows)
    html.section(.class("card on-screen"), .labelledBy("file")) { html in
      html.h2("The file", .id("file"))
      html.table(
        "The first \(Words.count(shown.count, "row")) of \(preview.rows.count)",
        columns: preview.format.columns.map(\.header),
        rows: shown.map { row in row.row.cells.map { TableCell($0.text) } })
    }
  }
}
#endif
