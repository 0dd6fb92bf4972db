import Diagnostics

/// What is wrong with zips.
extension Diagnostic {
  static func refusedZip(_ source: Source, _ what: String, help: String) -> Diagnostic {
    Diagnostic(
      code: .unreadableZip, "nothing was read from '\(source.name)': \(what)", at: nil,
      help: help)
  }

  static func notATable(_ name: String, in source: Source) -> Diagnostic {
    Diagnostic(
      .warning, code: .unknownFile,
      "'\(name)' in '\(source.name)' does not end in .csv; it was not read", at: nil)
  }
}
