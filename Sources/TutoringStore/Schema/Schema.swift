#if Store
import GRDB

/// The tables of a district, as a list of changes that only grows.
///
/// A migration that was ever released is never edited: a new one says what is different. They are plain
/// SQL, so that no change of Swift types can change what an old one did.
enum Schema {
  /// One step of the schema.
  struct Migration: Sendable {
    /// The name that the database remembers it by.
    let name: String
    /// What it does.
    let sql: String
  }

  /// All migrations, the oldest first.
  static let migrations = [district, exports, schoolFacts]

  /// What brings a database to the newest schema.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    return migrator
  }
}
#endif
