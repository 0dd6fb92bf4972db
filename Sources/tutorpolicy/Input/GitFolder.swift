import Diagnostics
import Foundation
import PolicyEngine

/// The policy files of a folder as a revision in git has them; nothing is written into the repository.
struct GitFolder {
  /// Why there are none.
  struct Problem: Error {
    let message: String
    var help: String?
  }

  /// How people name the revision, such as `HEAD` or `HEAD~3:policies`.
  let revision: String
  /// The folder of the policies, for revisions that name none.
  let folder: String

  /// The files, named by revision and path.
  func sources() throws(Problem) -> [Source] {
    let parts = revision.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let path = parts.count > 1 ? String(parts[1]) : nil
    let verify = try git([
      "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}",
    ])
    guard verify.status == 0 else {
      if verify.error.contains("not a git repository") {
        throw Problem(
          message: "'\(revision)' is not a folder, and there is no git repository here",
          help: "name the folder of the old policies, or run this in the repository")
      }
      throw Problem(
        message: "'\(revision)' is neither a folder nor a revision that git knows",
        help: verify.error.isEmpty ? "'git log --oneline' lists revisions" : verify.error)
    }
    // Without a path, the folder of the policies as it is seen from where the command runs.
    let tree = verify.output + ":" + (path ?? (hasFolder ? "./" : "./" + folder))
    let list = try git(["ls-tree", "-z", "--full-tree", tree])
    guard list.status == 0 else {
      throw Problem(
        message: "'\(path ?? folder)' is not a folder in revision '\(name)'",
        help: "name its path from the top of the repository, as '\(name):policies' does")
    }
    let shown = "\(name):\(path ?? folder)"
    let files = list.output.split(separator: "\0").compactMap { entry -> (String, String)? in
      // "<mode> SP <type> SP <object> TAB <file>"
      let sides = entry.split(separator: "\t", maxSplits: 1)
      let words = sides.first?.split(separator: " ") ?? []
      guard sides.count == 2, words.count == 3, words[1] == "blob", words[0] != "120000" else {
        return nil
      }
      return (String(words[2]), String(sides[1]))
    }.filter { PolicySet.isPolicyFile($0.1) }.sorted { $0.1 < $1.1 }
    guard !files.isEmpty else { throw Problem(message: "'\(shown)' has no policy files") }
    var sources: [Source] = []
    for (object, file) in files {
      let content = try git(["cat-file", "blob", object])
      guard content.status == 0 else {
        throw Problem(message: "'\(shown)/\(file)' can't be read from git", help: content.error)
      }
      sources.append(Source(name: "\(shown)/\(file)", bytes: content.bytes))
    }
    return sources
  }

  private var hasFolder: Bool { PathKind(at: folder) == .folder }

  private struct Output {
    let status: Int32
    let bytes: [UInt8]
    let error: String

    /// What was printed, as one text without the line break at its end.
    var output: String {
      String(
        decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }
  }

  private func git(_ arguments: [String]) throws(Problem) -> Output {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "--no-pager", "--no-replace-objects"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
      "LC_ALL": "C",
    ]) { $1 }
    if hasFolder { process.currentDirectoryURL = URL(filePath: folder.literalPath) }
    let (output, error) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    do {
      try process.run()
      // What git says of an error is a few lines, which fit in the pipe however late they are read.
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      let said = try error.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus != 127 else {
        throw Problem(
          message: "'\(revision)' is not a folder, and git, which knows revisions, is not installed"
        )
      }
      return Output(
        status: process.terminationStatus, bytes: Array(bytes),
        error: String(decoding: said, as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines))
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(message: "git can't be run: \(error.localizedDescription)")
    }
  }
}
