import Foundation
import TestSupport
import Testing

/// Does what the README shows, in its order and in a copy of the policies and examples: applies its
/// changes, writes its files, runs its commands, and compares what they print.
@Suite struct ReadmeTests {
  /// A fenced block: its language and its lines.
  struct Block {
    let language: String
    let text: String
  }

  @Test func `every command of the README prints what it shows`() async throws {
    let folder = try WorkingCopy(of: ["policies", "Examples"])
    var commands = 0
    for block in try Self.blocks() {
      switch block.language {
      case "diff": try folder.apply(block.text)
      case "yaml" where block.text.hasPrefix("# policies/"): try folder.write(block.text)
      case "console":
        commands += 1
        try await expectOutput(of: block, in: folder)
      default: break
      }
    }
    #expect(commands >= 6)
  }

  @Test func `the embedding example holds the README's Swift`() throws {
    let program = try String(
      contentsOf: packageRoot.appending(path: "Examples/embedding/main.swift"), encoding: .utf8)
    let swift = try Self.blocks().filter { $0.language == "swift" }
    #expect(!swift.isEmpty)
    for line in swift.flatMap({ $0.text.split(separator: "\n") }) {
      #expect(program.contains(line))
    }
  }

  private func expectOutput(of block: Block, in folder: WorkingCopy) async throws {
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

  private static func blocks() throws -> [Block] {
    let text = try String(contentsOf: packageRoot.appending(path: "README.md"), encoding: .utf8)
    return text.matches(of: /```(\w+)\n((?s).*?)```/).map {
      Block(language: String($0.1), text: String($0.2))
    }
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

  /// Replaces the lines of a diff's old side, which must stand in the file once, by those of its new side.
  func apply(_ diff: String) throws {
    var lines = diff.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    let header = lines.removeFirst()
    try #require(header.hasPrefix("--- "))
    let file = url.appending(path: String(header.dropFirst(4)))
    func side(_ mark: Character) -> String {
      lines.filter { $0.first == " " || $0.first == mark }.map { $0.dropFirst() }
        .joined(separator: "\n")
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.ranges(of: side("-")).count == 1, "\(diff)")
    try Data(text.replacing(side("-"), with: side("+")).utf8).write(to: file)
  }

  /// Writes a file whose first line is a comment with its path.
  func write(_ text: String) throws {
    let path = try #require(text.split(separator: "\n").first?.dropFirst(2))
    try Data(text.utf8).write(to: url.appending(path: String(path)))
  }
}
