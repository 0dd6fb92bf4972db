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
        let locals: [CELValue] = [
          .int(minutes), .int(Int64(occasion.batch)), .int(Int64(occasion.version)),
          .string(occasion.entry.rawValue), .string(line), .string(occasion.reason),
        ]
        var cells: [ExportRow.Cell] = []
        for column in format.columns {
          let what = "the column '\(column.header)'"
          let value = try values.value(column.value, what, locals)
          cells.append(try values.cell(value, column.format, what))
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

  /// The minutes that a document counts, as far as they are known; nil where they are not.
  package func minutes(of document: FactDocument, today: CivilDate) -> Int? {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    var sum = 0
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject,
        let minutes = try? SubjectValues(context: context, object: object, timeZone: timeZone)
          .int(format.minutes, "the minutes")
      else { return nil }
      sum += Int(minutes)
    }
    return sum
  }
}
