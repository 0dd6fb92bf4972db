#if Store
package import CEL
package import TutoringSessions

/// What an export keeps of a session for good: what was decided, on which facts, by which policies, and why.
package struct FrozenDecision: Hashable, Sendable {
  /// The session's version that was exported.
  package let version: Int
  /// The digest of the policies that decided.
  package let policies: String
  /// The day decided for.
  package let today: CivilDate
  /// The session document, as JSON.
  package let document: String
  /// The verdict and its explanation, as JSON.
  package let explanation: String
  /// The export that it went out with.
  package let export: Int?
}

/// What whoever decides an export wants to be kept of a session.
package struct Freezing: Hashable, Sendable {
  /// The day decided for.
  package let today: CivilDate
  /// The session document, as JSON.
  package let document: String
  /// The verdict and its explanation, as JSON.
  package let explanation: String
  /// The rows that go out for it.
  package let rows: [ExportedRow]

  /// A document with its explanation, both as JSON objects, decided for a day, with its rows.
  package init(
    today: CivilDate, document: String, explanation: String, rows: [ExportedRow] = []
  ) {
    self.today = today
    self.document = document
    self.explanation = explanation
    self.rows = rows
  }
}

/// A row of an export's file.
package struct ExportedRow: Hashable, Sendable {
  /// What the row is, such as the first one for its subject.
  package let entry: String
  /// Where its subject stands in the session's document; empty for the session itself.
  package let subject: String
  /// Which of its subject's rows it is.
  package let line: String
  /// The minutes that it counts; negative where it takes others back.
  package let minutes: Int
  /// What the totals are taken by.
  package let totals: [String]
  /// The row as the file has it, without the line's end.
  package let text: String

  /// A row.
  package init(
    entry: String, subject: String, line: String, minutes: Int, totals: [String], text: String
  ) {
    self.entry = entry
    self.subject = subject
    self.line = line
    self.minutes = minutes
    self.totals = totals
    self.text = text
  }
}

/// How an export's file was written.
package struct ExportFile: Hashable, Sendable {
  /// What tells the format from others: the digest of its text.
  package let format: String
  /// The name of the format.
  package let name: String
  /// The name of the format's file.
  package let file: String
  /// The text of the format's file.
  package let text: String
  /// The first row, without the line's end.
  package let header: String
  /// The program that wrote it, with what else its outcome depends on.
  package let program: String
  /// The folder that the policies were read from, which explanations name their places by.
  package let folder: String
  /// What the file must turn out to be, by its digest, where somebody has seen it before; nil for whatever it is.
  package var expectedDigest: String?

  /// A file of a format.
  package init(
    format: String, name: String, file: String, text: String, header: String, program: String,
    folder: String, expectedDigest: String? = nil
  ) {
    self.format = format
    self.name = name
    self.file = file
    self.text = text
    self.header = header
    self.program = program
    self.folder = folder
    self.expectedDigest = expectedDigest
  }
}

/// The export is no longer what somebody saw before: nothing was exported.
package struct ExportChanged: Error, Hashable, Sendable {
  package init() {}
}

/// No session goes out: nothing was exported.
package struct NothingToExport: Error, Hashable, Sendable {
  package init() {}
}

/// Sessions that were exported together.
package struct ExportRecord: Hashable, Sendable, Identifiable {
  /// The file, as it was written.
  package struct File: Hashable, Sendable {
    /// The name of the format.
    package let name: String
    /// The digest of the format's text.
    package let format: String
    /// The first row.
    package let header: String
    /// The SHA-256 of the file.
    package let digest: String
    /// The program that wrote it.
    package let program: String
    /// The folder that the policies were read from.
    package let folder: String
    /// How many rows it has.
    package let rows: Int
    /// The minutes that its rows count.
    package let minutes: Int
  }

  /// Counts the exports, from 1 on.
  package let id: Int
  /// When it was made.
  package let at: OffsetDateTime
  /// The id of the person who made it.
  package let person: String?
  /// The first day of the period.
  package let from: CivilDate
  /// The last day of the period.
  package let through: CivilDate
  /// The digest of the policies that decided.
  package let policies: String
  /// How many sessions went out with it.
  package let sessions: Int
  /// Its file; nil for one that was made without.
  package let file: File?
}

/// A change to a session that had been exported.
package struct CorrectionRecord: Hashable, Sendable {
  /// The session's version that it made.
  package let version: Int
  /// The version that was exported before.
  package let corrects: Int
  /// Why it was made.
  package let reason: String
  /// The event that tells what it changed.
  package let event: Int64
}

/// The sessions that may be exported for a period, as of one moment.
package struct ExportCandidates: Sendable {
  /// The sessions, in the order of their numbers.
  package let sessions: [ExportCandidate]
  /// The number that the next export gets.
  package let export: Int
  /// The last event of the log: as long as it is the last, no record has changed since.
  let lastEvent: Int64
}

/// What is to be kept of the sessions of an export, as it was decided before the export's transaction.
package struct PreparedExport: Sendable {
  let candidates: ExportCandidates
  let freezings: [Freezing?]

  /// What is to be kept of each of the candidates, in their order; nil for those that are left out.
  package init(_ candidates: ExportCandidates, _ freezings: [Freezing?]) {
    self.candidates = candidates
    self.freezings = freezings
  }
}

/// A session that may be exported, with what decides that.
package struct ExportCandidate: Sendable {
  /// The number of the session's row.
  let number: Int
  /// The session as it is kept.
  package let session: SessionRecord
  /// The records that the session refers to, read in the same transaction.
  package let surroundings: Surroundings
  /// What was frozen of it before, and why it was changed since; nil for one that never went out.
  package let earlier: Earlier?

  /// What went out before.
  package struct Earlier: Hashable, Sendable {
    /// What was frozen last; nil where it went out without being frozen.
    package let frozen: FrozenDecision?
    /// The rows that went out with that.
    package let rows: [ExportedRow]
    /// Why it was changed since, in the order of the changes.
    package let reasons: [String]
  }
}
#endif
