#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import TutoringSessions
import TutoringStore

/// Decides which sessions go out with an export, and what is kept of each.
///
/// The policies alone decide: a session goes out where the decision that the format names passes.
struct PayrollClerk: Sendable {
  let judge: SessionJudge
  let format: ExportFormat
  private let maker: RowMaker
  /// What decides without telling how every rule came out, and reads what passes; each learns its plans once.
  private let deciders = Pool<ReadingDecider>()

  init(_ format: ExportFormat, _ judge: SessionJudge) {
    self.format = format
    self.judge = judge
    maker = RowMaker(format, policies: judge.policies)
  }

  /// What becomes of a session.
  enum Outcome: Sendable {
    /// It goes out with rows, of which there are none where it is corrected by hand.
    case goesOut(rows: [ExportRow])
    /// It does not go out.
    case leftOut(LeftOut)
  }

  /// A session that does not go out, as far as it is worked out for many at once.
  struct LeftOut: Sendable {
    /// The rules that stand in the way; each once.
    var rules: [String] = []
    /// Whether one of them can't be told for lack of a fact.
    var isUndetermined = false
    /// Whether nothing else is in the way than the lack of a fact.
    var isOnlyUndetermined = false
    /// Why the session could not be decided or written at all.
    var failure: String?
    /// What it would count; nil where it could not be decided.
    var worth: RowMaker.Worth?
  }

  /// What becomes of a session in the export of a number.
  func outcome(of candidate: ExportCandidate, export: Int) -> Outcome {
    do throws(SessionJudge.Unreadable) {
      let decided = try decided(candidate, export)
      guard decided.verdict.passes || candidate.earlier != nil else {
        let document = try judge.document(of: candidate.session, in: candidate.surroundings)
        return .leftOut(leftOut(decided.verdict, document))
      }
      switch decided.rows {
      case .success(let rows): return .goesOut(rows: rows)
      case .failure(let problem): return .leftOut(LeftOut(failure: problem.sentence))
      }
    } catch {
      return .leftOut(LeftOut(failure: SessionJudge.sentence(for: error)))
    }
  }

  /// What is kept of a session; nil where it does not go out.
  ///
  /// `export` is the number of the export that it goes out with.
  func freezing(of candidate: ExportCandidate, export: Int) -> Freezing? {
    guard let decided = try? decided(candidate, export),
      decided.verdict.passes || candidate.earlier != nil,
      case .success(let rows) = decided.rows
    else { return nil }
    return Freezing(
      today: judge.today, document: decided.document,
      explanation: FrozenVerdict.text(of: decided.verdict), rows: rows.map(ExportedRow.init))
  }

  /// A session that was decided.
  private struct Decided {
    /// Its document as JSON.
    let document: String
    /// What the decision that the format names says of it.
    let verdict: Verdict
    /// Its rows, or why it has none; those of a session that does not go out are of no use.
    let rows: Result<[ExportRow], Unwritable>
  }

  /// Decides a session, and writes its rows in the export of a number.
  private func decided(
    _ candidate: ExportCandidate, _ export: Int
  ) throws(SessionJudge.Unreadable) -> Decided {
    let text = SessionDocument(of: candidate.session, in: candidate.surroundings)
      .utf8(declaredBy: judge.schema)
    let document = String(decoding: text, as: UTF8.self)
    let occasion = RowMaker.Occasion(
      batch: export, version: candidate.session.version + 1, entry: .first)
    let (policies, today, decision) = (judge.policies, judge.today, format.decision)
    let found = deciders.use(
      orMake: { ReadingDecider(policies, today, decision, maker.reader(today: today)) }
    ) { decider in
      let bytes = text + Array(repeating: 0, count: PaddedBytes.padding)
      var found: (Verdict, Result<[ExportRow], Unwritable>)?
      decider.decide(
        bytes, count: bytes.count - PaddedBytes.padding, given: { _ in maker.given(occasion) }
      ) { decided, reader in
        let hasFirstRows = decided.passes && candidate.earlier == nil
        found = (decided.verdict, hasFirstRows ? firstRows(by: reader) : .success([]))
      }
      return found
    }
    // What the decider can't read is read once more, to say what is wrong with it.
    guard let (verdict, firstRows) = found, candidate.earlier == nil else {
      let facts = try judge.document(of: candidate.session, in: candidate.surroundings)
      let verdict = found?.0 ?? policies.decide(facts, today: today, decisions: [decision])
      return Decided(
        document: document, verdict: verdict,
        rows: rows(of: candidate, facts, isPaid: verdict.passes, occasion))
    }
    return Decided(document: document, verdict: verdict, rows: firstRows)
  }

