package import Foundation

/// What the system tells of the file at a path, links followed.
///
/// By its own call: Foundation's attributes take ten times as long, and name the owner, for which a program
/// that has the C library within itself would load parts of the system's.
package struct FileStatus {
  /// What stands there.
  package let kind: PathKind
  /// When it was last changed.
  package let modified: Date
  /// The number of bytes.
  package let size: Int
  /// Who may read, write and run it, as `chmod` takes it.
  package let permissions: mode_t

  /// What is known of a path; nil where nothing stands, or it can't be known.
  package init?(at path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    #if os(Linux)
    let time = status.st_mtim
    #else
    let time = status.st_mtimespec
    #endif
    modified = Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    size = Int(status.st_size)
    permissions = status.st_mode & 0o7777
  }
}

/// What stands at a path, links followed.
package enum PathKind {
  /// A file that can be read from start to end.
  case regular
  /// A folder.
  case folder
  /// Anything else, such as a pipe, where reading may wait for somebody to write.
  case other

  /// What stands at a path; nil where nothing does, or it can't be known.
  package init?(at path: String) {
    guard let kind = FileStatus(at: path)?.kind else { return nil }
    self = kind
  }
}
