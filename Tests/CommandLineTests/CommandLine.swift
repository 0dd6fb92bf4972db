import Foundation
import TestSupport

/// Runs the program in the package's folder, for the date that the examples are written for.
func tutorpolicy(
  _ arguments: String..., input: String = "", environment: [String: String] = [:]
) async throws -> CommandResult {
  try await runCommand(
    builtProduct("tutorpolicy"), arguments, standardInput: Data(input.utf8),
    environment: ["NO_COLOR": "", "COLUMNS": "100"].merging(environment) { $1 })
}

/// The date that the examples are decided for.
let today = "--today=2026-11-23"

/// The names of the files in a folder of the package, in order.
func files(in folder: String, withExtensions extensions: Set<String>) -> [String] {
  let url = packageRoot.appending(path: folder)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  return names.sorted().filter { extensions.contains(URL(filePath: $0).pathExtension) }
}

extension CommandResult {
  /// What was printed, without what it was decided by and from: that changes with every edit of a policy.
  var steadyOutput: String {
    standardOutput.replacing(/\ndecided by policies [^\n]*\n(?:[^\n]+\n)*/, with: "")
      .replacing(/,\n *"decidedBy": \{[^}]*\}/, with: "")
      .replacing(/,"decidedBy":\{[^}]*\}/, with: "")
  }
}

extension String {
  /// The text with `(digest)` for the first digits of one, and `(release)` for that of the time zone data.
  var withoutDigests: String {
    replacing(/\b[0-9a-f]{12}\b/, with: "(digest)")
      .replacing(/time zone data \d{4}[a-z]+/, with: "time zone data (release)")
  }
}
