#if Server
import CEL
import PolicyEngine
import PolicyExports
import TutoringSessions
package import TutoringStore

extension DistrictService {
  /// How many of the sessions that are left out are shown with all that helps.
  private static let shownLeftOut = 100
  /// The longest period, in days: a year and a bit.
  private static let longestPeriod = 400

  /// What an export would be if it were made now.
  package func payrollPreview(
    _ question: PayrollQuestion, for actor: Actor
  ) async throws -> PayrollPreview {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    let judge = judge(for: actor)
    let format = try format(question.format, judge)
    let period = try period(question, judge)
    let found = try await store.exportCandidates(for: period)
    let (candidates, batch) = (found.sessions, found.export)
    let clerk = PayrollClerk(format, judge)
    let outcomes = await Parallel.map(candidates) { clerk.outcome(of: $0, export: batch) }
    var rows: [PayrollPreview.Row] = []
    var totals = ExportTotals(format)
    var leftOut: [PayrollPreview.LeftOut] = []
    var leftOutRecords: [SessionRecord] = []
    var byHand: [String] = []
    var weeks: [CivilDate: PayrollPreview.Week] = [:]
    for (candidate, outcome) in zip(candidates, outcomes) {
      let session = candidate.session
      let monday = session.date.monday
      switch outcome {
      case .goesOut(let own):
        weeks[monday, default: .init(monday)].goesOut += 1
        if own.isEmpty, candidate.earlier != nil { byHand.append(session.id) }
        for row in own {
          totals.add(row)
          rows.append(PayrollPreview.Row(session: session.id, row: row))
        }
      case .leftOut(let found):
        if found.isOnlyUndetermined {
          weeks[monday, default: .init(monday)].notKnown += 1
        } else {
          weeks[monday, default: .init(monday)].leftOut += 1
        }
        leftOutRecords.append(session)
        leftOut.append(
          PayrollPreview.LeftOut(
            session: session.id, tutor: session.tutor, rules: found.rules,
            isUndetermined: found.isUndetermined, failure: found.failure, worth: found.worth))
      }
    }
    let shown = try await summaries(of: Array(leftOutRecords.suffix(Self.shownLeftOut)), judge)
    let running = try await store.sessionCounts(
      SessionFilter(stages: [.active], from: period.lowerBound, through: period.upperBound))
    return PayrollPreview(
      formats: judge.taken.exports, format: format, period: period, batch: batch, rows: rows,
      sessions: candidates.count - leftOut.count, byHand: byHand, totals: totals,
      digest: ExportRecord.File.digest(header: format.header, rows: rows.lazy.map(\.row.text)),
      leftOut: leftOut, blockers: Self.blockers(of: leftOut, format, judge.policies),
      weeks: weeks.values.sorted { $0.monday < $1.monday },
      shownLeftOut: shown.sortedByDeadline(),
      unexportedBefore: try await store.unexportedSessions(before: period.lowerBound),
      running: running.values.reduce(0, +))
  }

  /// Exports what a preview has shown: decided, frozen and written in one transaction.
  ///
  /// - Parameters:
  ///   - question: The format and the period.
  ///   - digest: What the file must turn out to be, by its digest; nil for whatever it is.
  ///   - request: Names the form that was sent; sent again, it gives the same export.
  ///   - actor: Who exports.
  /// - Returns: The export.
  /// - Throws: `ServiceError`: also where the file is no longer what was shown.
  package func exportPayroll(
    _ question: PayrollQuestion, expecting digest: String?, request: String, by actor: Actor
  ) async throws -> ExportRecord {
    guard actor.changesAllSessions else { throw ServiceError.notAllowed }
    let judge = judge(for: actor)
    let format = try format(question.format, judge)
    let period = try period(question, judge)
    let request = try checked(request)
    let clerk = PayrollClerk(format, judge)
    return try await counted("export") {
      // What decides is kept before anything is decided by it.
      try await store.addPolicyVersion(judge.taken.version)
      let candidates = try await store.exportCandidates(for: period)
      // Decided before the transaction, which would else hold others up.
      let freezings = await Parallel.map(candidates.sessions) {
        clerk.freezing(of: $0, export: candidates.export)
      }
      do {
        return try await store.export(
          candidates.sessions.map(\.session.id), prepared: PreparedExport(candidates, freezings),
          for: period, policies: judge.taken.digest,
          file: clerk.file(folder: keeper.folder, expecting: digest), request: request,
          by: actor.person, at: judge.now
        ) { clerk.freezing(of: $0, export: $1) }
      } catch is NothingToExport {
        throw ServiceError.invalid([
          InputMistake("period", "No session of the period goes out: there is nothing to export.")
        ])
      } catch is ExportChanged {
        throw ServiceError.invalid([
          InputMistake(
            "digest",
            """
            Sessions, records or policies have changed since the preview was shown: the file would be \
            another one. Nothing was exported. Look at the preview again.
            """)
        ])
      }
    }
  }

