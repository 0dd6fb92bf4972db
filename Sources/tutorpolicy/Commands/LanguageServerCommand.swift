import ArgumentParser
import Foundation
import LanguageServerProtocol
import PolicyEngine
import PolicyLanguageServer

/// `tutorpolicy lsp`: serves editors.
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "lsp",
    abstract: "Serves editors over standard input and output, by the Language Server Protocol.",
    discussion: """
      An editor starts it, and shows what 'validate' and 'test' say as one types, completes names, shows what \
      they mean, goes to where they are declared, renames them in every file, and lays files out.

      The policies are those of --policies, or else the folder 'policies' of the editor's workspace.

      EXIT STATUS
        0  the editor has ended it
        1  the editor has gone away without ending it
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder of the policy files; unless given, 'policies' in the editor's workspace.",
      valueName: "dir"))
  var policies: String?

  func validate() throws {
    if policies == "" {
      throw ValidationError("--policies is empty: name the folder of the policy files")
    }
  }

  func run() throws {
    var output = StandardOutput()
    let session = EditorSession(
      PolicyServer(folder: policies) { $0.dateNow }, reading: STDIN_FILENO
    ) { messages in
      for message in messages { output.write(Array(MessageFraming.framed(message))[...]) }
      if !messages.isEmpty { output.flush() }
    }
    // A client that has gone away without ending the session has failed, too.
    guard session.run() == 0 else { throw ExitStatus.fails }
  }
}
