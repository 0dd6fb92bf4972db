#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import TutoringSessions
import TutoringStore

extension DistrictService {
  /// How many sessions are read and decided at once: so many that all processors have work, and few enough for the memory.
  private static let reportBatch = 4_096

  /// The report of a year: every session that has ended, decided by the decision that the report names.
  package func report(
    _ question: ReportQuestion, for actor: Actor
  ) async throws -> DistrictReport {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    let judge = judge(for: actor)
    let formats = judge.taken.reports
    guard
      let format = question.report == nil
        ? formats.first : formats.first(where: { $0.id == question.report })
    else {
      throw ServiceError.invalid([
        InputMistake(
          "report",
          formats.isEmpty
            ? "The policies have no report: there is no file in their folder 'reports'."
            : "There is no report of that name. There are: \(formats.map(\.id).joined(separator: ", "))."
        )
      ])
    }
    let year = question.year ?? format.year(of: judge.today)
    guard (1900...2999).contains(year), let days = format.days(ofYear: year) else {
      throw ServiceError.invalid([InputMistake("year", "There is no such year.")])
    }
    let last = try await store.events(EventFilter(), limit: 1).first?.sequence ?? 0
    let key = ReportQuestion(report: format.id, year: year)
    let stamp = AnswerStamp(
      records: String(last), policies: judge.taken.digest + judge.taken.reportStamp,
      today: judge.today)
    if let known = reports.answer(to: key, stamp) { return known }
    let report = try await makeReport(format, year: year, days, judge)
    reports.keep(report, to: key, stamp)
    return report
  }

  private func makeReport(
    _ format: ReportFormat, year: Int, _ days: ClosedRange<CivilDate>, _ judge: SessionJudge
  ) async throws -> DistrictReport {
    let ids = try await store.sessionIDs(
      SessionFilter(
        stages: [.finished, .exported], from: days.lowerBound, through: days.upperBound))
    let clerk = ReportClerk(format, judge)
    var tally = ReportTally(format, judge.policies)
    for start in stride(from: 0, to: ids.count, by: Self.reportBatch) {
      let batch = Array(ids[start..<min(start + Self.reportBatch, ids.count)])
      let (sessions, surroundings) = try await store.sessionsWithSurroundings(ids: batch)
      let outcomes = await Parallel.map(sessions) { clerk.outcome(of: $0, in: surroundings) }
      for (session, outcome) in zip(sessions, outcomes) { tally.add(outcome, of: session.id) }
    }
    return DistrictReport(
      formats: judge.taken.reports, format: format, year: year, days: days,
      decisionName: judge.policies.decisions[format.decision].name, report: tally.report,
      counted: tally.counted, refused: tally.refused.values.inOrder,
      undetermined: tally.undetermined.values.inOrder, refusedSessions: tally.refusedSessions,
      undeterminedSessions: tally.undeterminedSessions)
  }
}

/// Decides which sessions count, and what.
private struct ReportClerk: Sendable {
  private let judge: SessionJudge
  private let format: ReportFormat
  private let maker: ReportMaker

  enum Outcome: Sendable {
    case counts([ReportEntry])
    case refused([String])
    case undetermined([String])
    case unreadable(String)
  }

  init(_ format: ReportFormat, _ judge: SessionJudge) {
    self.format = format
    self.judge = judge
    maker = ReportMaker(format, policies: judge.policies)
  }

  func outcome(of session: SessionRecord, in surroundings: Surroundings) -> Outcome {
    let document: FactDocument
    do throws(SessionJudge.Unreadable) {
      document = try judge.document(of: session, in: surroundings)
    } catch {
      return .unreadable(SessionJudge.sentence(for: error))
    }
    let verdict = judge.policies.decide(
      document, today: judge.today, decisions: [format.decision])
    if verdict.passes {
      do throws(Unwritable) {
        return .counts(try maker.entries(of: document, today: judge.today))
      } catch {
        return .unreadable(error.sentence)
      }
    }
    var seen: Set<String> = []
    // With a rule that is violated it is told that it does not count, whatever else is not known.
    guard verdict.violated.isEmpty else {
      return .refused(verdict.violated.map(\.rule).filter { seen.insert($0).inserted })
    }
    return .undetermined(verdict.undetermined.map(\.rule).filter { seen.insert($0).inserted })
  }
}

/// Adds up what becomes of sessions.
private struct ReportTally {
  var report: Report
  var counted: [DistrictReport.Counted] = []
  var refused: [String: DistrictReport.NotCounted] = [:]
  var undetermined: [String: DistrictReport.NotCounted] = [:]
  var refusedSessions = 0
  var undeterminedSessions = 0
  private let titles: [String: String]

  init(_ format: ReportFormat, _ policies: PolicySet) {
    report = Report(format)
    titles = Dictionary(policies.rules.map { ($0.id, $0.title) }) { first, _ in first }
  }

  mutating func add(_ outcome: ReportClerk.Outcome, of session: String) {
    switch outcome {
    case .counts(let entries):
      for entry in entries { report.add(entry) }
      counted.append(DistrictReport.Counted(session: session, entries: entries))
    case .refused(let rules):
      refusedSessions += 1
      for rule in rules { add(session, to: &refused, rule, titles[rule] ?? rule) }
    case .undetermined(let rules):
      undeterminedSessions += 1
      for rule in rules { add(session, to: &undetermined, rule, titles[rule] ?? rule) }
    case .unreadable(let sentence):
      undeterminedSessions += 1
      add(session, to: &undetermined, "", sentence)
    }
  }

  private func add(
    _ session: String, to found: inout [String: DistrictReport.NotCounted], _ rule: String,
    _ title: String
  ) {
    let key = rule.isEmpty ? title : rule
    found[key, default: DistrictReport.NotCounted(id: rule, title: title)].sessions
      .append(session)
  }
}

extension Sequence<DistrictReport.NotCounted> {
  /// Those with the most sessions first.
  fileprivate var inOrder: [DistrictReport.NotCounted] {
    sorted { ($1.sessions.count, $0.title) < ($0.sessions.count, $1.title) }
  }
}

extension PolicyKeeper.Taken {
  /// What tells the reports from others.
  fileprivate var reportStamp: String {
    SHA256.hexDigest(of: reports.flatMap(\.source.bytes))
  }
}
#endif
