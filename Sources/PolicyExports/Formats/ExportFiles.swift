package import Diagnostics
import Foundation
package import PolicyEngine
import YAML

/// Finds and reads the files of exports and of reports in a policies' folder.
package enum ExportFiles {
  /// The export files of a policies' folder, as sources, in the order of their names; none where it has none.
  package static func sources(
    inPolicies folder: String, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    sources(in: "exports", of: folder, into: &diagnostics)
  }

  /// The report files of a policies' folder, in the same way.
  package static func reports(
    inPolicies folder: String, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    sources(in: "reports", of: folder, into: &diagnostics)
  }

  private static func sources(
    in name: String, of folder: String, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    let path = folder + (folder.hasSuffix("/") ? name : "/" + name)
    guard PathKind(at: path) == .folder,
      let names = try? FileManager.default.contentsOfDirectory(atPath: path.literalPath)
    else { return [] }
    var sources: [Source] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let file = "\(path)/\(name)"
      guard [".yaml", ".yml"].contains(where: { name.lowercased().hasSuffix($0) }),
        PathKind(at: file) == .regular
      else { continue }
      do {
        sources.append(try Source(contentsOf: file, limit: YAMLLimits().bytes))
      } catch {
        diagnostics.append(.unreadable(file, why: error))
      }
    }
    return sources
  }
}

extension ExportFormat {
  /// The export formats of a policies' folder; those of files with a mistake, which is reported, are left out.
  package static func all(
    inPolicies folder: String, of policies: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> [ExportFormat] {
    let sources = ExportFiles.sources(inPolicies: folder, into: &diagnostics)
    return load(sources, policies: policies, into: &diagnostics)
  }
}
