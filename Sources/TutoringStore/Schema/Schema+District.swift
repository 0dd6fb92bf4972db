#if Store
extension Schema {
  /// The first schema: people, students, sessions, the log, and what is kept of policies and exports.
  ///
  /// What no policy could ever change stands here as a constraint; no rule of a handbook does. Times are kept
  /// as they were written, with their offset, and beside them as whole seconds since 1970 to be compared.
  /// Facts that have no column are JSON objects.
  static let district = Migration(
    name: "1 district",
    sql: """
      CREATE TABLE schools (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        name TEXT NOT NULL CHECK (trim(name) <> ''),
        revision INTEGER NOT NULL CHECK (revision > 0)
      ) STRICT;

      CREATE TABLE people (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        name TEXT NOT NULL CHECK (trim(name) <> ''),
        login TEXT UNIQUE COLLATE NOCASE CHECK (trim(login) <> ''),
        password TEXT,
        roles TEXT NOT NULL CHECK (json_type(roles) = 'array'),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        revision INTEGER NOT NULL CHECK (revision > 0)
      ) STRICT;

      CREATE TABLE approvals (
        person TEXT NOT NULL REFERENCES people (id),
        school TEXT NOT NULL REFERENCES schools (id),
        position INTEGER NOT NULL,
        PRIMARY KEY (person, school)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sign_ins (
        token_hash TEXT NOT NULL PRIMARY KEY CHECK (token_hash <> ''),
        person TEXT NOT NULL REFERENCES people (id),
        created_second INTEGER NOT NULL,
        expires_second INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX sign_ins_by_person ON sign_ins (person);

      CREATE TABLE students (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        first_name TEXT NOT NULL,
        last_name TEXT NOT NULL CHECK (trim(last_name) <> ''),
        school TEXT NOT NULL REFERENCES schools (id),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        homebound_teacher TEXT AS (facts ->> '$.homeboundTeacher'),
        revision INTEGER NOT NULL CHECK (revision > 0)
      ) STRICT;
      CREATE INDEX students_by_homebound_teacher ON students (homebound_teacher)
        WHERE homebound_teacher IS NOT NULL;

      CREATE TABLE name_words (
        word TEXT NOT NULL,
        student TEXT NOT NULL REFERENCES students (id) ON DELETE CASCADE,
        PRIMARY KEY (word, student)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX name_words_by_student ON name_words (student, word);

      CREATE TABLE student_groups (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        name TEXT NOT NULL CHECK (trim(name) <> ''),
        tutor TEXT REFERENCES people (id),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        revision INTEGER NOT NULL CHECK (revision > 0)
      ) STRICT;

      CREATE TABLE group_members (
        student_group TEXT NOT NULL REFERENCES student_groups (id),
        student TEXT NOT NULL REFERENCES students (id),
        position INTEGER NOT NULL,
        PRIMARY KEY (student_group, student)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX group_members_by_student ON group_members (student);

      CREATE TABLE work_orders (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        title TEXT CHECK (trim(title) <> ''),
        kind TEXT NOT NULL,
        activity TEXT NOT NULL,
        tutor TEXT REFERENCES people (id),
        valid_from TEXT,
        valid_until TEXT,
        fund TEXT,
        pay_code TEXT,
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        revision INTEGER NOT NULL CHECK (revision > 0),
        CHECK (valid_from <= valid_until)
      ) STRICT;
      CREATE INDEX work_orders_by_tutor ON work_orders (tutor);

      CREATE TABLE sessions (
        number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE CHECK (id <> ''),
        tutor TEXT NOT NULL REFERENCES people (id),
        date TEXT NOT NULL,
        school TEXT REFERENCES schools (id),
        description TEXT,
        student_group TEXT REFERENCES student_groups (id),
        start TEXT NOT NULL,
        start_second INTEGER NOT NULL,
        end TEXT,
        end_second INTEGER,
        work_order TEXT REFERENCES work_orders (id),
        assigned_on TEXT,
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        exports INTEGER NOT NULL CHECK (exports >= 0),
        is_deleted INTEGER NOT NULL CHECK (is_deleted IN (0, 1)),
        version INTEGER NOT NULL CHECK (version > 0),
        stage TEXT NOT NULL AS (
          CASE WHEN is_deleted THEN 'deleted' WHEN exports > 0 THEN 'exported'
            WHEN end IS NOT NULL THEN 'finished' ELSE 'active' END),
        CHECK ((end IS NULL) = (end_second IS NULL)),
        CHECK (start_second <= end_second),
        CHECK ((work_order IS NULL) = (assigned_on IS NULL))
      ) STRICT;
      CREATE INDEX sessions_newest ON sessions (start_second, number);
      CREATE INDEX sessions_by_tutor ON sessions (tutor, start_second, number);
      CREATE INDEX sessions_by_stage ON sessions (stage, start_second, number);
      CREATE INDEX sessions_by_date ON sessions (date);
      CREATE INDEX sessions_running ON sessions (tutor, start_second) WHERE end IS NULL AND is_deleted = 0;

      CREATE TABLE encounters (
        session INTEGER NOT NULL REFERENCES sessions (number),
        id INTEGER NOT NULL CHECK (id > 0),
        student TEXT NOT NULL REFERENCES students (id),
        arrived TEXT NOT NULL,
        arrived_second INTEGER NOT NULL,
        departed TEXT,
        departed_second INTEGER,
        is_removed INTEGER NOT NULL CHECK (is_removed IN (0, 1)),
        facts TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        PRIMARY KEY (session, id),
        CHECK ((departed IS NULL) = (departed_second IS NULL)),
        CHECK (arrived_second <= departed_second)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX encounters_by_student ON encounters (student, session);

      CREATE TABLE tags (
        session INTEGER NOT NULL REFERENCES sessions (number),
        value TEXT NOT NULL CHECK (trim(value) <> ''),
        position INTEGER NOT NULL,
        is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)),
        PRIMARY KEY (session, value)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX tags_by_value ON tags (value, is_own);

      CREATE TABLE events (
        sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        subject_kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        action TEXT NOT NULL,
        person TEXT,
        at TEXT NOT NULL,
        at_second INTEGER NOT NULL,
        request TEXT,
        version INTEGER NOT NULL,
        changes TEXT NOT NULL CHECK (json_type(changes) = 'array')
      ) STRICT;
      CREATE INDEX events_by_subject ON events (subject_kind, subject, sequence);
      CREATE INDEX events_by_person ON events (person, sequence);
      CREATE INDEX events_by_time ON events (at_second, sequence);
      CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
      CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only added'); END;

      CREATE TABLE requests (
        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
        subject_kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        actions TEXT NOT NULL,
        person TEXT,
        last_event INTEGER REFERENCES events (sequence),
        at_second INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX requests_by_time ON requests (at_second);

      CREATE TABLE imports (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        person TEXT,
        digest TEXT NOT NULL,
        summary TEXT NOT NULL CHECK (json_type(summary) = 'object')
      ) STRICT;

      CREATE TABLE policy_versions (
        digest TEXT NOT NULL PRIMARY KEY CHECK (digest <> ''),
        first_seen TEXT NOT NULL,
        person TEXT,
        files TEXT NOT NULL CHECK (json_type(files) = 'object')
      ) STRICT;

      CREATE TABLE exports (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        policies TEXT NOT NULL REFERENCES policy_versions (digest),
        summary TEXT NOT NULL CHECK (json_type(summary) = 'object'),
        CHECK (first_day <= last_day)
      ) STRICT;

      CREATE TABLE frozen_decisions (
        session INTEGER NOT NULL REFERENCES sessions (number),
        version INTEGER NOT NULL CHECK (version > 0),
        export INTEGER REFERENCES exports (id),
        policies TEXT NOT NULL REFERENCES policy_versions (digest),
        today TEXT NOT NULL,
        document TEXT NOT NULL CHECK (json_type(document) = 'object'),
        explanation TEXT NOT NULL CHECK (json_type(explanation) = 'object'),
        PRIMARY KEY (session, version)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX frozen_decisions_by_export ON frozen_decisions (export, session);
      CREATE TRIGGER frozen_decisions_are_not_changed BEFORE UPDATE ON frozen_decisions
        BEGIN SELECT RAISE(ABORT, 'a frozen decision is never changed'); END;
      CREATE TRIGGER frozen_decisions_are_not_deleted BEFORE DELETE ON frozen_decisions
        BEGIN SELECT RAISE(ABORT, 'a frozen decision is never deleted'); END;

      CREATE TABLE corrections (
        session INTEGER NOT NULL REFERENCES sessions (number),
        version INTEGER NOT NULL CHECK (version > 0),
        corrects INTEGER NOT NULL CHECK (corrects > 0),
        reason TEXT NOT NULL CHECK (trim(reason) <> ''),
        event INTEGER NOT NULL REFERENCES events (sequence),
        PRIMARY KEY (session, version),
        CHECK (corrects < version)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE verdicts (
        session INTEGER NOT NULL PRIMARY KEY REFERENCES sessions (number),
        version INTEGER NOT NULL,
        surroundings TEXT NOT NULL,
        policies TEXT NOT NULL,
        today TEXT NOT NULL,
        verdict TEXT NOT NULL
      ) STRICT;
      """)
}
#endif
