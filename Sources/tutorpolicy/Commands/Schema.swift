public import ArgumentParser
import Diagnostics
import Foundation
import PolicyEngine
public import PolicySchemas

/// `tutorpolicy schema`: writes JSON Schemas for editors.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "schema",
    abstract: "Writes JSON Schemas, by which an editor completes and checks as one types.",
    discussion: """
      Names are policies (any policy file), vocabulary, decisions, fixtures, exports, reports, session and \
      expected-changes. Sessions are described as the vocabulary declares them; in policy files and \
      fixtures, names that are declared are offered. A file points at its schema in a comment at its head:

        # yaml-language-server: $schema=schemas/policies.schema.json

      Expressions and names are checked by 'validate' alone.
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Write all schemas into this folder instead.", valueName: "dir"))
  var output: String?

  @OptionGroup var colors: ColorOptions

  @Argument(help: "The kind of file.")
  var name: FileKind?

  func validate() throws {
    if output == "" { throw ValidationError("--output is empty: name the folder to write into") }
    guard (name == nil) != (output == nil) else {
      let names = FileKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("name one schema (\(names)), or a folder for all with --output")
    }
  }

  func run() throws {
    let policies = try policyOptions.load(style: colors.errorStyle)
    if let name {
      var output = StandardOutput()
      output.write(name.schema(for: policies))
      output.flush()
    }
    guard let folder = output.map({ URL(filePath: $0.literalPath) }) else { return }
    do {
      try SchemaFiles.write(for: policies, into: folder)
    } catch {
      StandardError.write("error: the schemas can't be written into '\(folder.relativePath)'\n")
      throw ExitStatus.unwritableOutput
    }
  }
}

extension FileKind: ExpressibleByArgument {}
