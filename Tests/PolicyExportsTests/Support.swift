import Diagnostics
import Foundation
import PolicyEngine
import PolicyExports
import TestSupport
import Testing

/// The folder of the shipped policies.
let shippedFolder = packageRoot.appending(path: "policies").path

/// The shipped policies.
func shippedPolicies() throws -> PolicySet {
  try #require(PolicySet.load(directory: shippedFolder).policies)
}

/// An export file with some columns.
func file(columns: String) -> String {
  """
  export: test
  title: Test
  decision: export
  about: Session
  minutes: (session.end - session.start).getMinutes()
  corrections: rows
  lines: [In, Out]
  columns:

  """ + columns
}

/// The format that a text holds, with the mistakes in it.
func load(_ text: String) throws -> (format: ExportFormat?, mistakes: [Diagnostic]) {
  var mistakes: [Diagnostic] = []
  let formats = ExportFormat.load(
    [Source(name: "test.yaml", text: text)], policies: try shippedPolicies(), into: &mistakes)
  return (formats.first, mistakes)
}