  /// How the file is written.
  func file(folder: String, expecting digest: String?) -> ExportFile {
    ExportFile(
      format: format.digest, name: format.id, file: format.source.name,
      text: String(decoding: format.source.bytes, as: UTF8.self), header: format.header,
      program: Self.program, folder: folder, expectedDigest: digest)
  }

  /// The program that decides, with the time zone data that it puts instants on days by.
  static var program: String {
    let commit = ProgramVersion.commit.map { " (\($0))" } ?? ""
    return "\(ProgramVersion.number)\(commit), time zone data \(ProgramVersion.timeZoneData)"
  }

  // MARK: - Rows

  private func firstRows(
    by reader: borrowing SubjectReader
  ) -> Result<[ExportRow], Unwritable> {
    do throws(Unwritable) { return .success(try maker.rows(by: reader)) } catch {
      return .failure(error)
    }
  }

  /// The rows of a session by the general evaluator.
  private func rows(
    of candidate: ExportCandidate, _ document: FactDocument, isPaid: Bool,
    _ occasion: RowMaker.Occasion
  ) -> Result<[ExportRow], Unwritable> {
    do throws(Unwritable) {
      guard let earlier = candidate.earlier else {
        return .success(
          isPaid ? try maker.rows(of: document, today: judge.today, occasion) : [])
      }
      return .success(
        try correction(
          of: candidate.session, document, isPaid: isPaid, earlier, occasion.batch))
    } catch {
      return .failure(error)
    }
  }

  /// The rows that correct what went out: what was paid is taken back, and what is to be paid is paid anew.
  private func correction(
    of session: SessionRecord, _ document: FactDocument, isPaid: Bool,
    _ earlier: ExportCandidate.Earlier, _ export: Int
  ) throws(Unwritable) -> [ExportRow] {
    guard let frozen = earlier.frozen else {
      throw Unwritable(
        sentence: "It went out before without its facts being kept. Correct it by hand.")
    }
    guard format.corrections == .rows else { return [] }
    let reason = earlier.reasons.joined(separator: "; ")
    var rows: [ExportRow] = []
    if earlier.rows.contains(where: { $0.entry != ExportEntry.reversal.rawValue }) {
      var mistakes: [Diagnostic] = []
      let before = FactDocument.read(
        json: Source(name: session.id, text: frozen.document),
        schema: judge.policies.vocabulary.schema, into: &mistakes)
      guard let before else {
        throw Unwritable(
          sentence: """
            The policies can no longer read what went out before. Correct it by hand.
            """)
      }
      rows += try maker.rows(
        of: before, today: frozen.today,
        .init(batch: export, version: session.version, entry: .reversal, reason: reason))
    }
    if isPaid {
      rows += try maker.rows(
        of: document, today: judge.today,
        .init(batch: export, version: session.version, entry: .replacement, reason: reason))
    }
    return rows
  }

  private func leftOut(_ verdict: Verdict, _ document: FactDocument) -> LeftOut {
    var seen: Set<String> = []
    let rules = (verdict.violated + verdict.undetermined).map(\.rule)
      .filter { seen.insert($0).inserted }
    return LeftOut(
      rules: rules, isUndetermined: !verdict.undetermined.isEmpty,
      isOnlyUndetermined: verdict.violated.isEmpty, failure: nil,
      worth: maker.worth(of: document, today: judge.today))
  }
}

extension ExportedRow {
  init(_ row: ExportRow) {
    self.init(
      entry: row.entry.rawValue, subject: row.subject, line: row.line, minutes: row.minutes,
      totals: row.totals, text: row.text)
  }
}
#endif
