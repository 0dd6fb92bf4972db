import ArgumentParser
import Diagnostics
import PolicyEditing
import PolicyEngine

/// `tutorpolicy rename`: gives something another name in every file that names it.
struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "rename",
    abstract: "Gives a fact, term, parameter, rule, decision or case another name in every file.",
    discussion: """
      Policies, fixtures, exports, reports, expected-changes.yaml, the sessions that cases start from, and \
      the session files that are named: only the bytes of the name change in them. Types, closed lists \
      and the document can be renamed too; in rules, a value of a type is called as the type, with a small \
      first letter.

      A name that several things have must say which is meant: by its kind, by its owner, or both, as \
      in fact:Encounter.subject or case:WorkOrderKind.homebound.

      The files as they would be are checked before anything is written. A new name that is taken or \
      reserved, or with which something would mean another thing, is refused with the place. Cases that \
      would no longer pass, since they expect words that say the old name, are shown after the renaming.

      JSON Schemas are made from the policies: write them anew with 'tutorpolicy schema --output'.

      EXIT STATUS
        0  the name is changed
        1  the name is changed, and a case no longer passes
        2  wrong usage, or a name that can't be used
        3  the policy set has errors; nothing was changed
        4  a session file can't be read; nothing was changed
        5  a file can't be written
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Flag(name: .long, help: "Show each place that would change, and write nothing.")
  var dryRun = false

  @OptionGroup var colors: ColorOptions

  @Argument(help: ArgumentHelp("What to rename, such as fact:Encounter.subject.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("Its new name.", valueName: "new"))
  var new: String

  @Argument(help: ArgumentHelp("Further session files, or folders of them.", valueName: "session"))
  var sessions: [String] = []

  func run() throws {
    _ = try policyOptions.load(style: colors.errorStyle)
    let folder = PolicyFolder(policyOptions.policies)
    let rename: Rename
    let sessions = try readSessions()
    do throws(RenameRefusal) {
      rename = try Rename(old, to: new, in: folder, sessions: sessions)
    } catch {
      show(error.diagnostics)
      StandardError.write("nothing was renamed\n")
      throw ExitStatus.usage
    }
    var output = StandardOutput()
    for (file, edits) in rename.edits {
      for edit in edits where dryRun {
        output.write("\(edit.range.fileAndLine): \(edit.range.text) -> \(edit.text)\n")
      }
      if !dryRun { try file.replaceContents(with: file.bytes(applying: edits)) }
    }
    let places = "\(rename.count) place\(rename.count == 1 ? "" : "s")"
    let files = "\(rename.edits.count) file\(rename.edits.count == 1 ? "" : "s")"
    output.write(
      "\(rename.symbol.specifier) \(dryRun ? "would be" : "is now") '\(rename.name)': "
        + "\(places) in \(files)\n")
    output.flush()
    show(rename.remarks)
    if rename.remarks.contains(where: { $0.code == .caseChanged }) { throw ExitStatus.fails }
  }

  private func readSessions() throws -> [Source] {
    var mistakes: [Diagnostic] = []
    let sources = NamedFiles.sources(at: sessions, into: &mistakes)
    guard mistakes.isEmpty else {
      show(mistakes)
      throw ExitStatus.unreadableDocument
    }
    return sources
  }

  private func show(_ diagnostics: [Diagnostic]) {
    StandardError.write(DiagnosticRenderer(style: colors.errorStyle).render(diagnostics))
  }
}
