import Diagnostics
import Foundation
import PolicyEngine

extension Source {
  /// Writes other bytes into the file that the source was read from.
  ///
  /// - Throws: `ExitStatus.unwritableOutput` where that can't be done, which is said.
  func replaceContents(with bytes: [UInt8]) throws {
    // A file written anew takes the place of a link to it, or of one that may not be written.
    let file = URL(filePath: name.literalPath).resolvingSymlinksInPath()
    let permissions = FileStatus(at: file.path)?.permissions
    guard FileManager.default.isWritableFile(atPath: file.path),
      (try? Data(bytes).write(to: file, options: .atomic)) != nil
    else {
      StandardError.write("error: '\(name)' can't be written\n")
      throw ExitStatus.unwritableOutput
    }
    if let permissions { _ = unsafe chmod(file.path, permissions) }
  }
}
