import Foundation
import TestSupport
import Testing

/// Does what the README and its pages of documentation show, in their order and in a copy of the policies and examples:
/// applies their changes, writes their files, runs their commands, and compares what they print.
@Suite struct ReadmeTests {
  @Test(arguments: ReadmeBlock.pages)
  func `every command of a page prints what it shows`(page: String) async throws {
    let folder = try WorkingCopy(of: ["policies", "Examples"])
    try await folder.commit()
    var commands = 0
    for block in try ReadmeBlock.all(of: page) {
      if block.isEdit {
        try block.edit(in: folder.url)
      } else if block.language == "console" {
        commands += 1
        try await expectOutput(of: block, in: folder)
      }
    }
    #expect(commands >= 3)
  }

  @Test func `the embedding example holds the README's Swift`() throws {
    let program = try String(
      contentsOf: packageRoot.appending(path: "Examples/embedding/main.swift"), encoding: .utf8)
    let swift = try ReadmeBlock.all().filter { $0.language == "swift" }
    #expect(!swift.isEmpty)
    for line in swift.flatMap({ $0.text.split(separator: "\n") }) {
      #expect(program.contains(line))
    }
  }

  private func expectOutput(of block: ReadmeBlock, in folder: WorkingCopy) async throws {
    let lines = block.text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let command = String(lines[0])
    let words = command.split(separator: " ").map(String.init)
    try #require(words.starts(with: ["$", "tutorpolicy"]), "\(command)")
    let result = try await runCommand(
      builtProduct("tutorpolicy"), Array(words.dropFirst(2)), environment: ["COLUMNS": "100"],
      currentDirectory: folder.url)
    let shown = lines.count > 1 ? String(lines[1]) : ""
    // Digests change with every edit of a policy, and what the README shows of them is from one moment.
    let printed = result.standardOutput + result.standardError
    let difference = lineDiff(expected: shown.withoutDigests, actual: printed.withoutDigests)
    #expect(difference == "", "\(command)\n\(difference)")
  }
}

/// A copy of some of the package's folders, to be changed.
private final class WorkingCopy {
  let url: URL

  init(of folders: [String]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for folder in folders {
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: folder), to: url.appending(path: folder))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Makes a repository of the copy, as it is.
  func commit() async throws {
    let author = ["-c", "user.name=Readme", "-c", "user.email=readme@example.org"]
    for arguments in [["init", "-q"], ["add", "."], author + ["commit", "-q", "-m", "shipped"]] {
      let result = try await runCommand(
        URL(filePath: "/usr/bin/env"), ["git"] + arguments, currentDirectory: url)
      try #require(result.status == 0, "\(result.standardError)")
    }
  }
}
