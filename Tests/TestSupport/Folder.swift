public import Foundation

/// A folder of files that lasts as long as the value.
public final class Folder: Sendable {
  /// Where it is.
  public let url: URL
  /// The same as a path.
  public var path: String { url.path }

  /// A folder with files of the given texts, by their paths in it.
  ///
  /// - Throws: what the file system says.
  public init(files: [String: String]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "folder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      let file = url.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