  /// All exports, the newest first.
  package func exports(for actor: Actor) async throws -> [ExportRecord] {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    return try await store.exports()
  }

  /// An export with the rows of its file.
  package func export(_ id: Int, for actor: Actor) async throws -> ExportDetails {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    guard let record = try await store.export(id) else { throw ServiceError.notFound }
    let rows = try await store.rows(ofExport: id)
    var totals: [String] = []
    if let file = record.file, let kept = try await store.exportFormat(file.format) {
      totals = ExportFormat.totalNames(inText: kept.text)
    }
    let person = record.person == nil ? nil : try await store.person(record.person ?? "")?.name
    return ExportDetails(record: record, rows: rows, totals: totals, person: person)
  }

  // MARK: - Beneath

  /// The format of a name, or the first one.
  private func format(_ name: String?, _ judge: SessionJudge) throws -> ExportFormat {
    let formats = judge.taken.exports
    guard let format = name == nil ? formats.first : formats.first(where: { $0.id == name }) else {
      throw ServiceError.invalid([
        InputMistake(
          "format",
          formats.isEmpty
            ? "The policies have no export format: there is no file in their folder 'exports'."
            : "There is no export format of that name. There are: \(formats.map(\.id).joined(separator: ", "))."
        )
      ])
    }
    return format
  }

  private func period(
    _ question: PayrollQuestion, _ judge: SessionJudge
  ) throws -> ClosedRange<CivilDate> {
    let period = question.period ?? judge.usualPeriod
    guard period.lowerBound.days(until: period.upperBound) < Self.longestPeriod else {
      throw ServiceError.invalid([
        InputMistake("through", "A period is at most \(Self.longestPeriod) days long.")
      ])
    }
    return period
  }

  private static func blockers(
    of leftOut: [PayrollPreview.LeftOut], _ format: ExportFormat, _ policies: PolicySet
  ) -> [PayrollPreview.Blocker] {
    let titles = Dictionary(policies.rules.map { ($0.id, $0.title) }) { first, _ in first }
    let nothing = ExportTotals(format).all
    var blockers: [String: PayrollPreview.Blocker] = [:]
    var tutors: [String: Set<String>] = [:]
    for session in leftOut {
      for rule in session.rules {
        var blocker =
          blockers[rule]
          ?? PayrollPreview.Blocker(
            id: rule, title: titles[rule] ?? rule, sums: nothing, sumsAlone: nothing)
        if let worth = session.worth {
          blocker.sums.add(worth)
          if session.rules.count == 1 { blocker.sumsAlone.add(worth) }
        }
        tutors[rule, default: []].insert(session.tutor)
        blocker.tutors = tutors[rule]?.count ?? 0
        blockers[rule] = blocker
      }
    }
    return blockers.values.sorted {
      ($1.alone, $1.minutes, $0.id) < ($0.alone, $0.minutes, $1.id)
    }
  }
}

/// An export with the rows of its file.
package struct ExportDetails: Sendable {
  /// What is kept of the export.
  package let record: ExportRecord
  /// The rows with the ids and versions of their sessions, in the order of the file.
  package let rows: [(session: String, version: Int, row: ExportedRow)]
  /// What the totals are taken by.
  package let totals: [String]
  /// The name of who made it.
  package let person: String?

  /// The file, byte for byte as it was made; nil for an export without one.
  package var file: String? {
    record.file.map { ExportRecord.File.text(header: $0.header, rows: rows.lazy.map(\.row.text)) }
  }

  /// What the file is called.
  package var fileName: String { "\(record.file?.name ?? "export")-\(record.id).csv" }

  /// The minutes by each value of one of the things that totals are taken by.
  package func minutes(by index: Int) -> [(value: String, minutes: Int, rows: Int)] {
    var sums: [String: (minutes: Int, rows: Int)] = [:]
    for (_, _, row) in rows where row.totals.indices.contains(index) {
      sums[row.totals[index], default: (0, 0)].minutes += row.minutes
      sums[row.totals[index], default: (0, 0)].rows += 1
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value.minutes, $0.value.rows) }
  }
}

extension SessionJudge {
  /// The month that is about to be paid: the one that a week ago was in, until today at most.
  var usualPeriod: ClosedRange<CivilDate> {
    let day = today.adding(days: -7) ?? today
    let first = CivilDate(year: day.year, month: day.month, day: 1) ?? day
    let last = first.adding(months: 1)?.adding(days: -1) ?? today
    return first...max(first, min(last, today))
  }
}

extension CivilDate {
  /// The Monday of its week.
  fileprivate var monday: CivilDate { adding(days: -Int64((dayOfWeek + 6) % 7)) ?? self }
}

extension [SessionSummary] {
  /// The sessions with a deadline first, the nearest one at the front; the others as they stand.
  fileprivate func sortedByDeadline() -> [SessionSummary] {
    enumerated().sorted { left, right in
      switch (left.element.deadline?.day, right.element.deadline?.day) {
      case (let first?, let second?) where first != second: first < second
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}

#endif
