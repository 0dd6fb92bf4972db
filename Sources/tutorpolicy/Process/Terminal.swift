import Foundation

/// One of the process's output streams, as a place where a person may be reading.
struct Terminal {
  private let descriptor: Int32

  static let standardOutput = Terminal(descriptor: 1)
  static let standardError = Terminal(descriptor: 2)

  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How many columns to write: the terminal's, or 100 where there is none; COLUMNS overrides both.
  var width: Int {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }),
      (20...1_000).contains(columns)
    {
      return columns
    }
    var size = winsize()
    guard isTerminal, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 100 }
    return Int(size.ws_col)
  }

  /// Whether the user asked for no colours (https://no-color.org: set and not empty).
  static var refusesColor: Bool {
    !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }
}
