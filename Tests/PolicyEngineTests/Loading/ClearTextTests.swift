import Diagnostics
import PolicyEngine
import Testing

/// What YAML reads as it was meant is taken, and what it splits is refused in words that say so.
@Suite struct ClearTextTests {
  private func messages(_ text: String) throws -> [Diagnostic] {
    PolicySet.load([try MistakenFile.base(), Source(name: "text.yaml", text: text)]).diagnostics
  }

  @Test(arguments: [
    "types: {Plan: {facts: {a: {type: bool?, label: the tutor's plan, changedBy: tutor}}}}",
    "types: {Plan: {facts: {a: {type: bool?, label: the tutors' plan, changedBy: tutor}}}}",
    "types: {Plan: {facts: {a: {type: bool?, label: end (absent, changedBy: tutor}}}}",
    "types: {Plan: {facts: {a: {type: bool?, label: the tutor's plan  # whose\n  }}}}",
    "enumerations: {Mark: {a: the tutor's, b: another (of two, c: c}}",
    "parameters: {names: {type: [string], values: {2020-01-01: [Grandparents' Day, Teachers' Day]}}}",
  ])
  func `a text with an apostrophe or a bracket stands without quotes`(text: String) throws {
    #expect(try messages(text).map(\.message) == [])
  }

  @Test(arguments: [
    ("(has(session.end) ? session.id : '') != ''", ":"),
    ("has(session.end) ? session.id != '' : true", ":"),
    ("session.tags.all(t, {'a': t} != {})", ":"),
  ])
  func `a condition of a list that YAML splits at a colon is refused`(
    condition: String, marked: String
  ) throws {
    let found = try messages(
      """
      rules:
        - rule: split
          title: Split
          decides: [payment]
          require:
            all:
              - \(condition)
              - a part: has(session.end)
      """)
    #expect(
      found.map(\.message) == [
        "': ' can't stand in a text without quotes, where it would end a key"
      ])
    #expect(found.first?.range?.text == marked)
    #expect(found.first?.help == "put all of it in quotes: \"\(condition)\"")
  }

  @Test func `a label may ask a question`() throws {
    #expect(
      try messages(
        """
        rules:
          - rule: asked
            title: Asked
            decides: [payment]
            require:
              any:
                - has it ended?: has(session.end)
                - (or is it "open"): "!has(session.end)"
        """
      ).map(\.message) == [])
  }
}
