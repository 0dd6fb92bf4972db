#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import TutoringSessions
import TutoringStore

/// Decides which sessions count for a report, and what.
struct ReportClerk: Sendable {
  private let judge: SessionJudge
  private let format: ReportFormat
  private let maker: ReportMaker
  private let texts: SessionTexts
  /// What decides the lines of a text, and reads those that pass; each learns its plans once.
  private let deciders = Pool<ReadingDecider>()

  /// What becomes of a session.
  enum Outcome: Sendable {
    case counts([ReportEntry])
    case refused([String])
    case undetermined([String])
    case unreadable(String)
  }

  /// A clerk for sessions that refer to what the texts know.
  init(_ format: ReportFormat, _ judge: SessionJudge, _ texts: SessionTexts) {
    self.format = format
    self.judge = judge
    self.texts = texts
    maker = ReportMaker(format, policies: judge.policies)
  }

  /// What the sessions of a period add up to, of those whose rows have some numbers.
  func tally(
    of numbers: ClosedRange<Int>, in days: ClosedRange<CivilDate>, _ store: TutoringStore
  ) async throws -> ReportTally {
    let lines = try await store.sessionLines(numbers, in: days, by: texts)
    var outcomes: [Outcome?] = Array(repeating: nil, count: lines.ids.count)
    for (position, outcome) in zip(lines.lines, self.outcomes(of: lines)) {
      outcomes[position] = outcome
    }
    // What can't be read from its text alone is read as any other session.
    let others = lines.ids.indices.filter { outcomes[$0] == nil }
    if !others.isEmpty {
      let (sessions, surroundings) = try await store.sessionsWithSurroundings(
        ids: others.map { lines.ids[$0] })
      let found = Dictionary(
        sessions.map { ($0.id, outcome(of: $0, in: surroundings)) }
      ) { first, _ in first }
      for position in others { outcomes[position] = found[lines.ids[position]] }
    }
    var tally = ReportTally(format, judge.policies)
    for (session, outcome) in zip(lines.ids, outcomes) {
      if let outcome { tally.add(outcome, of: session) }
    }
    return tally
  }

  /// What becomes of each session that has a line; nil where the line can't be read.
  private func outcomes(of lines: SessionLines) -> [Outcome?] {
    let (policies, today, decision) = (judge.policies, judge.today, format.decision)
    return deciders.use(
      orMake: { ReadingDecider(policies, today, decision, maker.reader(today: today)) }
    ) { decider in
      var outcomes: [Outcome?] = Array(repeating: nil, count: lines.lines.count)
      let count = lines.text.count - PaddedBytes.padding
      decider.decide(lines.text, count: count, given: maker.given) { decided, reader in
        outcomes[decided.lineNumber] =
          decided.passes ? entries(by: reader) : Self.refusal(by: decided.verdict)
      }
      return outcomes
    }
  }

  private func entries(by reader: borrowing SubjectReader) -> Outcome {
    do throws(Unwritable) {
      return .counts(try maker.entries(by: reader))
    } catch {
      return .unreadable(error.sentence)
    }
  }

  private func entries(of document: FactDocument) -> Outcome {
    do throws(Unwritable) {
      return .counts(try maker.entries(of: document, today: judge.today))
    } catch {
      return .unreadable(error.sentence)
    }
  }

  private func outcome(of session: SessionRecord, in surroundings: Surroundings) -> Outcome {
    let document: FactDocument
    do throws(SessionJudge.Unreadable) {
      document = try judge.document(of: session, in: surroundings)
    } catch {
      return .unreadable(SessionJudge.sentence(for: error))
    }
    let verdict = judge.policies.decide(
      document, today: judge.today, decisions: [format.decision])
    return verdict.passes ? entries(of: document) : Self.refusal(by: verdict)
  }

  private static func refusal(by verdict: Verdict) -> Outcome {
    var seen: Set<String> = []
    // With a rule that is violated it is told that it does not count, whatever else is not known.
    guard verdict.violated.isEmpty else {
      return .refused(verdict.violated.map(\.rule).filter { seen.insert($0).inserted })
    }
    return .undetermined(verdict.undetermined.map(\.rule).filter { seen.insert($0).inserted })
  }
}

extension SessionJudge {
  /// What session documents may hold.
  var schema: FactSchema { policies.vocabulary.schema }
}
#endif
