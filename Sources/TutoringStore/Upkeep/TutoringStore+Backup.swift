#if Store
import Foundation
import GRDB

extension TutoringStore {
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
