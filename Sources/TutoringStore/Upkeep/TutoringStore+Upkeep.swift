#if Store
import Foundation
import GRDB
package import TutoringSessions

extension TutoringStore {
  /// Forgets which forms were sent before a time; nobody sends one again after weeks.
  package func forgetRequests(before time: OffsetDateTime) async throws {
    try await write { try $0.run("DELETE FROM requests WHERE at_second < ?", .second(time)) }
  }

  /// Writes a copy of the database, as of one moment, to a file that is not there yet.
  ///
  /// People go on working meanwhile. The copy is whole once the function returns, and has no other file
  /// beside it.
  package func backup(to path: String) async throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StoreError.unusable(path: path, reason: "it is there already")
    }
    do {
      try await withoutTransaction { try $0.run("VACUUM INTO ?", .text(path)) }
    } catch {
      // A copy that was cut short by a full disk must not be taken for one.
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
  }
}
#endif
