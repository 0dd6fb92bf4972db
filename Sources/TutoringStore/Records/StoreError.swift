#if Store
import GRDB
package import TutoringSessions

/// Why something can't be kept or read, in words that people can act on.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder or its file can't be used, such as for lack of permission.
  case unusable(path: String, reason: String)
  /// The disk is full; nothing of the change was kept.
  case full
  /// Another program keeps the database busy.
  case busy
  /// A newer version of the program made the database.
  case newer
  /// The file is damaged, or was not written by this program.
  case damaged(String)
  /// Something refers to a record that is not there, or breaks another constraint of the tables.
  case constraint(String)
  /// There is no such record.
  case missing(kind: SubjectKind, id: String)
  /// A text has a NUL character, which would cut it off.
  case nulCharacter
  /// A request id was used before, for something else or by somebody else.
  case requestReused
  /// Anything else that SQLite reports.
  case other(String)

  package var description: String {
    switch self {
    case .unusable(let path, let reason): "the folder '\(path)' can't be used: \(reason)"
    case .full: "the disk is full; nothing was changed"
    case .busy: "another program is using the database; try again"
    case .newer: "the database was made by a newer version of this program"
    case .damaged(let what): "the database is damaged: \(what)"
    case .constraint(let what): "this can't be kept: \(what)"
    case .missing(let kind, let id): "there is no \(kind.words) '\(id)'"
    case .nulCharacter: "a text has a character that can't be kept (NUL)"
    case .requestReused: "the form was sent before with something else in it; open it again"
    case .other(let what): "the database refuses: \(what)"
    }
  }

  /// What an error of SQLite means for people.
  init(_ error: DatabaseError) {
    let message = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_FULL: self = .full
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_CONSTRAINT: self = .constraint(Self.words(for: error, message))
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_MISMATCH: self = .damaged(message)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR:
      self = .unusable(path: "", reason: message)
    default: self = .other(message)
    }
  }

  private static func words(for error: DatabaseError, _ message: String) -> String {
    // SQLite says "UNIQUE constraint failed: people.login", and the like.
    let column = message.split(separator: ".").last.map { String($0) } ?? message
    return switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_FOREIGNKEY: "it refers to a record that is not there"
    case .SQLITE_CONSTRAINT_UNIQUE: "there is another one with the same \(column)"
    case .SQLITE_CONSTRAINT_NOTNULL: "\(column) is missing"
    default: message
    }
  }
}

/// A change that was made for an older version of a session than the one that is kept.
package struct StaleChange: Error, Hashable, Sendable {
  /// The session as it is.
  package let current: SessionRecord

  /// A change that came too late for this session.
  package init(current: SessionRecord) { self.current = current }
}

/// A change that was made for an older revision of a record than the one that is kept.
package struct StaleRecord: Error, Hashable, Sendable {
  /// What kind of record it is.
  package let kind: SubjectKind
  /// Its id.
  package let id: String
  /// The revision that is kept.
  package let current: Int

  /// A change that came too late for this record.
  package init(kind: SubjectKind, id: String, current: Int) {
    self.kind = kind
    self.id = id
    self.current = current
  }
}
#endif
