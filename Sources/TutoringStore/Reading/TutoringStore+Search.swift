#if Store
import GRDB
package import TutoringSessions

extension TutoringStore {
  /// The students who have, for each word of a text, a word in their first or last name that begins so.
  ///
  /// Case, accents and punctuation don't count. Those of the given schools come first, then by last and
  /// first name. A text without a letter or digit finds nobody, and nobody who left the district is found.
  ///
  /// - Parameters:
  ///   - text: What was typed so far.
  ///   - schools: The ids of schools whose students come first.
  ///   - limit: How many students at most.
  /// - Returns: The students, in the order in which they are shown.
  /// - Throws: `StoreError` when the records can't be read.
  package func searchStudents(
    _ text: String, first schools: [String] = [], limit: Int = 20
  ) async throws -> [StudentRecord] {
    // The longest word finds the fewest; the others are asked of those that it finds.
    let prefixes = NameWords.prefixes(of: text).sorted { $0.utf8.count > $1.utf8.count }
    return try await read { database in
      try database.searchStudents(prefixes, first: schools, limit: limit)
    }
  }
}

extension Database {
  /// The students who have a word for each of some prefixes; the prefix that finds the fewest comes first.
  func searchStudents(
    _ prefixes: [String], first schools: [String], limit: Int
  ) throws -> [StudentRecord] {
    guard let longest = prefixes.first else { return [] }
    var values: [SQLValue] = [.text(longest), .text(NameWords.end(of: longest))]
    var conditions = ""
    for prefix in prefixes.dropFirst().prefix(4) {
      conditions +=
        " AND EXISTS (SELECT 1 FROM name_words WHERE student = id AND word >= ? AND word < ?)"
      values += [.text(prefix), .text(NameWords.end(of: prefix))]
    }
    let ids = try rows(
      """
      SELECT id FROM students
      WHERE id IN (SELECT student FROM name_words WHERE word >= ? AND word < ?) AND is_active = 1
        \(conditions)
      ORDER BY school NOT IN (SELECT value FROM json_each(?)), name_key(last_name),
        name_key(first_name), id
      LIMIT ?
      """, values + [.list(schools), .int(limit)]
    ) { try $0.text(0) }
    let students = try StudentRecord.byID(ids, in: self)
    return ids.compactMap { students[$0] }
  }
}
#endif
