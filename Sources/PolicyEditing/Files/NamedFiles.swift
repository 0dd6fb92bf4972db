package import Diagnostics
import Foundation
import PolicyEngine
import YAML

/// Finds the files that a person names.
package enum NamedFiles {
  private static let endings = [".yaml", ".yml", ".json", ".ndjson", ".jsonl"]

  /// The files that paths name, as sources: files themselves, and of folders the YAML, JSON and NDJSON files in
  /// them, in the order of their names.
  package static func sources(
    at paths: [String], into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    var sources: [Source] = []
    for path in paths {
      for file in files(at: path) {
        do {
          sources.append(try Source(contentsOf: file, limit: YAMLLimits().bytes))
        } catch {
          diagnostics.append(.unreadable(file, why: error))
        }
      }
    }
    return sources
  }

  private static func files(at path: String) -> [String] {
    guard PathKind(at: path) == .folder else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.literalPath)) ?? []
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().filter { name in
      !name.hasPrefix(".") && endings.contains { name.lowercased().hasSuffix($0) }
        && PathKind(at: folder + name) == .regular
    }.map { folder + $0 }
  }
}
