#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import TutoringSessions
import TutoringStore

extension DistrictService {
  /// How many sessions are read and decided at once, and by how many tasks: so many that all processors have work, and few
  /// enough for the memory.
  private static let (reportBatch, reportTasks) = (1_024, 3)

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
    let clerk = ReportClerk(
      format, judge, SessionTexts(try await store.allSurroundings(), schema: judge.schema))
    var tally = ReportTally(format, judge.policies)
    let numbers = try await store.sessionNumbers(in: days) ?? 0...0
    var starts = Array(
      stride(from: numbers.lowerBound, through: numbers.upperBound, by: Self.reportBatch)
    ).enumerated().makeIterator()
    try await withThrowingTaskGroup(of: (Int, ReportTally).self) { group in
      func add() -> Bool {
        guard let (place, start) = starts.next() else { return false }
        let part = start...min(start + Self.reportBatch - 1, numbers.upperBound)
        let store = store
        group.addTask { (place, try await clerk.tally(of: part, in: days, store)) }
        return true
      }
      for _ in 0..<Self.reportTasks where !add() { break }
      // The last session of a student says where the student stands: the parts are added in their order.
      var waiting: [Int: ReportTally] = [:]
      var next = 0
      while let (place, part) = try await group.next() {
        _ = add()
        waiting[place] = part
        while let part = waiting.removeValue(forKey: next) {
          tally.add(part)
          next += 1
        }
      }
    }
    return DistrictReport(
      formats: judge.taken.reports, format: format, year: year, days: days,
      decisionName: judge.policies.decisions[format.decision].name, report: tally.report,
      counted: tally.counted, refused: tally.refused.values.inOrder,
      undetermined: tally.undetermined.values.inOrder, refusedSessions: tally.refusedSessions,
      undeterminedSessions: tally.undeterminedSessions)
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
