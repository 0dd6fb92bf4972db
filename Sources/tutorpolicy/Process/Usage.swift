import ArgumentParser
import Diagnostics

/// What is said of command lines that are not understood.
enum Usage {
  /// The options that may be given several times; every other has one value, and the first would be ignored in
  /// silence.
  private static let repeatable: Set<Substring> = [
    "--decision", "--what-if", "--also-on", "--sessions",
  ]

  /// The message about an option that is given twice; nil where there is none.
  static func repetition(in arguments: [String]) -> String? {
    var seen: Set<Substring> = []
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let name = argument.prefix { $0 != "=" }
      if !seen.insert(name).inserted, !repeatable.contains(name) {
        return "error: \(String(name).printable) is given twice\n  help: leave one of them out\n"
      }
    }
    return nil
  }

  /// The message about a command that there is none of; nil where the arguments begin with one, or with an
  /// option.
  static func unknownCommand(in arguments: [String], among commands: [String]) -> String? {
    guard let name = arguments.first, !name.hasPrefix("-"), !(commands + ["help"]).contains(name)
    else { return nil }
    let unknown = Diagnostic(
      code: .unknownCommand, "'\(name)' is not a command of \(Program.name)", at: nil,
      help: Suggestion.helpOrList(for: name, among: commands, listing: "the commands are"))
    return DiagnosticRenderer(style: .plain).render(unknown)
      + "See '\(Program.name) --help' for more information.\n"
  }

  /// A message of ArgumentParser in the form of all others.
  static func message(_ text: String) -> String {
    var text = text.replacing("\nHelp:  ", with: "\n  help: ")
    let prefix = "error: "
    guard text.hasPrefix(prefix) else { return text }
    let message = text.dropFirst(prefix.count)
    if message.dropFirst().first?.isLowercase ?? false {
      text = prefix + message.prefix(1).lowercased() + message.dropFirst()
    }
    // It repeats what was typed.
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable }.joined(separator: "\n")
  }
}
