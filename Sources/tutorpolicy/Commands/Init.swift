import ArgumentParser
import Diagnostics
import Foundation
import PolicyEngine

/// `tutorpolicy init`: starts a policy folder.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "init",
    abstract: "Starts a policy folder, with a decision, rules, fixtures and schemas to go on from.",
    discussion: """
      What it writes has no mistake, and its fixtures try all of it. Where policy files are already, nothing \
      is written.
      """)

  @Argument(help: ArgumentHelp("The folder, which is made where it is missing.", valueName: "dir"))
  var folder = "policies"

  func validate() throws {
    if folder.isEmpty { throw ValidationError("the folder's name is empty") }
  }

  func run() throws {
    let url = URL(filePath: folder.literalPath, directoryHint: .isDirectory)
    let name = folder.visible
    if let obstacle = StarterFiles.obstacles(in: url).first {
      StandardError.write(
        "error: '\(name)' has '\(obstacle.visible)' already, so nothing was written\n"
          + "  help: name another folder: '\(Program.name) init new-policies'\n")
      throw ExitStatus.unwritableOutput
    }
    do {
      try StarterFiles.write(into: url)
      let result = PolicySet.load(directory: folder)
      if let policies = result.policies {
        try SchemaFiles.write(for: policies, into: url.appending(path: "schemas"))
      }
    } catch {
      StandardError.write("error: '\(name)' can't be written into\n")
      throw ExitStatus.unwritableOutput
    }
    var output = StandardOutput()
    output.write(words(for: name))
    output.flush()
  }

  /// What was written, and what to do next.
  private func words(for name: String) -> String {
    let quoted = name.contains(/[^\w\/.\-]/) ? "'\(name.replacing("'", with: #"'\''"#))'" : name
    let option = folder == "policies" ? "" : " --policies \(quoted)"
    let files = StarterFiles.all.map { "  \(name)/\($0.path)\n" }.joined()
    return """
      written:
      \(files)  \(name)/schemas, by which an editor completes and checks

      Try it:
        \(Program.name) explain \(quoted)/examples/session.yaml\(option)
        \(Program.name) test\(option)
      After an edit:
        \(Program.name) validate\(option)

      """
  }
}
