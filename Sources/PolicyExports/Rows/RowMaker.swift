package import CEL
package import PolicyEngine

/// Makes the rows of a document by an export format.
package struct RowMaker: Sendable {
  /// What a row is told beside its document.
  package struct Occasion: Hashable, Sendable {
    /// The number of the export.
    package var batch: Int
    /// The version that goes out.
    package var version: Int
    /// What the rows are.
    package var entry: ExportEntry
    /// Why they correct others; empty for those that don't.
    package var reason: String

    /// An occasion to write rows.
    package init(batch: Int, version: Int, entry: ExportEntry, reason: String = "") {
      self.batch = batch
      self.version = version
      self.entry = entry
      self.reason = reason
    }
  }

  private let policies: PolicySet
  private let format: ExportFormat

  /// A maker of the rows that a format has, for documents that a policy set decides.
  package init(_ format: ExportFormat, policies: PolicySet) {
    self.format = format
    self.policies = policies
  }

  private var timeZone: String { policies.vocabulary.timeZone }

  /// The rows of a document, in their order.
  ///
  /// - Throws: `Unwritable` where a value is missing: a row is whole or it is not there.
  package func rows(
    of document: FactDocument, today: CivilDate, _ occasion: Occasion
  ) throws(Unwritable) -> [ExportRow] {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    var rows: [ExportRow] = []
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject else {
        throw Unwritable(sentence: "It is not known who or what is in '\(subject.path)'.")
      }
      let values = SubjectValues(context: context, object: object, timeZone: timeZone)
      let minutes = try values.int(format.minutes, "the minutes")
      var totals: [String] = []
      for total in format.totals {
        totals.append(try values.text(total.value, "'\(total.by)'"))
      }
      for line in format.lines {
        let known = values.with([
          .int(minutes), .int(Int64(occasion.batch)), .int(Int64(occasion.version)),
          .string(occasion.entry.rawValue), .string(line), .string(occasion.reason),
        ])
        var cells: [ExportRow.Cell] = []
        for column in format.columns {
          let value = try known.value(column.value, "the column '\(column.header)'")
          cells.append(
            try known.cell(value, column.format, "the column '\(column.header)'"))
        }
        // One subject may have several lines, and counts its minutes once.
        let isFirst = line == format.lines.first
        let sign: Int64 = occasion.entry == .reversal ? -1 : 1
        rows.append(
          ExportRow(
            entry: occasion.entry, subject: subject.path.pathFromRoot, line: line,
            minutes: isFirst ? Int(minutes * sign) : 0, totals: totals, cells: cells))
      }
    }
    return rows
  }

  /// What a document would count, were it to go out.
  package struct Worth: Hashable, Sendable {
    /// The minutes; nil where they are not known.
    package var minutes: Int?
    /// What it would add to each column that is added up; nil for the other columns, and where it is not known.
    package var numbers: [FixedDecimal?]
  }

  /// What a document would count, as far as it is known.
  package func worth(of document: FactDocument, today: CivilDate) -> Worth {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    var worth = Worth(minutes: 0, numbers: ExportTotals(format).all.columns)
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject,
        case let values = SubjectValues(context: context, object: object, timeZone: timeZone),
        let minutes = try? values.int(format.minutes, "the minutes")
      else { return Worth(minutes: nil, numbers: format.columns.map { _ in nil }) }
      worth.minutes? += Int(minutes)
      for line in format.lines {
        let known = values.with([
          .int(minutes), .int(0), .int(0), .string(ExportEntry.first.rawValue), .string(line),
          .string(""),
        ])
        for (index, column) in format.columns.enumerated() where column.isTotalled {
          guard let value = try? known.value(column.value, ""),
            let number = try? known.cell(value, column.format, "").number,
            let sum = worth.numbers[index]?.adding(number)
          else {
            worth.numbers[index] = nil
            continue
          }
          worth.numbers[index] = sum
        }
      }
    }
    return worth
  }
}
