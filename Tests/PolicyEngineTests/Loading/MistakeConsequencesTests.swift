import Diagnostics
import PolicyEngine
import Testing

/// Mistakes that come of others: each is said once, at its place.
@Suite struct MistakeConsequencesTests {
  private static let vocabulary = """
    document: {session: Session}
    governedBy: session.date
    types: {Session: {facts: {date: date, minutes: int}}}
    decisions: {pay: {title: Pay, about: Session}}
    """

  private static func rule(_ condition: String) -> String {
    """
    rules:
      - rule: short
        title: Short
        decides: [pay]
        require: \(condition)
    """
  }

  private func messages(_ files: String...) -> [String] {
    PolicySet.load(
      files.enumerated().map { Source(name: "\($0).yaml", text: $1) }
    ).diagnostics.map(\.message)
  }

  @Test(arguments: [
    "most: {type: [}", "most: {type: int, values: {2020-01-01: 60}", "most: 'int",
  ])
  func `what a file that can't be read may declare is no mistake in another`(parameter: String) {
    let messages = messages(
      Self.vocabulary, "parameters:\n  \(parameter)\n", Self.rule("session.minutes <= most"))
    #expect(messages.count == 1, "\(messages)")
    #expect(!messages.contains { $0.contains("is not known here") })
  }

  @Test func `a slip in a name that is known stays one`() {
    let messages = messages(
      Self.vocabulary, "parameters:\n  most: {type: [}\n", Self.rule("session.minuts <= most"))
    #expect(messages.count == 2, "\(messages)")
    #expect(messages.contains { $0.contains("'minuts'") })
  }

  @Test(arguments: [
    "5", "{type: nonsense, values: {2020-01-01: 1}}", "{values: {2020-01-01: 1}}",
    "{type: int, values: 5}", "{type: int?, values: {2020-01-01: 1}}",
  ])
  func `a parameter with a mistake is known all the same`(parameter: String) {
    let messages = messages(
      Self.vocabulary, "parameters: {most: \(parameter)}\n", Self.rule("session.minutes <= most"))
    #expect(messages.count == 1, "\(messages)")
  }

  @Test(arguments: [
    ("facts: {date: date, most: strng}", "'strng'"),
    ("facts: {date: date, most: {typ: int}}", "'typ'"),
    ("facts: {date: date, most: 5}", "'5'"), ("facts: {date: date, most: Level}", "Level"),
  ])
  func `a fact with a mistake is known all the same`(facts: String, word: String) {
    let vocabulary = """
      document: {session: Session}
      governedBy: session.date
      enumerations: {Level: 5}
      types: {Session: {\(facts)}}
      decisions: {pay: {title: Pay, about: Session}}
      """
    let messages = messages(vocabulary, Self.rule("session.most == 1"))
    #expect(!messages.contains { $0.contains("'most' is ") }, "\(messages)")
    #expect(messages.contains { $0.contains(word) }, "\(messages)")
  }

  @Test func `a quote needs its source`() {
    let quoted = Self.rule("session.minutes <= 60") + "\n    quote: At most an hour.\n"
    #expect(messages(Self.vocabulary, quoted) == ["a quote needs the place that it is quoted from"])
    #expect(messages(Self.vocabulary, quoted + "    source: Hours, 1\n") == [])
  }
}
