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
      let files = Self.files(at: path)
      if files.isEmpty {
        diagnostics.append(
          Diagnostic(
            code: "no-fixture-files", "'\(path)' has no fixture files", at: nil,
            help: "fixture files end in .yaml; the policies' own are in the folder 'fixtures'"))
      }
      return files.compactMap { file in
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

  /// The paths of the fixture files that a path names; the path itself unless it is a folder.
  static func files(at path: String) -> [String] {
    let files = FileManager.default
    let attributes = try? files.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeDirectory else { return [path] }
    let folder = path.hasSuffix("/") ? path : path + "/"
    let names = (try? files.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let inside = folder + name
      let attributes = try? files.attributesOfItem(atPath: inside)
      if attributes?[.type] as? FileAttributeType == .typeDirectory {
        return Self.files(at: inside)
      }
      // A file is not to be passed over because of how the ending is written.
      let isYAML = [".yaml", ".yml"].contains { name.lowercased().hasSuffix($0) }
      return isYAML ? [inside] : []
    }
  }
}
