package import CEL
package import Diagnostics
package import PolicyEngine

/// What the rules say of the sessions of the last month, as a file has them.
package struct SessionCounts: Sendable {
  /// How many sessions there are.
  package private(set) var sessions = 0
  /// In how many of them a rule is violated, by its id.
  package private(set) var violated: [String: Int] = [:]
  /// In how many a rule is undetermined and not violated.
  package private(set) var undetermined: [String: Int] = [:]

  /// The sessions of the month before a date, by their governing dates, from a file with one a line.
  ///
  /// A line that is not a session is passed over: `tutorpolicy check` says what is wrong with it.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - policies: What they are decided by, each on the last day of its month.
  ///   - today: The date.
  ///   - isCancelled: Asked before each session whether nobody waits any more: nil is the result then.
  package init?(
    of file: Source, by policies: PolicySet, today: CivilDate, unless isCancelled: () -> Bool
  ) {
    guard let first = CivilDate(year: today.year, month: today.month, day: 1),
      let start = first.adding(months: -1)
    else { return nil }
    let end = CivilDate(daysSinceEpoch: first.daysSinceEpoch - 1)
    for number in 1...file.lineCount {
      if isCancelled() { return nil }
      let line = file.byteRange(ofLine: number)
      guard !line.isEmpty else { continue }
      var mistakes: [Diagnostic] = []
      let text = Source(name: file.name, bytes: Array(file.bytes[line]), firstLine: number)
      guard
        let document = FactDocument.read(
          json: text, schema: policies.vocabulary.schema, into: &mistakes)
      else { continue }
      let context = DecisionContext(policies: policies, document: document.draft, today: end)
      guard let date = context.knownGoverningDate, start <= date, date <= end else { continue }
      count(Findings(asked: policies.defaultDecisions, in: context), of: policies)
    }
  }

  private mutating func count(_ findings: Findings, of policies: PolicySet) {
    sessions += 1
    var violations: Set<Int> = []
    var doubts: Set<Int> = []
    for finding in findings.findings {
      switch finding.outcome {
      case .violated: violations.insert(finding.rule)
      case .undetermined: doubts.insert(finding.rule)
      case .satisfied, .doesNotApply: break
      }
    }
    for rule in violations { violated[policies.rules[rule].id, default: 0] += 1 }
    for rule in doubts.subtracting(violations) {
      undetermined[policies.rules[rule].id, default: 0] += 1
    }
  }

  /// What is to be said of a rule.
  package func words(for rule: String) -> String {
    guard sessions > 0 else { return "no session last month" }
    let doubt = undetermined[rule].map { ", undetermined in \($0)" } ?? ""
    return "last month violated in \(violated[rule] ?? 0) of \(sessions) sessions\(doubt)"
  }
}
