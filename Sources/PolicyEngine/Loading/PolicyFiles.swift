public import CEL
public import Diagnostics
import Foundation
import YAML

extension PolicySet {
  /// Reads a policy set from the `.yaml` and `.yml` files of a folder, in the order of their names.
  ///
  /// Folders in it, such as `fixtures`, hidden files, and `expected-changes.yaml` are left out. `functions` are
  /// those that expressions may call besides the language's.
  public static func load(
    directory path: String, functions: [Overload] = []
  ) -> PolicyLoadResult {
    var mistakes: [Diagnostic] = []
    let sources = PolicyFiles.sources(inDirectory: path, into: &mistakes)
    return load(sources, unreadable: mistakes, functions: functions)
  }

  /// Reads a policy set from the texts of its files, unless some can't be read, of which `unreadable` tells.
  package static func load(
    _ sources: [Source], unreadable mistakes: [Diagnostic], functions: [Overload] = []
  ) -> PolicyLoadResult {
    // With a file that can't be read, what the others say of its names would mislead.
    guard mistakes.isEmpty else { return PolicyLoadResult(policies: nil, diagnostics: mistakes) }
    return load(sources, functions: functions)
  }

  /// Whether a file of a policy folder belongs to the policy set, by its name.
  package static func isPolicyFile(_ name: String) -> Bool {
    let isYAML = [".yaml", ".yml"].contains { name.lowercased().hasSuffix($0) }
    return isYAML && !name.hasPrefix(".") && name != expectedChangesFile
  }

  /// The file beside the policies that lists the changes which are meant; it decides nothing.
  package static let expectedChangesFile = "expected-changes.yaml"

  /// The texts of the files that make up the policy set of a folder; none where they can't be read.
  public static func sources(inDirectory path: String) -> [Source] {
    var mistakes: [Diagnostic] = []
    return sources(inDirectory: path, into: &mistakes)
  }

  /// The same, and what can't be read of the folder.
  package static func sources(
    inDirectory path: String, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    PolicyFiles.sources(inDirectory: path, into: &diagnostics)
  }
}

/// Finds and reads the files of a policy set.
enum PolicyFiles {
  /// The files of a folder as sources named by their paths.
  static func sources(
    inDirectory path: String, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    let kind = PathKind(at: path)
    guard kind == .folder || kind == nil else {
      diagnostics.append(.fileForFolder(path, isFile: kind == .regular))
      return []
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path.literalPath)
    } catch {
      diagnostics.append(.unreadable(named: "'\(path)'", why: error, help: Diagnostic.folderHelp))
      return []
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    let files = names.sorted().filter { name in
      PolicySet.isPolicyFile(name) && PathKind(at: folder + name) != .folder
    }
    if files.isEmpty { diagnostics.append(.noPolicyFiles(path)) }
    return files.compactMap { name in
      // Reading a pipe would wait for somebody to write into it.
      if let kind = PathKind(at: folder + name), kind != .regular {
        diagnostics.append(.unreadable(folder + name, why: FileProblem.notRegular))
        return nil
      }
      do {
        return try Source(contentsOf: folder + name, limit: limits.bytes)
      } catch {
        diagnostics.append(.unreadable(folder + name, why: error))
        return nil
      }
    }
  }

  /// What a policy file may at most be: ten thousand rules are some four million bytes.
  static let limits: YAMLLimits = {
    var limits = YAMLLimits()
    limits.bytes = 8 << 20
    limits.mistakes = 1000
    return limits
  }()
}

extension Source {
  /// The text of a file, named by its path; at most one byte more than the limit is read, so that the
  /// reader's own limit refuses a larger file and none can fill the memory.
  ///
  /// - Throws: What the system says when the file can't be read; a `FileProblem` when it is a folder, or
  ///   holds no text in UTF-8.
  public convenience init(contentsOf path: String, limit: Int) throws {
    guard PathKind(at: path) != .folder else { throw FileProblem.folder }
    let file = try FileHandle(forReadingFrom: URL(filePath: path.literalPath))
    defer { try? file.close() }
    let data = try file.read(upToCount: limit + 1) ?? Data()
    if let content = PackedContent(data) { throw FileProblem.packed(content) }
    self.init(name: path, bytes: Array(data))
  }
}

extension Diagnostic {
  static func noPolicyFiles(_ path: String) -> Diagnostic {
    Diagnostic(
      code: .noPolicyFiles, "'\(path)' has no policy files", at: nil,
      help: "policy files end in .yaml; --policies names another folder")
  }

  static func fileForFolder(_ path: String, isFile: Bool) -> Diagnostic {
    Diagnostic(
      code: .unreadable,
      "'\(path)' can't be read: "
        + (isFile ? "this is a file, and --policies takes the folder" : "it is not a folder"),
      at: nil, help: isFile ? nil : folderHelp)
  }

  /// How the folder of the policy files is named.
  static let folderHelp = "--policies DIR names the folder of the policy files"
}
