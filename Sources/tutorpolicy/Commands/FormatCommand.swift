import ArgumentParser
import Diagnostics
import PolicyEditing
import PolicyEngine

/// `tutorpolicy format`: lays out policy and fixture files.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "format",
    abstract:
      "Lays out policy, fixture, export and report files: indentation, spaces, expressions.",
    discussion: """
      Unless files are named, those of the policies, with their fixtures, exports, reports and \
      expected-changes.yaml, are laid out in place.

      Lists and mappings are indented by two spaces a level, colons and commas are followed by one \
      space, blank lines stand alone, and lines end without blanks. In an expression, operators have a space \
      on both sides; one that makes its line longer than 120 signs is put on lines of its own, with breaks \
      before &&, ||, ? and :. Comments and all other line breaks stay where they are.

      The text is edited and not written anew: what the file says, and every comment in it, is the same \
      afterwards. A file that is not YAML is left as it is.

      --check writes nothing and names the files that would change, for CI.

      EXIT STATUS
        0  all files are laid out
        1  with --check: some are not
        2  wrong usage
        3  a file is not YAML, or can't be read
        5  a file can't be written
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Flag(name: .long, help: "Write nothing; exit with 1 when a file is not laid out.")
  var check = false

  @OptionGroup var colors: ColorOptions

  @Argument(help: ArgumentHelp("Files to lay out.", valueName: "file"))
  var files: [String] = []

  func validate() throws {
    if files.contains("") { throw ValidationError("the name of a file is empty") }
  }

  func run() throws {
    var mistakes: [Diagnostic] = []
    let sources =
      files.isEmpty ? folderFiles(&mistakes) : NamedFiles.sources(at: files, into: &mistakes)
    var output = StandardOutput()
    var changed = 0
    for source in sources {
      guard let layout = FileLayout(source, into: &mistakes), let line = layout.firstChangedLine
      else { continue }
      changed += 1
      if check {
        output.write("\(source.name):\(line): is not laid out\n")
      } else {
        try source.replaceContents(with: layout.bytes)
        output.write("laid out: \(source.name)\n")
      }
    }
    let unchanged = sources.count - changed
    if changed == 0 {
      output.write("\(unchanged) file\(unchanged == 1 ? "" : "s") laid out already\n")
    }
    output.flush()
    StandardError.write(DiagnosticRenderer(style: colors.errorStyle).render(mistakes))
    if mistakes.hasErrors { throw ExitStatus.invalidPolicies }
    if check, changed > 0 { throw ExitStatus.fails }
  }

  private func folderFiles(_ mistakes: inout [Diagnostic]) -> [Source] {
    let folder = PolicyFolder(policyOptions.policies)
    mistakes += folder.policyMistakes + folder.fixtureMistakes + folder.formatMistakes
    return folder.files
  }
}
