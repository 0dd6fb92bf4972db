import Foundation

/// The descriptors that a process begins with, and how many more it may open.
enum StandardDescriptors {
  /// How many files the program opens at a time, with what the system's libraries open for it.
  private static let needed = 12

  /// Opens those of standard input, output and error that are closed, so that no file of the program's gets
  /// their numbers: what is written to standard error would go into it, or input be awaited from it.
  ///
  /// They are opened the wrong way round, so that reading and writing go on to fail.
  static func holdOpen() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ]
    where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest number that is free is this one.
      _ = unsafe open("/dev/null", mode)
    }
  }

  /// Whether as many files can be opened as the program needs.
  static var areEnough: Bool {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<needed {
      let descriptor = dup(STDERR_FILENO)
      guard descriptor >= 0 else { return false }
      opened.append(descriptor)
    }
    return true
  }
}

/// Signals that would end the process in the middle of a line, where an error of the call tells as much.
enum WritingSignals {
  /// Makes writing into a closed pipe, and beyond the largest size of a file, errors instead of signals.
  static func ignore() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }
}
