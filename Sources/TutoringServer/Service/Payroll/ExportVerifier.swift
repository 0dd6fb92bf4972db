#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
package import TutoringStore

/// Decides what an export has frozen once more, by the policies that decided it, and compares.
///
/// It needs the records alone: the policies and the format are kept with them.
package struct ExportVerifier: Sendable {
  /// What did not come out the same.
  package struct Difference: Hashable, Sendable {
    /// The session; nil for the export as a whole.
    package let session: String?
    /// What is different, in a sentence.
    package let sentence: String
  }

  /// What came of looking.
  package struct Report: Sendable {
    /// The export.
    package let record: ExportRecord
    /// How many sessions were decided once more.
    package var sessions = 0
    /// How many rows were written once more.
    package var rows = 0
    /// What did not come out the same.
    package var differences: [Difference] = []
  }

  private let store: TutoringStore
  private let record: ExportRecord
  private let policies: PolicySet
  private let format: ExportFormat?

  /// Verifies an export; nil where there is none of that number.
  package static func report(on id: Int, in store: TutoringStore) async throws -> Report? {
    guard let record = try await store.export(id) else { return nil }
    var report = Report(record: record)
    func stop(_ sentence: String) -> Report {
      Report(record: record, differences: [Difference(session: nil, sentence: sentence)])
    }
    guard let policies = try await policies(of: record, store) else {
      return stop("The policies that decided are not kept, or can't be read by this program.")
    }
    guard policies.digest == record.policies else {
      return stop("The policies that are kept are not those that decided: their digest differs.")
    }
    var format: ExportFormat?
    if let file = record.file {
      format = try await Self.format(file.format, policies, store)
      guard let format, format.digest == file.format else {
        return stop("The format is not kept, can't be read, or is not the one that was used.")
      }
      if format.header != file.header {
        report.differences.append(
          Difference(session: nil, sentence: "The first row of the file comes out differently."))
      }
    }
    let verifier = ExportVerifier(
      store: store, record: record, policies: policies, format: format)
    try await verifier.verify(&report)
    return report
  }

  /// A frozen decision of an export, explained once more, and whether the verdict comes out as it was frozen;
  /// nil where its policies can't be read any more.
  static func explanation(
    of decision: FrozenDecision, in record: ExportRecord, _ store: TutoringStore
  ) async throws -> (explanation: Explanation, isSame: Bool)? {
    guard let policies = try await policies(of: record, store) else { return nil }
    var decisions = policies.defaultDecisions
    if let file = record.file {
      guard let format = try await format(file.format, policies, store) else { return nil }
      decisions = [format.decision]
    }
    guard let document = decision.document(readBy: policies) else { return nil }
    let verdict = policies.decide(document, today: decision.today, decisions: decisions)
    let explanation = policies.explain(
      document, today: decision.today, decisions: decisions, for: .privileged)
    return (explanation, FrozenVerdict.text(of: verdict) == decision.explanation)
  }

  /// The policies that decided an export, as they are kept.
  private static func policies(
    of record: ExportRecord, _ store: TutoringStore
  ) async throws -> PolicySet? {
    let versions = try await store.policyVersions()
    guard let version = versions.first(where: { $0.digest == record.policies }) else { return nil }
    let folder = record.file?.folder ?? "policies"
    let sources = version.files.sorted { $0.key < $1.key }.map {
      Source(name: (folder.hasSuffix("/") ? folder : folder + "/") + $0.key, text: $0.value)
    }
    return PolicySet.load(sources).policies
  }

  /// A format, as it is kept.
  private static func format(
    _ digest: String, _ policies: PolicySet, _ store: TutoringStore
  ) async throws -> ExportFormat? {
    guard let kept = try await store.exportFormat(digest) else { return nil }
    var mistakes: [Diagnostic] = []
    return ExportFormat.load(
      [Source(name: kept.file, text: kept.text)], policies: policies, into: &mistakes
    ).first
  }

  private func verify(_ report: inout Report) async throws {
    let frozen = try await store.frozenDecisions(ofExport: record.id)
    let kept = try await store.rows(ofExport: record.id)
    let rows = Dictionary(grouping: kept, by: \.session)
    for (session, decision) in frozen {
      report.sessions += 1
      let own = rows[session, default: []].map(\.row)
      report.rows += own.count
      report.differences += try await differences(session, decision, own).map {
        Difference(session: session, sentence: $0)
      }
    }
    guard let file = record.file else { return }
    let digest = ExportRecord.File.digest(header: file.header, rows: kept.lazy.map(\.row.text))
    if digest != file.digest {
      report.differences.append(
        Difference(session: nil, sentence: "The rows that are kept are not those of the file."))
    }
  }

  /// What comes out differently for one session.
  private func differences(
    _ session: String, _ decision: FrozenDecision, _ rows: [ExportedRow]
  ) async throws -> [String] {
    guard let document = decision.document(readBy: policies) else {
      return ["Its facts can't be read by the policies that decided it."]
    }
    var differences: [String] = []
    let decisions = format.map { [$0.decision] } ?? policies.defaultDecisions
    let verdict = policies.decide(document, today: decision.today, decisions: decisions)
    if FrozenVerdict.text(of: verdict) != decision.explanation {
      differences.append("Its verdict comes out differently.")
    }
    guard let format else { return differences }
    let maker = RowMaker(format, policies: policies)
    let goesOut = rows.contains { $0.entry != ExportEntry.reversal.rawValue }
    // A session without any row was corrected by hand.
    if goesOut != verdict.passes, !rows.isEmpty || format.corrections == .rows {
      differences.append(
        "It \(goesOut ? "has rows and would have none" : "has none and would have rows").")
    }
    let corrections = try await corrections(of: session, until: decision.version)
    var remade: [ExportedRow] = []
    for entry in ExportEntry.allCases {
      let own = rows.filter { $0.entry == entry.rawValue }
      guard !own.isEmpty else { continue }
      let source = entry == .reversal ? corrections.earlier : decision
      guard let source, let document = source.document(readBy: policies) else {
        differences.append("What its rows take back is not kept.")
        continue
      }
      do throws(Unwritable) {
        remade += try maker.rows(
          of: document, today: source.today,
          .init(
            batch: record.id, version: decision.version, entry: entry,
            reason: entry == .first ? "" : corrections.reason)
        ).map(ExportedRow.init)
      } catch {
        differences.append(error.sentence)
      }
    }
    if Set(remade) != Set(rows) { differences.append("Its rows come out differently.") }
    return differences
  }

  /// What went out before a version of a session, and why it was corrected since.
  private func corrections(
    of session: String, until version: Int
  ) async throws -> (earlier: FrozenDecision?, reason: String) {
    let earlier = try await store.frozenDecisions(of: session).last { $0.version < version }
    let reasons = try await store.corrections(of: session)
      .filter { $0.version > earlier?.version ?? 0 && $0.version <= version }.map(\.reason)
    return (earlier, reasons.joined(separator: "; "))
  }
}

extension FrozenDecision {
  /// The facts that were decided, as some policies read them; nil where they can't.
  fileprivate func document(readBy policies: PolicySet) -> FactDocument? {
    var mistakes: [Diagnostic] = []
    return FactDocument.read(
      json: Source(name: "frozen", text: document), schema: policies.vocabulary.schema,
      into: &mistakes)?.withoutPlaces()
  }
}
#endif
