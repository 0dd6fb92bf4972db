#if Store
import GRDB
package import TutoringSessions

extension TutoringStore {
  /// Sessions that a filter lets through, the newest first.
  ///
  /// - Parameters:
  ///   - filter: Which sessions are asked for.
  ///   - limit: How many at most.
  ///   - last: The last session of the page before, which this one starts behind; nil for the first page.
  /// - Returns: The sessions, and where the next page starts.
  /// - Throws: `StoreError` when the records can't be read.
  package func sessions(
    _ filter: SessionFilter, limit: Int, after last: String? = nil
  ) async throws -> SessionPage {
    try await read { try $0.page(filter, limit: limit, after: last) }
  }

  /// Gives all sessions that a filter lets through, the newest first, some hundreds at a time with what they refer to,
  /// until `body` wants no more.
  package func eachSession(
    _ filter: SessionFilter,
    _ body: (_ sessions: [SessionRecord], _ surroundings: Surroundings) async throws -> Bool
  ) async throws {
    var last: String?
    repeat {
      let page = try await sessions(filter, limit: 500, after: last)
      guard try await body(page.sessions, try await surroundings(of: page.sessions)) else { return }
      last = page.next
    } while last != nil
  }

  /// How many sessions there are of each stage; a stage without any is not there.
  package func sessionCounts(
    _ filter: SessionFilter
  ) async throws -> [SessionRecord.Stage: Int] {
    try await read { database in
      let (condition, values) = filter.condition
      let counts = try database.rows(
        "SELECT stage, count(*) FROM sessions WHERE \(condition) GROUP BY stage", values
      ) { (SessionRecord.Stage(rawValue: try $0.text(0)), try $0.int(1)) }
      return counts.reduce(into: [:]) { result, count in
        if let stage = count.0 { result[stage] = count.1 }
      }
    }
  }

  /// The session of an id; nil when there is none.
  package func session(_ id: String) async throws -> SessionRecord? {
    try await glance { try $0.session(id)?.record }
  }

  /// The session of an id with what it refers to, as of one moment; nil when there is none.
  package func sessionWithSurroundings(
    _ id: String
  ) async throws -> (session: SessionRecord, surroundings: Surroundings)? {
    try await glance { database in
      guard let session = try database.session(id)?.record else { return nil }
      return (session, try database.surroundings(of: [session]))
    }
  }

  /// The sessions of some ids, in the order of their numbers; unknown ids are passed over.
  package func sessions(ids: [String]) async throws -> [SessionRecord] {
    try await read { database in
      try database.sessions(
        where: "id IN (SELECT value FROM json_each(?))", [.list(ids)]
      ).map(\.record)
    }
  }

  /// The sessions of some ids with the records that they refer to, as of one moment; unknown ids are passed over.
  package func sessionsWithSurroundings(
    ids: [String]
  ) async throws -> (sessions: [SessionRecord], surroundings: Surroundings) {
    try await read { database in
      let sessions = try database.sessions(
        where: "id IN (SELECT value FROM json_each(?))", [.list(ids)]
      ).map(\.record)
      return (sessions, try database.surroundings(of: sessions))
    }
  }

  /// The records that some sessions refer to; of a draft that is not kept yet, too.
  package func surroundings(of sessions: [SessionRecord]) async throws -> Surroundings {
    try await glance { try $0.surroundings(of: sessions) }
  }

  /// The tags that sessions carry, but for deleted ones, the most used first, then in alphabetical order.
  ///
  /// - Parameters:
  ///   - tutor: Whose sessions are counted; nil for everybody's.
  ///   - limit: How many tags at most.
  /// - Returns: The tags with their uses.
  /// - Throws: `StoreError` when the records can't be read.
  package func popularTags(of tutor: String? = nil, limit: Int = 20) async throws -> [TagUse] {
    try await read { database in
      try database.rows(
        """
        SELECT value, is_own, count(*) FROM tags JOIN sessions ON number = session
        WHERE is_deleted = 0\(tutor == nil ? "" : " AND tutor = ?")
        GROUP BY value, is_own ORDER BY count(*) DESC, value LIMIT ?
        """, (tutor.map { [.text($0)] } ?? []) + [.int(limit)]
      ) {
        TagUse(
          tag: SessionRecord.Tag(try $0.text(0), isOwn: try $0.flag(1)), uses: try $0.int(2))
      }
    }
  }
}

extension Database {
  /// Sessions that a filter lets through, the newest first, from behind a session on.
  func page(_ filter: SessionFilter, limit: Int, after last: String?) throws -> SessionPage {
    var (condition, values) = filter.condition
    if let last {
      condition +=
        " AND (start_second, number) < (SELECT start_second, number FROM sessions WHERE id = ?)"
      values.append(.text(last))
    }
    let limit = max(1, limit)
    let numbers = try rows(
      """
      SELECT number FROM sessions WHERE \(condition)
      ORDER BY start_second DESC, number DESC LIMIT ?
      """, values + [.int(limit + 1)]
    ) { try $0.int(0) }
    let sessions = try sessions(
      where: "number IN (SELECT value FROM json_each(?))", [.numbers(numbers.prefix(limit))],
      ordered: "start_second DESC, number DESC"
    ).map(\.record)
    return SessionPage(
      sessions: sessions, next: numbers.count > limit ? sessions.last?.id : nil)
  }
}

/// A tag and how many sessions carry it.
package struct TagUse: Hashable, Sendable {
  /// The tag.
  package let tag: SessionRecord.Tag
  /// The number of sessions.
  package let uses: Int
}
#endif
