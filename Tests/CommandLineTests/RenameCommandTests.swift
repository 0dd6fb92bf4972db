import Foundation
import TestSupport
import Testing

@Suite struct RenameCommandTests {
  private static let policy = """
    document: {order: Order}
    governedBy: order.day
    types:
      Order:
        facts: {day: date, size: int}   # what comes in
    decisions: {ship: {title: Shipping, about: Order, verdicts: {pass: goes, fail: stays}}}
    rules:
      - rule: small
        title: An order is small
        decides: [ship]
        require: order.size < 10
        because: Its size is {order.size}.
        fix: Make it smaller.
    """
  private static let fixtures = """
    topic: Orders
    base: ../base.yaml
    today: 2026-01-01
    cases:
      - {case: large, change: {size: 12}, expect: {decisions: {ship: fail}, violated: [small]}}
      - {case: text, change: {size: x}, expect: {mistake: size}}
    """

  @Test func `every file is edited, and nothing but the name`() async throws {
    let folder = try Folder(files: [
      "p/policies.yaml": Self.policy,
      "p/fixtures/orders.yaml": Self.fixtures.replacing("../base", with: "../../base"),
      "base.yaml": "day: 2026-01-01\nsize: 1   # small\n",
      "more/stream.ndjson": "{\"day\":\"2026-01-01\",\"size\":1}\n\n{\"size\":2}\n",
    ])
    let renamed = try await tutorpolicy(
      "rename", "fact:order.size", "pieces", folder.path + "/more", "--policies",
      folder.path + "/p")
    #expect(renamed.standardOutput == "fact:Order.size is now 'pieces': 8 places in 4 files\n")
    // A message that a case expects says the old name, and is for a person to change.
    #expect(renamed.status == 1)
    #expect(renamed.standardError.contains("the case 'Orders › text' no longer passes"))
    func text(_ name: String) throws -> String {
      try String(contentsOf: URL(filePath: folder.path).appending(path: name), encoding: .utf8)
    }
    #expect(
      try text("p/policies.yaml")
        == Self.policy.replacing("size: int", with: "pieces: int")
        .replacing("order.size", with: "order.pieces"))
    #expect(try text("base.yaml") == "day: 2026-01-01\npieces: 1   # small\n")
    #expect(
      try text("more/stream.ndjson")
        == "{\"day\":\"2026-01-01\",\"pieces\":1}\n\n{\"pieces\":2}\n")
    let tested = try await tutorpolicy("validate", "--policies", folder.path + "/p")
    #expect(tested.status == 0, "\(tested.standardOutput)")
  }

  @Test func `what can't be done leaves the files as they are`() async throws {
    let before = try String(
      contentsOf: packageRoot.appending(path: "policies/vocabulary.yaml"), encoding: .utf8)
    for (old, new) in [("homebound", "atHome"), ("Encounter.subject", "for"), ("nothing", "x")] {
      let result = try await tutorpolicy("rename", old, new)
      #expect(result.status == 2)
      #expect(result.standardOutput == "")
      #expect(result.standardError.hasSuffix("nothing was renamed\n"))
    }
    let broken = try Folder(files: ["a.yaml": "document: {session: Sesion}\n"])
    let result = try await tutorpolicy("rename", "a", "b", "--policies", broken.path)
    #expect(result.status == 3)
    let missing = try await tutorpolicy("rename", "backfillDays", "days", "nowhere.yaml")
    #expect(missing.status == 4)
    #expect(
      try String(
        contentsOf: packageRoot.appending(path: "policies/vocabulary.yaml"), encoding: .utf8)
        == before)
  }
}
