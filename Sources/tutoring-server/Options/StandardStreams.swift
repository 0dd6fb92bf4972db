#if Server
import Foundation

/// Where messages go.
enum StandardError {
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// Where results go, at once: whoever reads them by a pipe waits for them.
enum StandardOutput {
  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}

/// A password that is typed or piped.
enum PasswordInput {
  /// A line of the input, without its end; of a terminal nothing is shown.
  static func read(prompt: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return readLine() }
    StandardError.write(prompt)
    var settings = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      StandardError.write("\n")
    }
    return readLine()
  }
}
#endif
