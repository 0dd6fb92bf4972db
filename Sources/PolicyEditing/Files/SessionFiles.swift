import Diagnostics
import PolicyTesting
import Synchronization

/// The session files that cases start from, each read from the disk once.
final class SessionFiles: Sendable {
  private let known = Mutex<[String: Source]>([:])
  /// What was read before: a file that still says the same stays the same object.
  private let before: [String: Source]

  /// Nothing read yet; `other` has what was read before.
  init(after other: SessionFiles? = nil) {
    before = other?.known.withLock { $0 } ?? [:]
  }

  /// The file of a path.
  ///
  /// - Throws: What the system says when it can't be read.
  func source(_ path: String) throws -> Source {
    if let source = known.withLock({ $0[path] }) { return source }
    var source = try FixtureFiles.readBase(path)
    if let old = before[path], old.bytes == source.bytes { source = old }
    known.withLock { $0[path] = source }
    return source
  }
}
