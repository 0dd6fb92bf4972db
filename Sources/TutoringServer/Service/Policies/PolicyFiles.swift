#if Server
import Diagnostics
import Foundation
import PolicyEngine
import PolicyExports

/// The files of a policies' folder, as they are or as they would be.
struct PolicyFiles {
  private(set) var policies: [Source]
  let exports: [Source]
  let reports: [Source]
  private let mistakes: [Diagnostic]

  /// The files as they are.
  init(in folder: String) {
    var mistakes: [Diagnostic] = []
    policies = PolicySet.sources(inDirectory: folder)
    exports = ExportFiles.sources(inPolicies: folder, into: &mistakes)
    reports = ExportFiles.reports(inPolicies: folder, into: &mistakes)
    self.mistakes = mistakes
  }

  /// What the files are told apart by.
  var contents: [FileContent] { (policies + exports + reports).map(FileContent.init) }

  /// The files with another text in one of them.
  func replacing(_ file: PolicyFile, with text: String) -> PolicyFiles {
    var files = self
    files.policies = policies.map { source in
      source.lastName == file.name ? Source(name: source.name, text: text) : source
    }
    return files
  }

  /// What the files say; nothing where they have an error.
  func read(
    folder: String, clock: DistrictClock
  ) -> (taken: PolicyKeeper.Taken?, diagnostics: [Diagnostic]) {
    let result = policies.isEmpty ? PolicySet.load(directory: folder) : PolicySet.load(policies)
    guard let set = result.policies else { return (nil, result.diagnostics) }
    var diagnostics = result.diagnostics + mistakes
    let formats = ExportFormat.load(exports, policies: set, into: &diagnostics)
    let counts = ReportFormat.load(reports, policies: set, into: &diagnostics)
    guard !diagnostics.hasErrors else { return (nil, diagnostics) }
    return (
      PolicyKeeper.Taken(
        set, sources: policies, exports: formats, reports: counts, warnings: diagnostics,
        clock: clock), diagnostics
    )
  }
}

/// A file by its name and bytes.
struct FileContent: Equatable {
  let name: String
  let bytes: [UInt8]

  init(_ source: Source) {
    name = source.name
    bytes = source.bytes
  }
}

/// A file of the policies as it stands in the folder.
package struct PolicyFile: Hashable, Sendable {
  /// The name, without its folder.
  package let name: String
  /// The text.
  package let text: String
  /// What tells the text from others.
  package let digest: String

  /// The file of a source; nil where that is no text.
  init?(_ source: Source) {
    guard let text = String(validating: source.bytes, as: UTF8.self) else { return nil }
    name = source.lastName
    self.text = text
    digest = SHA256.hexDigest(of: source.bytes)
  }

  /// What a form sent of the text, with the line breaks that the file has: browsers send their own.
  func text(ofForm sent: String) -> String {
    let plain = sent.replacing("\r\n", with: "\n")
    return text.utf8.contains(UInt8(ascii: "\r")) ? plain.replacing("\n", with: "\r\n") : plain
  }
}

extension Source {
  /// The name without the folders in front.
  var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }
}
#endif
