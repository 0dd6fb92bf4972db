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

  /// A reader of what the rows of documents have that go out for the first time.
  package func reader(today: CivilDate) -> SubjectReader {
    SubjectReader(
      questions(entry: .first, reason: ""), about: format.subjectType, policies, today: today)
  }

  /// The whole numbers that come with a document on an occasion: the batch and the version.
  package func given(_ occasion: Occasion) -> [Int64] {
    [Int64(occasion.batch), Int64(occasion.version)]
  }

  /// The rows of the document that a reader has read, which goes out for the first time.
  ///
  /// - Throws: `Unwritable` where a value is missing: a row is whole or it is not there.
  package func rows(by reader: borrowing SubjectReader) throws(Unwritable) -> [ExportRow] {
    var rows: [ExportRow] = []
    for (index, reading) in reader.readings.enumerated() {
      switch reading {
      case .answers(let answers):
        rows += try self.rows(
          answers, subject: reader.path(of: index).pathFromRoot, entry: .first)
      case .missing(let path): throw Unwritable(missing: path)
      }
    }
    return rows
  }

  /// The rows of a document by the general evaluator, in their order.
  ///
  /// - Throws: `Unwritable` where a value is missing: a row is whole or it is not there.
  package func rows(
    of document: FactDocument, today: CivilDate, _ occasion: Occasion
  ) throws(Unwritable) -> [ExportRow] {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    let questions = questions(entry: occasion.entry, reason: occasion.reason)
    var rows: [ExportRow] = []
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject else { throw Unwritable(missing: subject.path) }
      rows += try self.rows(
        context.answers(to: questions, about: object, given: given(occasion)),
        subject: subject.path.pathFromRoot, entry: occasion.entry)
    }
    return rows
  }

  /// What is asked of each subject: the minutes, the totals, and the columns of each line.
  private func questions(entry: ExportEntry, reason: String) -> [SubjectQuestion] {
    let totals = format.totals.map { SubjectQuestion($0.value) }
    return [SubjectQuestion(format.minutes)] + totals
      + format.lines.flatMap { line in
        format.columns.map { question($0, entry: entry, line: line, reason: reason) }
      }
  }

  /// What is asked of a column, in the order of the names that `ExportExpressions` declares.
  private func question(
    _ column: ExportFormat.Column, entry: ExportEntry, line: String, reason: String
  ) -> SubjectQuestion {
    SubjectQuestion(
      column.value,
      names: [
        .answer(0), .given(0), .given(1), .constant(.string(entry.rawValue)),
        .constant(.string(line)), .constant(.string(reason)),
      ])
  }

  /// The rows of a subject, from what was answered about it.
  private func rows(
    _ answers: [Evaluation], subject: String, entry: ExportEntry
  ) throws(Unwritable) -> [ExportRow] {
    var answers = Answers(answers, timeZone: timeZone)
    let minutes = try answers.int("the minutes")
    var totals: [String] = []
    for total in format.totals { totals.append(try answers.text("'\(total.by)'")) }
    var rows: [ExportRow] = []
    for line in format.lines {
      var cells: [ExportRow.Cell] = []
      cells.reserveCapacity(format.columns.count)
      for column in format.columns {
        cells.append(try answers.cell(column.format, "the column '\(column.header)'"))
      }
      // One subject may have several lines, and counts its minutes once.
      let isFirst = line == format.lines.first
      let sign: Int64 = entry == .reversal ? -1 : 1
      rows.append(
        ExportRow(
          entry: entry, subject: subject, line: line, minutes: isFirst ? Int(minutes * sign) : 0,
          totals: totals, cells: cells))
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
      guard case .value(let object) = subject, case let minutes = minutes(of: object, context),
        let minutes
      else { return Worth(minutes: nil, numbers: format.columns.map { _ in nil }) }
      worth.minutes? += Int(minutes)
      for line in format.lines {
        for (index, column) in format.columns.enumerated() where column.isTotalled {
          let question = question(column, entry: .first, line: line, reason: "")
          let asked = [SubjectQuestion(format.minutes), question]
          var answers = Answers(
            context.answers(to: asked, about: object, given: [0, 0]), timeZone: timeZone)
          guard (try? answers.int("")) != nil,
            let number = try? answers.cell(column.format, "").number,
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

  private func minutes(of subject: any CELObject, _ context: DecisionContext) -> Int64? {
    var answers = Answers(
      context.answers(to: [SubjectQuestion(format.minutes)], about: subject, given: []),
      timeZone: timeZone)
    return try? answers.int("")
  }
}
