import ArgumentParser

@main
struct TutorPolicy: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tutorpolicy")
}
