#if Server
package import Foundation
import Synchronization

/// A file that lines are added to, each whole.
package final class LineFile: Sendable {
  private let handle: Mutex<FileHandle>

  /// A file that is open already.
  package init(_ handle: FileHandle) { self.handle = Mutex(handle) }

  /// The file at a path, behind what it has; made, for its owner alone, where there is none.
  ///
  /// - Throws: What the system says where it can't be opened.
  package convenience init(addingTo path: String) throws {
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    self.init(handle)
  }

  /// Adds a line; one that can't be written is lost, since nobody who asks something could help it.
  package func write(_ line: String) {
    handle.withLock { handle in
      try? handle.write(contentsOf: Data((line + "\n").utf8))
    }
  }
}
#endif
