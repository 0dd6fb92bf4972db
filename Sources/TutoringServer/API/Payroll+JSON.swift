#if Server
import CEL
import Diagnostics
import PolicyExports
import TutoringSessions
import TutoringStore

extension ExportRecord {
  /// What is kept of the export.
  var json: JSONValue {
    .object(omittingNil: [
      ("id", .int(id)), ("at", .string(at.description)), ("person", .text(person)),
      ("from", .string(from.description)), ("through", .string(through.description)),
      ("policies", .string(policies)), ("sessions", .int(sessions)),
      ("format", .text(file?.name)), ("digest", .text(file?.digest)),
      ("program", .text(file?.program)), ("rows", file.map { .int($0.rows) }),
      ("minutes", file.map { .int($0.minutes) }),
    ])
  }
}

extension ExportDetails {
  /// The export with its rows and its file.
  var json: JSONValue {
    .object(omittingNil: [
      ("export", record.json),
      (
        "rows",
        .array(
          rows.map { session, version, row in
            .object([
              ("session", .string(session)), ("version", .int(version)),
              ("entry", .string(row.entry)), ("subject", .string(row.subject)),
              ("line", .string(row.line)), ("minutes", .int(row.minutes)),
              ("text", .string(row.text)),
            ])
          })
      ), ("file", .text(file)),
    ])
  }
}

extension PayrollPreview {
  /// What an export would be.
  var json: JSONValue {
    .object([
      ("format", .string(format.id)), ("formats", .array(formats.map { .string($0.id) })),
      ("from", .string(period.lowerBound.description)),
      ("through", .string(period.upperBound.description)), ("batch", .int(batch)),
      ("sessions", .int(sessions)), ("rows", .int(rows.count)),
      ("minutes", .int(totals.all.minutes)), ("digest", .string(digest)),
      ("columns", columns(of: totals.all)),
      ("totals", .array(totals.by.indices.flatMap(totals(by:)))),
      ("byHand", .array(byHand.map { .string($0) })), ("leftOut", .array(leftOut.map(\.json))),
      ("blockers", .array(blockers.map(json(of:)))),
      (
        "weeks",
        .array(
          weeks.map { week in
            .object([
              ("monday", .string(week.monday.description)), ("goesOut", .int(week.goesOut)),
              ("leftOut", .int(week.leftOut)), ("notKnown", .int(week.notKnown)),
            ])
          })
      ), ("unexportedBefore", .int(unexportedBefore)),
      ("running", .int(running)),
    ])
  }

  private func totals(by index: Int) -> [JSONValue] {
    totals.sums(by: index).map { value, sum in
      .object([
        ("by", .string(totals.by[index])), ("value", .string(value)), ("rows", .int(sum.rows)),
        ("minutes", .int(sum.minutes)), ("columns", columns(of: sum)),
      ])
    }
  }

  private func json(of blocker: Blocker) -> JSONValue {
    .object([
      ("rule", .string(blocker.id)), ("title", .string(blocker.title)),
      ("sessions", .int(blocker.sessions)), ("alone", .int(blocker.alone)),
      ("minutes", .int(blocker.minutes)), ("minutesAlone", .int(blocker.minutesAlone)),
      ("columns", columns(of: blocker.sums)), ("columnsAlone", columns(of: blocker.sumsAlone)),
      ("tutors", .int(blocker.tutors)),
    ])
  }

  private func columns(of sum: ExportTotals.Sum) -> JSONValue {
    .object(
      zip(format.columns, sum.columns).compactMap { column, number in
        number.map { (column.header, .string($0.text)) }
      })
  }
}

extension PayrollPreview.LeftOut {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("session", .string(session)), ("tutor", .string(tutor)),
      ("rules", .array(rules.map { .string($0) })), ("undetermined", .bool(isUndetermined)),
      ("failure", .text(failure)), ("minutes", minutes.map { .int($0) }),
    ])
  }
}

#endif
