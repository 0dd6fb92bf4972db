#if Server
import PolicyEngine
import PolicyExports

/// Adds up what becomes of sessions.
struct ReportTally: Sendable {
  private(set) var report: Report
  private(set) var counted: [DistrictReport.Counted] = []
  private(set) var refused: [String: DistrictReport.NotCounted] = [:]
  private(set) var undetermined: [String: DistrictReport.NotCounted] = [:]
  private(set) var refusedSessions = 0
  private(set) var undeterminedSessions = 0
  private let titles: [String: String]

  /// A tally of nothing.
  init(_ format: ReportFormat, _ policies: PolicySet) {
    report = Report(format)
    titles = Dictionary(policies.rules.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// Adds what becomes of a session.
  mutating func add(_ outcome: ReportClerk.Outcome, of session: String) {
    switch outcome {
    case .counts(let entries):
      counted.append(
        DistrictReport.Counted(
          session: session,
          entries: entries.map {
            .init(
              month: Report.Month(of: $0.day), minutes: $0.minutes, groups: report.add($0))
          }))
    case .refused(let rules):
      refusedSessions += 1
      for rule in rules { Self.add([session], to: &refused, rule, titles[rule] ?? rule) }
    case .undetermined(let rules):
      undeterminedSessions += 1
      for rule in rules { Self.add([session], to: &undetermined, rule, titles[rule] ?? rule) }
    case .unreadable(let sentence):
      undeterminedSessions += 1
      Self.add([session], to: &undetermined, "", sentence)
    }
  }

  /// Adds another tally of the same report, whose sessions come after those of this one.
  mutating func add(_ other: ReportTally) {
    let numbers = report.add(other.report)
    counted.reserveCapacity(counted.count + other.counted.count)
    for var session in other.counted {
      for index in session.entries.indices {
        for place in session.entries[index].groups.indices {
          session.entries[index].groups[place] = numbers[session.entries[index].groups[place]]
        }
      }
      counted.append(session)
    }
    for found in other.refused.values {
      Self.add(found.sessions, to: &refused, found.id, found.title)
    }
    for found in other.undetermined.values {
      Self.add(found.sessions, to: &undetermined, found.id, found.title)
    }
    refusedSessions += other.refusedSessions
    undeterminedSessions += other.undeterminedSessions
  }

  private static func add(
    _ sessions: [String], to found: inout [String: DistrictReport.NotCounted], _ rule: String,
    _ title: String
  ) {
    let key = rule.isEmpty ? title : rule
    found[key, default: DistrictReport.NotCounted(id: rule, title: title)].sessions += sessions
  }
}
#endif
