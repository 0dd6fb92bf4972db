import Diagnostics
import PolicyEngine
import PolicyTesting
import Testing

/// A case that could pass for no reason is no case: each of these must be refused.
@Suite struct FixtureMistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let lines: String
    let message: String
    var help: String? = nil
    var testDescription: String { lines }
  }

  static let mistakes = [
    Mistake(
      lines: "expect: {decisions: {lned: pass}}",
      message: "'lned' is not a decision of these policies", help: "did you mean 'lend'?"),
    Mistake(
      lines: "expect: {decisions: {lend: granted}}",
      message: "a decision is 'pass', 'fail' or 'undetermined'",
      help: "write 'pass' for 'granted'"),
    Mistake(
      lines: "expect: {decisions: {lend: fail}}",
      message: "'lend' is expected to fail, and no rule is named that makes it so"),
    Mistake(
      lines: "expect: {decisions: {lend: undetermined}}",
      message: "'lend' is expected to be undetermined, and no rule is named that makes it so"),
    Mistake(
      lines: "expect: {violated: [has-crd]}", message: "'has-crd' is not a rule of these policies",
      help: "did you mean 'has-card'?"),
    Mistake(
      lines: "expect: {violated: [has-notes]}",
      message: "'has-notes' only warns, so it is never found under 'violated'"),
    Mistake(
      lines: "expect: {warnings: [has-card]}",
      message: "'has-card' is not a warning, so it is never found under 'warnings'"),
    Mistake(
      lines: "expect: {violated: [one-note]}",
      message: "'one-note' has no say in what this case decides",
      help: "name one of its decisions under 'decisions': note"),
    Mistake(
      lines: "expect: {violated: {includes: []}}",
      message: "'includes' needs a list of rules: every session includes none"),
    Mistake(lines: "expect: {}", message: "nothing is expected here"),
    Mistake(lines: "expect: {decisions: {}}", message: "nothing is expected here"),
    Mistake(lines: "expect: {fix: {has-card: {}}}", message: "nothing is expected here"),
    Mistake(lines: "expect: {outcomes: {has-card: {}}}", message: "nothing is expected here"),
    Mistake(
      lines: "expect: {reason: {has-card: \" \"}}",
      message: "this has no word, and almost every text contains it"),
    Mistake(
      lines: "expect: {reason: {has-card: \".\"}}",
      message: "this has no word, and almost every text contains it",
      help: "write at least a word that tells this text from others"),
    Mistake(
      lines: "expect: {fix: {has-card: {do: a}}}",
      message: "this has no word, and almost every text contains it"),
    Mistake(
      lines: "change: {due: x}\nexpect: {mistake: e}",
      message: "this has no word, and almost every text contains it"),
    Mistake(
      lines: "expect: {outcomes: {has-card: satisfyed}}",
      message: "this is not an outcome of a rule", help: "did you mean 'satisfied'?"),
    Mistake(
      lines: "expect: {decisons: {lend: pass}}", message: "'decisons' is not a key of 'expect'",
      help: "did you mean 'decisions'?"),
    Mistake(
      lines: "expect: {terms: {loan.limt: 2026-03-29}}",
      message: "'limt' is not a term of Loan of these policies", help: "did you mean 'limit'?"),
    Mistake(
      lines: "expect: {terms: {loan.limit: soon}}",
      message:
        "this must be a date such as 2026-07-01, and is 'soon'"),
    Mistake(
      lines: "expect: {parameters: {dyas: 28}}",
      message: "'dyas' is not a parameter of these policies", help: "did you mean 'days'?"),
    Mistake(
      lines: "expect: {mistake: due, violated: []}",
      message: "a session that is refused is not decided: with 'mistake', nothing else can be "
        + "expected"),
    Mistake(
      lines: "change: {deu: 2026-03-30}\nexpect: {violated: []}",
      message: "'deu' is not a fact of Loan", help: "did you mean 'due'?"),
    Mistake(
      lines: "change: {limit: 2026-03-30}\nexpect: {violated: []}",
      message: "'limit' is not a fact of Loan",
      help: "'limit' is a term: it follows from facts; change these"),
    Mistake(
      lines: "change: {due: 2026-03-29}\nexpect: {violated: []}",
      message: "'due' is so already: this changes nothing"),
    Mistake(
      lines: "change: {card: null}\nremove: [card]\nexpect: {violated: [has-card]}",
      message: "'card' is so already: this changes nothing"),
    Mistake(
      lines: "remove: [\"notes[1]\"]\nexpect: {violated: []}",
      message: "'notes[1]' asks for element 1, and the list has 1 (counted from 0)"),
    Mistake(
      lines: "change: {card..number: x}\nexpect: {violated: []}",
      message: "'card..number' is not a path to a fact"),
    Mistake(
      lines: "change: {card: null, card.number: x}\nexpect: {violated: []}",
      message: "the session has nothing at 'card.number' that could be changed in part"),
    Mistake(
      lines: "change: {kind: flim}\nexpect: {violated: []}",
      message: "'flim' is not a Kind", help: "did you mean 'film'?"),
    Mistake(
      lines: "change: {due: 2026-02-30}\nexpect: {violated: []}",
      message: "2026-02-30"),
    Mistake(
      lines: "base: ../bases/lone.yaml\nexpect: {violated: []}",
      message: "the session 'bases/lone.yaml' can't be read"),
    Mistake(
      lines: "expct: {violated: []}", message: "'expct' is not a key of a case",
      help: "did you mean 'expect'?"),
  ]

  @Test(arguments: mistakes)
  func `a case that could pass for no reason is refused`(mistake: Mistake) throws {
    let (suite, diagnostics) = try load(file(case: mistake.lines))
    let found = try #require(
      diagnostics.first { $0.message.contains(mistake.message) },
      "\(diagnostics.map(\.message))")
    if let help = mistake.help { #expect(found.help == help) }
    #expect(found.severity == .error)
    #expect(found.range != nil)
    #expect(suite.cases.isEmpty)
  }

  static let files = [
    ("topic: Loans\ncases: []\n", "there is no case in here, so nothing would be tried"),
    ("topic: Loans\n", "a fixture file needs 'cases'"),
    ("cases: []\n", "a fixture file needs 'topic'"),
    ("", "a fixture file holds one document"),
    ("topic: a\ncases: []\n---\ntopic: b\ncases: []\n", "a fixture file holds one document"),
    ("topic: Loans\ncase:\n  - case: it\n", "'case' is not a key of a fixture file"),
    (
      "topic: Loans\ntoday: 2026-03-02\ncases:\n  - case: it\n    expect: {violated: []}\n",
      "nothing says which session this case starts from"
    ),
    (
      "topic: Loans\nbase: \(loan)\ncases:\n  - case: it\n    expect: {violated: []}\n",
      "nothing says for which date this case is decided"
    ),
    (
      file(case: "expect: {violated: []}")
        + "  - case: it\n    expect: {decisions: {lend: pass}}\n",
      "case 'it' of topic 'Loans' is declared a second time"
    ),
  ]

  @Test(arguments: files)
  func `a file that would try nothing is refused`(text: String, message: String) throws {
    let (_, diagnostics) = try load(text)
    #expect(
      diagnostics.contains { $0.message.contains(message) }, "\(diagnostics.map(\.message))")
  }

  @Test func `what a file says wrongly for all cases is told once`() throws {
    let (suite, diagnostics) = try load(
      """
      topic: Loans
      base: no-such-file.yaml
      today: tomorrow
      cases:
        - case: it
          expect: {violated: []}
        - case: another
          expect: {decisions: {lned: pass}, violated: []}
        - table: more
          columns: {change: [due], expect: [lend]}
          rows: {a: [2026-03-28, pass]}
      """)
    #expect(suite.cases.isEmpty)
    #expect(diagnostics.map { $0.range?.text } == ["no-such-file.yaml", "tomorrow", "lned"])
  }

  static let tables = [
    ("{change: [due], expect: [lend]}", "a: [2026-03-28]", "a row has a cell for each of the 2"),
    ("{change: [due], expect: [lend]}", "a: [2026-03-28, pass, x]", "a row has a cell for each"),
    ("{change: [due]}", "a: [2026-03-28]", "nothing is expected here"),
    ("{}", "a: []", "a table needs columns"),
    ("{change: [due], expect: [lned]}", "a: [2026-03-28, pass]", "'lned' is nothing that a column"),
    ("{change: [due], expect: [lend]}", "{}", "there is no case in here"),
    (
      "{change: [due, due], expect: [lend]}", "a: [2026-03-28, 2026-04-28, pass]",
      "'due' under 'change' is"
    ),
    (
      "{change: [due], expect: [lend, lend]}", "a: [2026-03-28, pass, pass]",
      "'lend' under 'expect' is"
    ),
    ("{change: [due], expect: [lend]}", "a: [2026-04-28, fail]", "no rule is named"),
  ]

  @Test(arguments: tables)
  func `a table that would try nothing is refused`(
    columns: String, rows: String, message: String
  ) throws {
    let (_, diagnostics) = try load(
      """
      topic: Loans
      base: \(loan)
      today: 2026-03-02
      cases:
        - table: loans
          columns: \(columns)
          rows:
            \(rows)
      """)
    #expect(
      diagnostics.contains { $0.message.contains(message) }, "\(diagnostics.map(\.message))")
  }

  @Test func `a column that has one value in all rows is a warning, and its cases are tried`()
    throws
  {
    let (suite, diagnostics) = try load(
      """
      topic: Loans
      base: \(loan)
      today: 2026-03-02
      cases:
        - table: loans
          columns: {change: [due, kind], expect: [lend]}
          rows:
            a: [2026-03-28, film, pass]
            b: [2026-03-27, film, pass]
      """)
    #expect(diagnostics.map(\.message) == ["'kind' is the same in all rows"])
    #expect(!diagnostics.hasErrors)
    #expect(suite.cases.count == 2)
  }

  @Test func `two cases of one name are refused over files, and both places shown`() throws {
    var diagnostics: [Diagnostic] = []
    let text = file(case: "expect: {violated: []}")
    _ = FixtureSuite.load(
      ["a.yaml", "b.yaml"].map { Source(name: $0, text: text) }, policies: try policies(),
      readFile: { Source(name: $0, text: "") }, into: &diagnostics)
    let mistake = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(mistake.message == "case 'it' of topic 'Loans' is declared a second time")
    #expect(mistake.range?.source.name == "b.yaml")
    #expect(mistake.notes.first?.range?.source.name == "a.yaml")
  }

  @Test func `cases of one name are told apart by their topics`() throws {
    var diagnostics: [Diagnostic] = []
    let text = file(case: "expect: {violated: []}")
    let other = text.replacing("topic: Loans", with: "topic: Others")
    _ = FixtureSuite.load(
      [Source(name: "a.yaml", text: text), Source(name: "b.yaml", text: other)],
      policies: try policies(), readFile: { Source(name: $0, text: "") }, into: &diagnostics)
    #expect(diagnostics.isEmpty)
  }

  @Test func `positions under 'remove' are those of the list before anything is removed`() throws {
    let policies = try policies(
      libraryPolicies.replacing(
        "      limit: {label", with: "      allNotes: loan.notes.join(' ')\n      limit: {label"))
    let (suite, diagnostics) = try load(
      file(
        case: """
          change: {notes: [a, b, c, d, e]}
          remove: ["notes[1]", "notes[3]", "notes[2]"]
          expect: {terms: {loan.allNotes: "a e"}}
          """), for: policies)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    #expect(suite.run(on: policies).passes)
  }
}
