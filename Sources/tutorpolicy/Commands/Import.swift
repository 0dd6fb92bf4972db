public import ArgumentParser
import Diagnostics
import Foundation
import PolicyEngine
public import PolicyImport

/// `tutorpolicy import`: makes a policy set of a decision of another engine.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "import",
    abstract: "Makes a policy set of a DMN table, a GoRules decision or a JsonLogic rule.",
    discussion: """
      A vocabulary, decisions, rules and fixtures are written into a folder that is new or empty; a fixture \
      for each row of each table, with what the file says comes of it. 'validate' and 'test' have then \
      passed already.

      What can't be said in a policy is reported with its place, and what depends on it is left out: nothing is \
      approximated. Rows that overlap, never count or leave a gap are warnings.

      A decision passes where the file gives true. Where it gives something else, name the value that passes; \
      without one, a decision passes where the table has an answer:

        tutorpolicy import approval.dmn --into approval --pass Approved
        tutorpolicy import pricing.json --into pricing --pass 'risk.level=low'

      EXIT STATUS
        0  all of the file is imported
        1  a part of it is left out; the rest is written
        2  wrong usage
        4  the file can't be read, or nothing of it can be said in policies: nothing is written
        5  the folder is not empty, or can't be written
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder to write into; named like the file unless given.", valueName: "folder"))
  var into: String?

  @Option(name: .long, help: "dmn, gorules or jsonlogic; found out unless given.")
  var kind: PolicyImporter.Kind?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The value that passes, of the output that gives it or of a named one.",
      valueName: "[output=]value"))
  var pass: [String] = []

  @OptionGroup var colors: ColorOptions

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  func validate() throws {
    if into == "" { throw ValidationError("--into is empty: name the folder to write into") }
  }

  func run() throws {
    let result = PolicyImporter.read(
      try source(), kind: kind, passing: pass.map { PassingValue(argument: $0) })
    StandardError.write(DiagnosticRenderer(style: colors.errorStyle).render(result.diagnostics))
    guard !result.files.isEmpty else {
      StandardError.write("nothing of '\(file.printable)' is imported\n")
      throw ExitStatus.unreadableDocument
    }
    let folder = into ?? URL(filePath: file.literalPath).deletingPathExtension().lastPathComponent
    try write(result.files, into: folder)
    var output = StandardOutput()
    for written in result.files { output.write("\(folder)/\(written.path)\n") }
    output.flush()
    if result.diagnostics.hasErrors { throw ExitStatus.fails }
  }

  private func source() throws -> Source {
    guard let data = try? Data(contentsOf: URL(filePath: file.literalPath)) else {
      StandardError.write("error: '\(file.printable)' can't be read\n")
      throw ExitStatus.unreadableDocument
    }
    guard data.count <= Self.maximumBytes else {
      StandardError.write(
        "error: '\(file.printable)' is larger than 8 MiB, the most that is read\n")
      throw ExitStatus.unreadableDocument
    }
    return Source(name: file, bytes: Array(data))
  }

  /// As much as a policy file may have.
  private static let maximumBytes = 8 << 20

  private func write(_ files: [PolicyImporter.File], into folder: String) throws {
    let manager = FileManager.default
    let url = URL(filePath: folder.literalPath)
    let present = (try? manager.contentsOfDirectory(atPath: url.path)) ?? []
    guard present.isEmpty else {
      StandardError.write(
        "error: '\(folder.printable)' is not empty, and nothing is written over\n"
          + "  help: name another folder with --into\n")
      throw ExitStatus.unwritableOutput
    }
    do {
      for file in files {
        let target = url.appending(path: file.path)
        try manager.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: target, options: .atomic)
      }
    } catch {
      StandardError.write("error: the policies can't be written into '\(folder.printable)'\n")
      throw ExitStatus.unwritableOutput
    }
  }
}

extension PolicyImporter.Kind: ExpressibleByArgument {}

extension PassingValue {
  /// `output=value`, or a value alone.
  fileprivate init(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      output: parts.count == 2 ? String(parts[0]) : nil, value: String(parts[parts.count - 1]))
  }
}
