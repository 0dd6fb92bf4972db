import Foundation
import TestSupport
import Testing

/// A page about mistakes.
struct MistakePage: Sendable, CustomTestStringConvertible {
  let file: URL

  var testDescription: String { file.lastPathComponent }

  private static let folder = packageRoot.appending(
    path: "Sources/PolicyEngine/PolicyEngine.docc/Mistakes")

  static let all: [MistakePage] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map {
      MistakePage(file: folder.appending(path: $0))
    }
  }()

  func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// The codes that the page describes, in its order.
  func codes() throws -> [String] { try parts().map { String($0.code) } }

  /// What the page says of each code that has an example, in its order.
  func sections() throws -> [Section] {
    try parts().filter { Self.withoutExample[String($0.code)] == nil }
      .map { try Section(code: String($0.code), body: String($0.body)) }
  }

  private func parts() throws -> [(code: Substring, body: Substring)] {
    try text().split(separator: "\n## ").dropFirst().compactMap { part in
      let (code, body) = part.parted(at: "\n")
      guard code.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil else { return nil }
      return (code: code, body: body)
    }
  }
}

extension MistakePage {
  /// The codes that no command shows, or only after a long time, each with the suite that has an example of it.
  static let withoutExample = [
    "compared-in-part": "LintGrowthTests",
    "document-count": "PoliciesTests",
    "empty-table": "CSVTests",
    "function-name": "PolicyFunctionTests",
    "missing-column": "CSVTests",
    "open-quote": "CSVTests",
    "other-letters": "CSVTests",
    "partial-file": "RosterTests",
    "stray-quote": "CSVTests",
    "unknown-file": "RosterTests",
    "unknown-reference": "RosterTests",
    "unreadable-zip": "ZipTests",
    "wrong-character": "RosterTests",
    "wrong-order": "RosterTests",
    "yaml-size": "LimitTests",
  ]
}

extension MistakePage {
  /// What a page says of one code.
  struct Section: Sendable {
    let code: String
    private let files: [(path: String, text: String)]
    private let command: String
    /// The command and what the page says that it prints.
    let shown: String
    /// Whether something is said before the example and behind it.
    let isComplete: Bool

    init(code: String, body: String) throws {
      self.code = code
      let blocks = body.matches(of: /```(\w*)\n((?s).*?)```\n/)
      files = blocks.dropLast(2).compactMap { block in
        let (head, text) = block.2.parted(at: "\n")
        guard let path = head.firstMatch(of: /^(?:#|\/\/) (\S+)/)?.1 else { return nil }
        // JSON has no comments; in all others the line with the path is one.
        return (String(path), head.hasPrefix("//") ? String(text) : String(block.2))
      }
      let last = Array(blocks.suffix(2))
      try #require(
        last.count == 2 && last[0].1 == "sh" && last[1].1 == "",
        "\(code): the last blocks are a command and what it prints")
      command = String(last[0].2)
      shown = String(body[last[0].range.lowerBound..<last[1].range.upperBound])
      let before = body[..<blocks[0].range.lowerBound]
      let behind = body[last[1].range.upperBound...]
      isComplete = [before, behind].allSatisfy { $0.contains { $0.isLetter } }
    }

    /// What the command prints among the files of a new policy folder and those of the example.
    func output(startingFrom starter: URL) async throws -> String {
      let folder = try Folder(files: [:])
      try FileManager.default.removeItem(at: folder.url)
      try FileManager.default.copyItem(at: starter, to: folder.url)
      for file in files {
        let url = folder.url.appending(path: file.path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url)
      }
      let result = try await runShell(command, in: folder.url)
      try #require(!result.wasKilled, "\(code): \(command)")
      return result.standardOutput + result.standardError
    }

    /// The command with what it prints now.
    func showing(_ output: String) -> String { "```sh\n\(command)```\n\n```\n\(output)```\n" }
  }
}

/// Runs commands as a person types them, `tutorpolicy` being the program that was built.
func runShell(_ command: String, in folder: URL) async throws -> CommandResult {
  let program = try builtProduct("tutorpolicy")
  return try await runCommand(
    URL(filePath: "/bin/sh"), ["-c", "tutorpolicy() { '\(program.path)' \"$@\"; }; \(command)"],
    environment: ["NO_COLOR": "", "COLUMNS": "100"], currentDirectory: folder)
}

extension Substring {
  fileprivate func parted(at separator: Character) -> (Substring, Substring) {
    guard let index = firstIndex(of: separator) else { return (self, "") }
    return (self[..<index], self[self.index(after: index)...])
  }
}
