import ArgumentParser
#if Server
/// `tutoring-server`: sessions of tutoring, in a browser and for programs.
@main
struct TutoringServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutoring-server",
    abstract: "Holds a district's tutoring sessions, and decides them by its policies.",
    discussion: """
      'serve --demo' makes an invented district in a temporary folder, to look at: it prints where, and \
      who may sign in.

      A district's own server has its records in a folder (--data) and its policies in another \
      (--policies). People are added with 'user add' before they can sign in.
      """,
    subcommands: [
      Serve.self, User.self, Import.self, Export.self, Verify.self, ReportCommand.self,
      Sessions.self, Backup.self, Check.self,
    ])
}
#else
/// What stands in the place of the server in a build without it.
@main
struct TutoringServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutoring-server",
    abstract: "This build has no server in it: build with --traits Server.")

  @Argument(parsing: .allUnrecognized) var rest: [String] = []

  func run() throws {
    throw ValidationError(
      "this build has no server in it: swift run --traits Server tutoring-server")
  }
}
#endif
