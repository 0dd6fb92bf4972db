package import Foundation
import Testing

/// What a page of documentation shows, to be done as it stands there.
package struct ReadmeBlock: Sendable {
  /// The language of the fenced block.
  package let language: String
  /// Its lines.
  package let text: String

  /// The pages whose commands are run.
  package static let pages =
    ["README.md"]
    + ["CommandLine.md", "ChangingPolicies.md"].map {
      "Sources/PolicyEngine/PolicyEngine.docc/\($0)"
    }

  /// The fenced blocks of a page, in its order.
  package static func all(of page: String = "README.md") throws -> [ReadmeBlock] {
    let text = try String(contentsOf: packageRoot.appending(path: page), encoding: .utf8)
    return text.matches(of: /```(\w+)\n((?s).*?)```/).map {
      ReadmeBlock(language: String($0.1), text: String($0.2))
    }
  }

  /// Whether the block changes a file or writes one.
  package var isEdit: Bool {
    language == "diff" || language == "yaml" && text.hasPrefix("# policies/")
  }

  /// Does what a block shows to the files in a folder that is laid out as the package is.
  package func edit(in folder: URL) throws {
    if language == "diff" { try apply(in: folder) } else { try write(in: folder) }
  }

  /// Replaces the lines of a diff's old side, which must stand in the file once, by those of its new side.
  private func apply(in folder: URL) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    let header = lines.removeFirst()
    try #require(header.hasPrefix("--- "))
    let file = folder.appending(path: String(header.dropFirst(4)))
    func side(_ mark: Character) -> String {
      lines.filter { $0.first == " " || $0.first == mark }.map { $0.dropFirst() }
        .joined(separator: "\n")
    }
    let old = try String(contentsOf: file, encoding: .utf8)
    try #require(old.ranges(of: side("-")).count == 1, "\(text)")
    try Data(old.replacing(side("-"), with: side("+")).utf8).write(to: file)
  }

  /// Writes a file whose first line is a comment with its path.
  private func write(in folder: URL) throws {
    let path = try #require(text.split(separator: "\n").first?.dropFirst(2))
    try Data(text.utf8).write(to: folder.appending(path: String(path)))
  }
}
