package import CEL
package import PolicyEngine

/// What one subject of a session counts in a report.
package struct ReportEntry: Hashable, Sendable {
  /// Where the subject stands in the session's document.
  package let subject: String
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

/// Counts documents for a report.
package struct ReportMaker: Sendable {
  private let policies: PolicySet
  private let format: ReportFormat
  /// For each grouping by facts, the words of the facts that are truths, by their positions.
  private let words: [String: [(index: Int, words: String)]]

  /// A maker of a report about documents that a policy set decides.
  package init(_ format: ReportFormat, policies: PolicySet) {
    self.format = format
    self.policies = policies
    var words: [String: [(index: Int, words: String)]] = [:]
    for type in policies.vocabulary.types {
      for (index, fact) in type.facts.enumerated() where fact.type == .bool {
        words[type.name, default: []].append((index, fact.label ?? fact.name))
      }
    }
    self.words = words
  }

  /// What the subjects of a document count.
  ///
  /// - Throws: `Unwritable` where a value is missing: a document counts as a whole, or not at all.
  package func entries(
    of document: FactDocument, today: CivilDate
  ) throws(Unwritable) -> [ReportEntry] {
    let context = DecisionContext(policies: policies, document: document.root, today: today)
    guard let day = context.knownGoverningDate else {
      throw Unwritable(sentence: "It is not known for which day it counts.")
    }
    let year = CELValue.int(Int64(format.year(of: day)))
    var entries: [ReportEntry] = []
    for subject in policies.routes[format.subjectType].subjects(in: document.root) {
      guard case .value(let object) = subject else {
        throw Unwritable(sentence: "It is not known who or what is in '\(subject.path)'.")
      }
      let values = SubjectValues(
        context: context, object: object, timeZone: policies.vocabulary.timeZone)
      let minutes = try values.int(format.minutes, "the minutes")
      let known = values.with([.int(minutes), year])
      var sums: [Int64?] = []
      var cells: [String] = []
      for column in format.columns {
        switch column.kind {
        case .sum(let expression):
          let value = try known.value(expression, "the column '\(column.header)'")
          guard case .int(let number)? = value else {
            throw Unwritable(sentence: "There is no value for the column '\(column.header)'.")
          }
          sums.append(number)
          cells.append("")
        case .value(let expression):
          let value = try known.value(expression, "the column '\(column.header)'")
          sums.append(nil)
          cells.append(
            try known.cell(value, column.format, "the column '\(column.header)'").text)
        }
      }
      var groups: [[String]] = []
      for grouping in format.groupings { groups.append(try self.groups(grouping, values)) }
      entries.append(
        ReportEntry(
          subject: subject.path.pathFromRoot, day: day, minutes: Int(minutes), groups: groups,
          row: try values.text(format.row, "the row"), sums: sums, cells: cells))
    }
    return entries
  }

  private func groups(
    _ grouping: ReportFormat.Grouping, _ values: SubjectValues
  ) throws(Unwritable) -> [String] {
    switch grouping.kind {
    case .value(let expression): return [try values.text(expression, "'\(grouping.by)'")]
    case .facts(let expression):
      guard case .object(let object)? = try values.value(expression, "'\(grouping.by)'") else {
        throw Unwritable(sentence: "There is no value for '\(grouping.by)'.")
      }
      var groups: [String] = []
      for (index, label) in words[object.typeName, default: []] {
        switch object.value(ofField: index) {
        case .present(.bool(true)): groups.append(label)
        case .present, .absent: break
        // What is not known must not count as No.
        case .missing:
          throw Unwritable(sentence: "It is not known whether '\(label)' applies.")
        }
      }
      return groups
    }
  }
}
