public import Diagnostics
import Foundation
import PolicyEngine
import YAML

/// Finds and reads fixture files.
public enum FixtureFiles {
  /// The files that paths name, as sources: files themselves, and of folders all `.yaml` and `.yml` files
  /// in them and in the folders below, in the order of their names.
  public static func sources(
    at paths: [String], into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    paths.flatMap { path -> [Source] in
      let count = diagnostics.count
      let files = Self.files(at: path) { diagnostics.append(.unreadable($0, why: $1)) }
      guard diagnostics.count == count || !files.isEmpty else { return [] }
      if files.isEmpty {
        diagnostics.append(
          Diagnostic(
            code: .noFixtureFiles, "'\(path)' has no fixture files", at: nil,
            help: "fixture files end in .yaml; the policies' own are in the folder 'fixtures'"))
      }
      return files.compactMap { file in
        // Reading a pipe that lies there would wait for somebody to write into it.
        if file != path, PathKind(at: file) == .other {
          diagnostics.append(.unreadable(file, why: FileProblem.notRegular))
          return nil
        }
        do {
          return try read(file)
        } catch {
          diagnostics.append(.unreadable(file, why: error))
          return nil
        }
      }
    }
  }

  /// The text of a file.
  ///
  /// - Throws: What the system says when it can't be read.
  public static func read(_ path: String) throws -> Source {
    try Source(contentsOf: path, limit: YAMLLimits().bytes)
  }

  /// The text of the session file that a case starts from.
  ///
  /// - Throws: What the system says when it can't be read, or that it is not a regular file: reading a pipe
  ///   would wait for somebody to write into it.
  public static func readBase(_ path: String) throws -> Source {
    if PathKind(at: path) == .other { throw FileProblem.notRegular }
    return try read(path)
  }

  /// The path of a base as a fixture file names it, from where the fixture file is found.
  package static func path(ofBase base: String, namedIn fixtureFile: String) -> String {
    base.hasPrefix("/") ? base : (fixtureFile.folder + base).withoutParentSteps
  }

  /// The paths of the fixture files that a path names; the path itself unless it is a folder.
  ///
  /// Links are followed: cases behind one are not to be passed over. `report` gets the folders that can't
  /// be read, for the same reason.
  static func files(
    at path: String, report: (_ folder: String, any Error) -> Void = { _, _ in }
  ) -> [String] {
    var seen: Set<String> = []
    return files(at: path, seen: &seen, report: report)
  }

  private static func files(
    at path: String, seen: inout Set<String>, report: (String, any Error) -> Void
  ) -> [String] {
    guard PathKind(at: path) == .folder else { return [path] }
    // A link may lead back to where it stands.
    guard seen.insert(URL(filePath: path.literalPath).resolvingSymlinksInPath().path).inserted
    else {
      return []
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path.literalPath)
    } catch {
      report(path, error)
      return []
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let inside = folder + name
      if PathKind(at: inside) == .folder {
        return files(at: inside, seen: &seen, report: report)
      }
      // A file is not to be passed over because of how the ending is written.
      let isYAML = [".yaml", ".yml"].contains { name.lowercased().hasSuffix($0) }
      return isYAML ? [inside] : []
    }
  }
}

extension String {
  /// The folder of a path, ending in a slash; empty for a file without one.
  fileprivate var folder: String {
    lastIndex(of: "/").map { String(self[...$0]) } ?? ""
  }

  /// The path with `a/..` and `.` left out.
  fileprivate var withoutParentSteps: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
