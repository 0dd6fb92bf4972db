import Diagnostics
import Foundation
import PolicyEditing
import PolicyEngine
import TestSupport
import Testing

@Suite struct RenameTests {
  /// What is refused says why and where: the text under the place.
  @Test(
    arguments: [
      ("fact:Encounter.roomNumber", "room", "unknown-name", "", nil),
      ("schoolHeldAtt", "heldAt", "unknown-name", "", "did you mean 'schoolHeldAt'?"),
      ("fact:schoolHeldAt", "heldAt", "unknown-name", "", nil),
      ("subject", "topic", "ambiguous-name", "", nil),
      ("Encounter.subject", "for", "invalid-name", "subject", nil),
      ("Encounter.subject", "school day", "invalid-name", "subject", nil),
      ("Encounter.subject", "student", "name-taken", "student", nil),
      ("Encounter.subject", "hasLowGrade", "name-taken", "hasLowGrade", nil),
      ("Encounter.subject", "subject", "same-name", "", nil),
      ("backfillDays", "session", "name-taken", "session", nil),
      ("backfillDays", "today", "name-taken", "today", nil),
      ("backfillDays", "schoolNames", "name-taken", "schoolNames", nil),
      ("careerLadderGoals", "t", "name-taken", "t", nil),
      ("has-work-order", "Has work order", "invalid-name", "has-work-order", nil),
      ("has-work-order", "session-finished", "name-taken", "session-finished", nil),
      ("case:WorkOrderKind.homebound", "detention", "name-taken", "detention", nil),
      ("case:WorkOrderKind.homebound", "it's", "invalid-name", "homebound", nil),
      ("type:Encounter", "Session", "name-taken", "Session", nil),
      ("type:Encounter", "string", "name-taken", "string", nil),
    ] as [(String, String, String, String, String?)])
  func `refuses with a reason and a place`(
    old: String, new: String, code: String, underlined: String, help: String?
  ) throws {
    let refusal = try #require(throws: RenameRefusal.self) {
      try Rename(old, to: new, in: ShippedFolder.folder)
    }
    let first = try #require(refusal.diagnostics.first)
    #expect(first.code.rawValue == code, "\(first.message)")
    #expect(first.range?.text ?? "" == underlined, "\(first.message)")
    if let help { #expect(first.help == help) }
  }

  @Test func `asks which one is meant`() throws {
    let refusal = try #require(throws: RenameRefusal.self) {
      try Rename("homebound", to: "atHome", in: ShippedFolder.folder)
    }
    #expect(
      refusal.diagnostics.first?.help
        == "say which: 'case:WorkOrderKind.homebound', 'fact:Qualifiers.homebound'")
    #expect(refusal.diagnostics.first?.notes.map { $0.range?.text } == ["homebound", "homebound"])
  }

  @Test func `a type is called by its new name in its rules`() throws {
    let rename = try Rename("type:Encounter", to: "Visit", in: ShippedFolder.folder)
    let written = Set(rename.edits.flatMap { $0.edits.map { "\($0.range.text) \($0.text)" } })
    #expect(written == ["Encounter Visit", "encounter visit"])
  }

  @Test func `a rule's readers in every style keep their quotes`() throws {
    let folder = try policyFolder([
      "a.yaml": """
      document: {"d": D}
      governedBy: d.day
      types:
        D:
          facts:
            day: date
            "kind": K
            'note': string?
      enumerations: {K: {one: One, "two": Two}}
      parameters:
        limits: {type: {K: int}, values: {2020-01-01: {"one": 1, 'two': 2}}}
      decisions: {pay: {title: Pay, about: D, lint: {decision-without-rule: none yet}}}
      rules:
        - rule: r
          title: T
          decides: 'pay'
          when: "d.kind == \\"two\\" || d.kind == 'two'"
          require: >-
            has(d.note)
              && limits["two"] > 1   
          because: 'It''s {d.kind == ''two'' ? d.note : "two"}'
          fix: |
            Do it.
      """
    ])
    let rename = try Rename("case:K.two", to: "2", in: folder)
    let text = String(decoding: try #require(rename.texts.values.first).bytes, as: UTF8.self)
    #expect(text.contains(#"{one: One, "2": Two}"#))
    #expect(text.contains(#"{"one": 1, '2': 2}"#))
    #expect(text.contains(#""d.kind == \"2\" || d.kind == '2'""#))
    #expect(text.contains(#"limits["2"] > 1   "#))
    #expect(text.contains(#"{d.kind == ''2'' ? d.note : "two"}"#))
    #expect(rename.remarks.map(\.code) == [.textKept])
    let fact = try Rename("note", to: "remark", in: folder)
    #expect(fact.edits.flatMap { $0.edits.map(\.text) } == ["remark", "remark", "remark"])
  }

  /// A folder of files, which stays until the process ends.
  private func policyFolder(_ files: [String: String]) throws -> PolicyFolder {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    return PolicyFolder(folder.path)
  }
}
