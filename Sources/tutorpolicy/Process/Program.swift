import ArgumentParser

/// The program that runs.
enum Program {
  /// What it is called on the command line.
  static let name = "tutorpolicy"
}

extension CommandConfiguration {
  /// The configuration of a command of this program.
  ///
  /// Told that it stands below another, a command that parses its own options does not look among them for
  /// a request for completion scripts, which takes as long as parsing them.
  static func command(
    _ name: String, abstract: String, discussion: String
  ) -> CommandConfiguration {
    CommandConfiguration(
      commandName: name, _superCommandName: Program.name, abstract: abstract,
      discussion: discussion)
  }
}
