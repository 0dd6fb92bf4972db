package import CEL
package import PolicyEngine

/// What one subject of a session counts in a report.
package struct ReportEntry: Hashable, Sendable {
  /// The day that it counts for.
  package let day: CivilDate
  /// The minutes that it counts.
  package let minutes: Int
  /// The groups that it is in, by the position of the grouping.
  package let groups: [[String]]
  /// What tells its row of the file from others.
  package let row: String
  /// What it adds to each column; nil for those that are not sums.
  package let sums: [Int64?]
  /// What stands in each column that is not a sum; empty for those that are.
  package let cells: [String]
}

/// Counts documents for a report: by a reader, which has a plan of what is asked of each subject, or one by one.
package struct ReportMaker: Sendable {
  /// A column without its expression: what is copied for each subject of a year must be small.
  private struct Column: Sendable {
    let header: String
    let isSum: Bool
    let format: CellFormat
  }

  /// A grouping without its expression.
  private struct Grouping: Sendable {
    let by: String
    /// Each of some answers says whether the subject is in a group, which has a label; nil where the answer is the group.
    let facts: [(name: String, label: String)]?
  }

  private let policies: PolicySet
  private let format: ReportFormat
  private let timeZone: String
  private let columns: [Column]
  private let groupings: [Grouping]
  /// What is asked of each subject: the minutes, the columns, the groups, the row.
  private let questions: [SubjectQuestion]

  /// A maker of a report about documents that a policy set decides.
  package init(_ format: ReportFormat, policies: PolicySet) {
    self.format = format
    self.policies = policies
    timeZone = policies.vocabulary.timeZone
    let names: [SubjectQuestion.Name] = [.answer(0), .given(0)]
    var questions = [SubjectQuestion(format.minutes)]
    columns = format.columns.map { column in
      switch column.kind {
      case .sum(let expression):
        questions.append(SubjectQuestion(expression, names: names))
        return Column(header: column.header, isSum: true, format: column.format)
      case .value(let expression):
        questions.append(SubjectQuestion(expression, names: names))
        return Column(header: column.header, isSum: false, format: column.format)
      }
    }
    groupings = format.groupings.map { grouping in
      switch grouping.kind {
      case .value(let expression):
        questions.append(SubjectQuestion(expression))
        return Grouping(by: grouping.by, facts: nil)
      case .facts(let object):
        let facts = policies.vocabulary.truths(of: object)
        questions += facts.map { SubjectQuestion($0.expression) }
        return Grouping(by: grouping.by, facts: facts.map { ($0.name, $0.label) })
      }
    }
    self.questions = questions + [SubjectQuestion(format.row)]
  }

  /// A reader of what the report asks.
  package func reader(today: CivilDate) -> SubjectReader {
    SubjectReader(questions, about: format.subjectType, policies, today: today)
  }

  /// The whole numbers that come with a document: the year of the report.
  package func given(_ day: CivilDate?) -> [Int64] {
    [day.map { Int64(format.year(of: $0)) } ?? 0]
  }

  /// What the subjects of the document count that a reader has read.
  ///
  /// - Throws: `Unwritable` where a value is missing: a document counts as a whole, or not at all.
  package func entries(by reader: borrowing SubjectReader) throws(Unwritable) -> [ReportEntry] {
    guard let day = reader.day else { throw Self.noDay }
    var entries: [ReportEntry] = []
    entries.reserveCapacity(reader.readings.count)
    for reading in reader.readings {
      switch reading {
      case .answers(let answers): entries.append(try entry(answers, day))
      case .missing(let path): throw Unwritable(missing: path)
      }
    }
    return entries
  }

  /// What the subjects of a document count, by the general evaluator.
  ///
  /// - Throws: `Unwritable` where a value is missing: a document counts as a whole, or not at all.
  package func entries(
    of document: FactDocument, today: CivilDate
  ) throws(Unwritable) -> [ReportEntry] {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    guard let day = context.knownGoverningDate else { throw Self.noDay }
    var entries: [ReportEntry] = []
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject else { throw Unwritable(missing: subject.path) }
      let answers = context.answers(to: questions, about: object, given: given(day))
      entries.append(try entry(answers, day))
    }
    return entries
  }

  private static var noDay: Unwritable {
    Unwritable(sentence: "It is not known for which day it counts.")
  }

  private func entry(_ answers: [Evaluation], _ day: CivilDate) throws(Unwritable) -> ReportEntry {
    var answers = Answers(answers, timeZone: timeZone)
    let minutes = try answers.int("the minutes")
    var sums: [Int64?] = []
    var cells: [String] = []
    sums.reserveCapacity(columns.count)
    cells.reserveCapacity(columns.count)
    for column in columns {
      guard column.isSum else {
        sums.append(nil)
        cells.append(try answers.cell(column.format, "the column '\(column.header)'").text)
        continue
      }
      guard case .int(let number)? = try answers.value("the column '\(column.header)'") else {
        throw Unwritable(sentence: "There is no value for the column '\(column.header)'.")
      }
      sums.append(number)
      cells.append("")
    }
    var groups: [[String]] = []
    groups.reserveCapacity(groupings.count)
    for grouping in groupings {
      guard let facts = grouping.facts else {
        groups.append([try answers.text("'\(grouping.by)'")])
        continue
      }
      var labels: [String] = []
      for (name, label) in facts
      where try answers.isTrue(name, label: label, "'\(grouping.by)'") {
        labels.append(label)
      }
      groups.append(labels)
    }
    return ReportEntry(
      day: day, minutes: Int(minutes), groups: groups, row: try answers.text("the row"),
      sums: sums, cells: cells)
  }
}

extension Vocabulary {
  /// The facts of an object that are truths, as expressions that give nothing where one need not be there.
  fileprivate func truths(
    of object: CheckedExpression
  ) -> [(name: String, label: String, expression: CheckedExpression)] {
    guard case .object(let name) = object.type,
      let type = types.first(where: { $0.name == name })
    else { return [] }
    return type.facts.enumerated().filter { $0.element.type == .bool }.map { index, fact in
      let field = FieldReference(typeName: type.name, index: index, name: fact.name)
      return (
        fact.name, fact.label ?? fact.name,
        CheckedExpression(
          kind: .optionalField(object, field), type: .optional(.bool), range: object.range)
      )
    }
  }
}
