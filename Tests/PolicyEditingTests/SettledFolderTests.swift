import Foundation
import Diagnostics
import PolicyEditing
import PolicyTesting
import TestSupport
import Testing

/// What is taken over from before an edit is what trying everything would give.
@Suite struct SettledFolderTests {
  private static let settled = SettledFolder(
    FolderCases(LoadedFolder(ShippedFolder.folder)))

  @Test(
    arguments: [
      // A remark moves places, and decides nothing. A case with a mistake is left out.
      ("work-orders.yaml", "rules:", "# a remark\nrules:", true),
      ("work-orders.yaml", "require: has(session.workOrder)", "require: true", false),
      ("work-orders.yaml", "{2015-07-01: 7}", "{2015-07-01: 8}", false),
      ("work-orders.yaml", "severity: warning\n    require: date", "require: date", false),
      ("work-orders.yaml", "decides: [payment]", "decides: [export]", true),
      ("vocabulary.yaml", "\nenumerations:", "\n# a remark\nenumerations:", true),
      ("ending.yaml", "  - rule: session-finished", "  - rule: session-ended", true),
    ] as [(String, String, String, Bool)])
  func `cases come out as when all are tried`(
    file: String, old: String, new: String, isSame: Bool
  ) throws {
    let before = try #require(Self.settled)
    let folder = ShippedFolder.folder
    let source = try #require(folder.policies.first { $0.name.hasSuffix("/" + file) })
    let text = source.text(in: 0..<source.bytes.count)
    let range = try #require(text.range(of: old))
    let changed = folder.replacing([
      source.name: Source(name: source.name, text: text.replacingCharacters(in: range, with: new))
    ])
    let loaded = LoadedFolder(changed, after: before.cases.loaded)
    let fresh = FolderCheck(changed)
    let check = FolderCheck(FolderCases(loaded, after: before.cases))
    #expect(check.validation.map(\.message) == fresh.validation.map(\.message))
    #expect(check.fixtureMistakes.map(\.message) == fresh.fixtureMistakes.map(\.message))
    guard fresh.policies != nil else { return }
    let after = try #require(SettledFolder(check.cases, after: before))
    let whole = try #require(fresh.run())
    #expect(after.run.failures.map(\.fixture.title) == whole.failures.map(\.fixture.title))
    #expect(after.run.diagnostics.map(\.message) == whole.diagnostics.map(\.message))
    #expect(after.run.passes == isSame, "the edit was to break a case, or to break none")
    #expect(after.tried < whole.count / 2, "\(after.tried) of \(whole.count) cases were tried")
  }
}
