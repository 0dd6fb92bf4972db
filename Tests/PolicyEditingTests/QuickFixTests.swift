import Diagnostics
import Foundation
import PolicyEditing
import PolicyEngine
import TestSupport
import Testing

/// Every help that names the right thing is an edit, too.
@Suite struct QuickFixTests {
  private static let folder = packageRoot.appending(
    path: "Tests/PolicyEngineTests/Fixtures/mistakes")
  /// The files of policies with mistakes, each a policy set by itself.
  private static let files =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  @Test func `there are files with mistakes`() { #expect(Self.files.count > 30) }

  @Test(arguments: files)
  func `a nearest right name can be taken, and the mistake is gone`(file: String) throws {
    let source = Source(
      name: file, bytes: Array(try Data(contentsOf: Self.folder.appending(path: file))))
    for mistake in PolicySet.load([source]).diagnostics {
      guard let help = mistake.help, help.contains(/did you mean '[^']+'\?/) else { continue }
      let fix = QuickFix.all(for: mistake).first
      #expect(fix?.isPreferred == true, "\(mistake.message): \(help)")
      guard let fix else { continue }
      let fixed = Source(name: file, bytes: source.bytes(applying: fix.edits))
      let place = mistake.range?.start
      let after = PolicySet.load([fixed]).diagnostics
      #expect(
        !after.contains { $0.message == mistake.message && $0.range?.start == place },
        "\(mistake.message) is still there after '\(fix.title)'")
    }
  }
}
