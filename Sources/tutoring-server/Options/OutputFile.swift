#if Server
import Foundation

/// A file that a command writes into.
enum OutputFile {
  /// Writes a text into a file: the whole of it, or nothing where that fails.
  ///
  /// A link stays one. What is there and is not an ordinary file, such as a pipe or `/dev/null`, is written into
  /// and not replaced.
  ///
  /// - Throws: what the file system says.
  static func write(_ text: String, to path: String) throws {
    let file = URL(filePath: path).resolvingSymlinksInPath()
    let type = try? FileManager.default.attributesOfItem(atPath: file.path)[.type]
    let isOrdinary = (type as? FileAttributeType).map { $0 == .typeRegular } ?? true
    guard !isOrdinary else {
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }
}
#endif
