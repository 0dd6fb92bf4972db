public import Diagnostics
import Foundation

/// Why a file can't be read that the system would let be read.
package enum FileProblem: Error {
  /// It is a folder.
  case folder
  /// It is a pipe or a device, of which reading may wait for somebody, or never end.
  case notRegular
  /// It holds no text in UTF-8.
  case packed(PackedContent)
}

extension Diagnostic {
  /// A file or folder that can't be read, with the reason in people's words.
  public static func unreadable(_ path: String, why error: any Error) -> Diagnostic {
    unreadable(named: "'\(path)'", why: error)
  }

  /// Something to be read that goes by a name of its own, such as standard input.
  package static func unreadable(
    named name: String, why error: any Error, help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      code: .unreadable, "\(name) can't be read: \(reason(for: error))", at: nil,
      help: help ?? Self.help(for: error))
  }

  /// The reason why something can't be read, as the end of a sentence.
  package static func reason(for error: any Error) -> String {
    switch error {
    case FileProblem.folder: return "this is a folder"
    case FileProblem.notRegular: return "it is not a regular file"
    case FileProblem.packed(let content): return content.words
    default: break
    }
    let cocoa = error as? CocoaError
    switch (cocoa?.code, (error as? POSIXError ?? cocoa?.underlying as? POSIXError)?.code) {
    case (.fileReadNoSuchFile?, _), (.fileNoSuchFile?, _), (_, .ENOENT?):
      return "there is no such file or folder"
    case (.fileReadNoPermission?, _), (_, .EACCES?), (_, .EPERM?): return "permission is denied"
    case (_, .EISDIR?): return "this is a folder"
    case (_, .ENOTDIR?): return "a part of its path is a file, and not a folder"
    case (_, .EBADF?): return "it is closed"
    case (_, .EMFILE?), (_, .ENFILE?): return "too many files are open"
    default: return "it is not a file that can be read"
    }
  }

  private static func help(for error: any Error) -> String? {
    guard case FileProblem.packed(let content) = error else { return nil }
    return "write it as text in UTF-8, as '\(content.unpacking) > NEW' does"
  }
}
