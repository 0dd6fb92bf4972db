import Foundation
import PolicyEngine
import PolicySchemas

/// The schemas of a policy set, as files.
enum SchemaFiles {
  /// Writes the schema of every kind of file into a folder, which is made where it is missing.
  ///
  /// - Throws: what the file system says.
  static func write(for policies: PolicySet, into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for kind in FileKind.allCases {
      try Data(kind.schema(for: policies).utf8)
        .write(to: folder.appending(path: kind.fileName), options: .atomic)
    }
  }
}
