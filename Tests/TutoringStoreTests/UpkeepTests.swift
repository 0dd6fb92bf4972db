#if Store
import Foundation
import GRDB
import TestSupport
import Testing
import TutoringSessions
@testable import TutoringStore

@Suite struct UpkeepTests {
  @Test func `what was kept is there after closing and opening again`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    try district.store.close()
    let files = try FileManager.default.contentsOfDirectory(atPath: district.folder.path)
    let log = district.folder.path + "/district.sqlite-wal"
    let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
    #expect(files.contains("district.sqlite") && (size ?? 0) == 0)
    let again = try await TutoringStore.open(folder: district.folder.path)
    #expect(try await again.session(session.id) == session)
    #expect(try await again.check() == [])
  }

  @Test func `a request that is forgotten can be sent again, a younger one can't`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    for (request, time) in [("old", afternoon(0)), ("new", afternoon(2))] {
      let draft = SessionDraft(tutor: "T-1", date: SmallDistrict.day, start: time)
      _ = try await store.start(draft, request: request, by: "T-1", at: time)
    }
    try await store.forgetRequests(before: afternoon(1))
    let draft = SessionDraft(tutor: "T-1", date: SmallDistrict.day, start: afternoon(3))
    for (request, isRepeated) in [("old", false), ("new", true)] {
      let done = try await store.start(draft, request: request, by: "T-1", at: afternoon(3))
      #expect(done.isRepeated == isRepeated)
    }
  }

  @Test func `a copy is whole by itself, and is never written over another file`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let copy = try TemporaryFolder()
    let path = copy.path + "/district.sqlite"
    try await district.store.backup(to: path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: copy.path) == ["district.sqlite"])
    await #expect(throws: StoreError.unusable(path: path, reason: "it is there already")) {
      try await district.store.backup(to: path)
    }
    let opened = try await TutoringStore.open(folder: copy.path)
    #expect(try await opened.session(session.id) == session)
    #expect(try await opened.check() == [])
  }

  @Test func `the check finds what was changed behind the store's back`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    try await district.store.withoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA foreign_keys = OFF;
          UPDATE sessions SET description = 'other';
          UPDATE students SET first_name = 'Zoe' WHERE id = 'ST-1';
          UPDATE people SET facts = '{"a":1,"a":2}' WHERE id = 'T-2';
          DELETE FROM students WHERE id = 'ST-3';
          """)
    }
    let findings = try await district.store.check()
    #expect(findings.contains("session '\(session.id)' is not what its events made of it"))
    #expect(findings.contains("student 'ST-1' is not what its events made of it"))
    #expect(findings.contains { $0.hasPrefix("a person can't be read") })
    #expect(
      findings.contains("table 'group_members' refers to a record of 'students' that is not there"))
  }

  @Test func `a record that can't be read is an error, not a crash`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    try await district.store.withoutTransaction {
      try $0.execute(sql: "UPDATE sessions SET start = '2026-02-30T12:00:00Z'")
    }
    await #expect(throws: StoreError.damaged("column 'start' does not hold a time")) {
      try await district.store.session(session.id)
    }
    #expect(
      try await district.store.check() == [
        "session 'S-1' can't be read: the database is damaged: column 'start' does not hold a time"
      ])
  }

  @Test func `events and frozen decisions can't be changed`() async throws {
    let district = try await SmallDistrict()
    for sql in ["UPDATE events SET action = 'x'", "DELETE FROM events"] {
      await #expect(throws: StoreError.constraint("events are only added")) {
        try await district.store.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test func `times that can't be are refused by the tables, too`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    try await district.perform(
      .timeIn(student: "ST-1", at: afternoon(0, 5), facts: [:]), on: session)
    for sql in [
      "UPDATE encounters SET departed = arrived, departed_second = arrived_second - 1",
      "UPDATE encounters SET student = 'ST-99'", "UPDATE encounters SET session = 99",
      "UPDATE encounters SET departed = arrived", "UPDATE encounters SET facts = '[]'",
      "UPDATE sessions SET end = start, end_second = start_second - 1",
      "UPDATE sessions SET work_order = 'WO-1'", "UPDATE sessions SET tutor = NULL",
      "UPDATE sessions SET version = 'x'",
    ] {
      await #expect(throws: StoreError.self, "\(sql)") {
        try await district.store.write { try $0.execute(sql: sql) }
      }
    }
    #expect(try await district.store.check() == [])
  }

  @Test func `a folder that can't be used is said in words`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/file"
    try Data("x".utf8).write(to: URL(filePath: file))
    await #expect(throws: StoreError.self) { try await TutoringStore.open(folder: file) }
    // A file of another program is not taken for a database.
    try Data(String(repeating: "x", count: 8_000).utf8)
      .write(to: URL(filePath: folder.path + "/district.sqlite"))
    await #expect(throws: StoreError.damaged("file is not a database")) {
      try await TutoringStore.open(folder: folder.path)
    }
  }

  @Test func `a database of a newer program is left alone`() async throws {
    let district = try await SmallDistrict()
    try await district.store.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 of the future')")
    }
    try district.store.close()
    await #expect(throws: StoreError.newer) {
      try await TutoringStore.open(folder: district.folder.path)
    }
  }

  @Test func `a full disk refuses a change, and leaves everything as it was`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    try await store.withoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    var kept = 0
    var full: StoreError?
    while full == nil, kept < 10_000 {
      do {
        try await district.keep(district.student("ST-\(1_000 + kept)", "A\(kept)", "B"))
        kept += 1
      } catch let error as StoreError {
        full = error
      }
    }
    #expect(full == .full)
    #expect(full?.description == "the disk is full; nothing was changed")
    #expect(try await store.searchStudents("b", limit: 20_000).count == kept + 2)
    #expect(try await store.check() == [])
  }

  @Test(.enabled(if: SmallFileSystem.isPossible, "only root makes file systems"))
  func `a file system that is full refuses a change, and leaves everything as it was`()
    async throws
  {
    let system = try await SmallFileSystem()
    do {
      let store = try await TutoringStore.open(folder: system.folder.path)
      let school = SchoolRecord(id: "truman-high", name: "Truman High")
      _ = try await store.save(school, request: "r", by: nil, at: afternoon(0))
      var kept = 0
      var failure: StoreError?
      while failure == nil, kept < 10_000 {
        do {
          let student = StudentRecord(
            id: "ST-\(kept)", firstName: "A", lastName: "B", school: "truman-high")
          _ = try await store.save(student, request: "r\(kept)", by: nil, at: afternoon(0))
          kept += 1
        } catch let error as StoreError {
          failure = error
        }
      }
      #expect(failure == .full)
      #expect(kept > 0)
      #expect(try await store.searchStudents("b", limit: 20_000).count == kept)
      #expect(try await store.check() == [])
      await #expect(throws: StoreError.self) {
        try await store.backup(to: system.folder.path + "/copy.sqlite")
      }
      #expect(!FileManager.default.fileExists(atPath: system.folder.path + "/copy.sqlite"))
    }
    try await system.remove()
  }
}

/// A file system of a few hundred kilobytes.
struct SmallFileSystem {
  /// Whether this process may make one.
  static let isPossible =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/bin/mount")

  let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    let mounted = try await runCommand(
      URL(filePath: "/bin/mount"), ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path])
    try #require(mounted.status == 0, "\(mounted.standardError)")
  }

  func remove() async throws {
    _ = try await runCommand(URL(filePath: "/bin/umount"), ["-l", folder.path])
  }
}
#endif
