import Foundation

/// What stands at a path, links followed.
package enum PathKind {
  /// A file that can be read from start to end.
  case regular
  /// A folder.
  case folder
  /// Anything else, such as a pipe, of which reading may wait for somebody to write.
  case other

  /// What stands at a path; nil where nothing does, or it can't be told.
  ///
  /// By the system's own call: Foundation's attributes take ten times as long, which for the files of a
  /// policy set is a twentieth of the start of a process.
  package init?(at path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}
