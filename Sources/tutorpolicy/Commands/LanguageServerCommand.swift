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
    let server = PolicyServer(folder: policies) { $0.dateNow }
    let inbox = MessageInbox(reading: STDIN_FILENO)
    var output = StandardOutput()
    func send(_ messages: [Data]) {
      for message in messages { output.write(Array(MessageFraming.framed(message))[...]) }
      if !messages.isEmpty { output.flush() }
    }
    func publish() {
      send(server.publish())
      send(server.publishRest { inbox.hasMore })
    }
    while let piece = inbox.next(orWhenIdle: publish) {
      switch piece {
      case .message(let body): send(server.handle(body))
      case .cancelled(let body): send(PolicyServer.cancelled(body))
      case .unusableHeader: send([OutgoingMessage.failure(.parseError, to: nil)])
      }
      if let status = server.exitStatus {
        if status != 0 { throw ExitStatus.fails }
        return
      }
    }
    throw ExitStatus.fails
  }
}
