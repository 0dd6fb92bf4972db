#if Store
extension Schema {
  /// The files of exports: by which format each was written, and its rows, each kept as the file has it.
  static let exports = Migration(
    name: "2 exports",
    sql: """
      CREATE TABLE export_formats (
        digest TEXT NOT NULL PRIMARY KEY CHECK (digest <> ''),
        name TEXT NOT NULL,
        file TEXT NOT NULL,
        text TEXT NOT NULL,
        first_seen TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE export_files (
        export INTEGER NOT NULL PRIMARY KEY REFERENCES exports (id),
        format TEXT NOT NULL REFERENCES export_formats (digest),
        header TEXT NOT NULL,
        digest TEXT NOT NULL,
        program TEXT NOT NULL,
        folder TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER export_files_are_not_changed BEFORE UPDATE ON export_files
        BEGIN SELECT RAISE(ABORT, 'an exported file is never changed'); END;
      CREATE TRIGGER export_files_are_not_deleted BEFORE DELETE ON export_files
        BEGIN SELECT RAISE(ABORT, 'an exported file is never deleted'); END;

      CREATE TABLE export_rows (
        export INTEGER NOT NULL REFERENCES exports (id),
        position INTEGER NOT NULL,
        session INTEGER NOT NULL REFERENCES sessions (number),
        version INTEGER NOT NULL CHECK (version > 0),
        entry TEXT NOT NULL,
        subject TEXT NOT NULL,
        line TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        totals TEXT NOT NULL CHECK (json_type(totals) = 'array'),
        text TEXT NOT NULL,
        PRIMARY KEY (export, position)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX export_rows_go_out_once
        ON export_rows (session, version, entry, subject, line);
      CREATE TRIGGER export_rows_are_not_changed BEFORE UPDATE ON export_rows
        BEGIN SELECT RAISE(ABORT, 'an exported row is never changed'); END;
      CREATE TRIGGER export_rows_are_not_deleted BEFORE DELETE ON export_rows
        BEGIN SELECT RAISE(ABORT, 'an exported row is never deleted'); END;
      """)
}
#endif
