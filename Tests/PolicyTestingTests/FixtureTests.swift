import Diagnostics
import Foundation
import PolicyEngine
import PolicyTesting
import Testing

@Suite struct FixtureTests {
  static let passing = [
    "expect: {decisions: {lend: pass}, violated: [], undetermined: [], warnings: []}",
    "expect: {outcomes: {has-card: satisfied}, parameters: {days: 28}}",
    "expect: {terms: {loan.limit: 2026-03-29}}",
    "base: ../bases/loan.yaml\nexpect: {decisions: {lend: pass}}",
    "change: {card: null}\nexpect: {decisions: {lend: fail}, violated: [has-card]}",
    "remove: [card]\nexpect: {decisions: {lend: fail}, violated: [has-card]}",
    "change: {card.isBlocked: true}\nexpect: {violated: [{rule: has-card, at: \"\"}]}",
    "change: {card: null, due: 2026-03-30}\nexpect: {violated: {includes: [due-in-time]}}",
    "change: {card: null}\nexpect: {reason: {has-card: no card that can be used}}",
    "change: {card: null}\nexpect: {fix: {has-card: {do: Issue a card., prospect: open}}}",
    "change: {due: 2026-03-30}\nexpect: {fix: {due-in-time: {by: 2026-03-29, prospect: open}}}",
    "today: 2026-03-30\nchange: {due: 2026-03-30}\n"
      + "expect: {fix: {due-in-time: {by: 2026-03-29, prospect: closed}}}",
    "change: {kind: film}\nexpect: {outcomes: {due-in-time: does-not-apply}}",
    "remove: [\"notes[0]\"]\nexpect: {warnings: [has-notes]}",
    "change: {\"notes[+]\": old}\nexpect: {decisions: {note: fail}, violated: [one-note]}",
    "remove: [due]\nexpect:\n  decisions: {lend: undetermined}\n"
      + "  undetermined: [{rule: due-in-time, missing: [due]}]",
    "remove: [loan.due]\nexpect: {undetermined: [{rule: due-in-time, missing: [loan.due]}]}",
    "change: {kind: flim}\nexpect: {mistake: \"'flim' is not a Kind\"}",
    "change: {loan.date: 2025-12-31}\nexpect: {parameters: {days: 14}}",
  ]

  @Test(arguments: passing)
  func `a case passes when all is as it expects`(lines: String) throws {
    #expect(try results(of: lines).map(\.passes) == [true])
  }

  static let failing = [
    ("expect: {decisions: {lend: fail}, violated: [has-card]}", "lend", "fail", "pass"),
    ("expect: {violated: [has-card]}", "violated", "has-card", "none"),
    ("change: {card: null}\nexpect: {violated: []}", "violated", "none", "has-card"),
    (
      "change: {card: null, due: 2026-03-30}\nexpect: {violated: [has-card]}", "violated",
      "has-card", "due-in-time, has-card"
    ),
    (
      "change: {card: null}\nexpect: {violated: {includes: [due-in-time]}}", "violated",
      "among others due-in-time", "has-card"
    ),
    ("expect: {warnings: [has-notes]}", "warnings", "has-notes", "none"),
    (
      "change: {card: null}\nexpect: {violated: [{rule: has-card, at: notes}]}", "violated",
      "has-card at notes", "has-card"
    ),
    (
      "remove: [due]\nexpect: {undetermined: [{rule: due-in-time, missing: [date]}]}",
      "undetermined", "due-in-time, missing date", "due-in-time, missing due"
    ),
    ("expect: {outcomes: {has-card: violated}}", "has-card", "violated", "satisfied"),
    (
      "expect: {reason: {has-card: card}}", "reason of has-card", "card",
      "none: the rule is not violated, or gives none"
    ),
    (
      "expect: {fix: {has-card: {prospect: open}}}", "fix of has-card", "a fix",
      "none: the rule is not violated, or offers none"
    ),
    (
      "change: {card: null}\nexpect: {reason: {has-card: blocked}}", "reason of has-card",
      "blocked", "The reader of L-1 has no card that can be used."
    ),
    (
      "change: {card: null}\nexpect: {fix: {has-card: {by: 2026-03-29}}}", "fix of has-card",
      "by 2026-03-29", "no deadline"
    ),
    (
      "change: {due: 2026-03-30}\nexpect: {fix: {due-in-time: {by: 2026-03-28}}}",
      "fix of due-in-time", "by 2026-03-28", "by 2026-03-29"
    ),
    (
      "change: {due: 2026-03-30}\nexpect: {fix: {due-in-time: {prospect: closed}}}",
      "fix of due-in-time", "closed", "open"
    ),
    ("expect: {terms: {loan.limit: 2026-03-28}}", "loan.limit", "2026-03-28", "2026-03-29"),
    ("expect: {parameters: {days: 14}}", "days", "14", "28"),
    (
      "change: {loan.date: 2019-12-31}\nexpect: {parameters: {days: 14}}", "days", "14",
      "no value in force"
    ),
    ("expect: {mistake: due}", "mistake", "due", "a session without a mistake"),
    (
      "change: {kind: flim}\nexpect: {mistake: flam}", "mistake", "flam",
      "kind: 'flim' is not a Kind"
    ),
  ]

  @Test(arguments: failing)
  func `a case fails with what was expected and what came`(
    lines: String, subject: String, expected: String, actual: String
  ) throws {
    let result = try #require(try results(of: lines).first)
    let mismatch = try #require(result.mismatches.first)
    #expect(mismatch.subject == subject)
    #expect(mismatch.expected == expected)
    #expect(mismatch.actual == actual)
    #expect(mismatch.range.source.name == "fixtures/loans.yaml")
  }

  @Test func `a failure names the rules and the facts that decided`() throws {
    let lines = "change: {card: null}\nexpect: {decisions: {lend: pass}}"
    let result = try #require(try results(of: lines).first)
    #expect(result.decisiveRules.map(\.id) == ["has-card"])
    let run = TestRun(results: [result], count: 1)
    let text = TestTextReport(width: 100, style: .plain).render(run)
    #expect(text.contains("✗ Loans › it   fixtures/loans.yaml:5"))
    #expect(text.contains("expected  pass"))
    #expect(text.contains("loan.card is not given"))
  }

  @Test func `of long lists a failure says what tells them apart`() throws {
    let lines = "change: {card: null, due: 2026-03-30}\nexpect: {violated: [has-card, one-note]}"
    let decisions = "expect: {decisions: {lend: fail, note: pass}, "
    let result = try #require(
      try results(of: lines.replacing("expect: {", with: decisions)).first)
    #expect(
      result.mismatches.map(\.difference) == ["there is no one-note; there is also due-in-time"])
  }

  @Test func `a table tries each of its rows`() throws {
    let (suite, diagnostics) = try load(
      """
      topic: Loans
      base: \(loan)
      cases:
        - table: due
          columns: {change: [today, due], expect: [lend, violated, due-in-time, loan.limit, days]}
          rows:
            in time: [2026-03-02, 2026-03-29, pass, [], satisfied, 2026-03-29, 28]
            too late: [2026-03-03, 2026-03-30, fail, [due-in-time], violated, 2026-03-29, 28]
            wrong: [2026-03-03, 2026-03-30, pass, [], satisfied, 2026-03-28, 14]
      """)
    #expect(diagnostics == [])
    #expect(suite.cases.map(\.name) == ["due: in time", "due: too late", "due: wrong"])
    let run = suite.run(on: try .library())
    #expect(run.results.map(\.passes) == [true, true, false])
    #expect(
      run.results.last?.mismatches.map(\.subject)
        == ["lend", "violated", "loan.limit", "days", "due-in-time"])
  }

  /// What is expected of a late loan without a card; what of the explanation tells why that is wrong.
  static let decisive: [(lines: String, rules: [String])] = [
    // That it is late is no news.
    ("expect: {decisions: {lend: pass}, violated: {includes: [due-in-time]}}", ["has-card"]),
    ("expect: {violated: [due-in-time]}", ["has-card"]),
    ("expect: {decisions: {note: fail}, violated: [one-note]}", ["one-note"]),
    ("expect: {outcomes: {has-notes: violated}}", ["has-notes"]),
    ("expect: {reason: {due-in-time: no such words}}", ["due-in-time"]),
    ("expect: {parameters: {days: 3}}", []),
  ]

  @Test(arguments: decisive)
  func `of the explanation, a failure shows the rules that decided`(lines: String, rules: [String])
    throws
  {
    let result = try #require(
      try results(of: "change: {card: null, due: 2026-03-30}\n" + lines).first)
    #expect(!result.passes)
    #expect(result.decisiveRules.map(\.id) == rules)
  }

  @Test func `a value that no rule explains comes with its place in the policies`() throws {
    let result = try #require(
      try results(of: "expect: {parameters: {days: 3}, terms: {loan.limit: 2026-03-30}}").first)
    #expect(
      result.mismatches.map(\.origin) == [
        "loan.date.addDays(days)   policies.yaml:15",
        "in force since 2026-01-01   policies.yaml:21",
      ])
  }

  @Test func `a run without cases does not pass`() throws {
    let (suite, _) = try load(file(case: "expect: {violated: []}"))
    #expect(suite.run(on: try .library()).passes)
    #expect(!suite.filtered(by: "nothing like it").run(on: try .library()).passes)
    #expect(!TestRun(results: [], count: 0).passes)
    #expect(TestRun(results: [], count: 0).diagnostics.count == 1)
  }

  @Test func `a file is not passed over because of how its ending is written`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a.yaml", "b.YAML", "c.Yml", "d.txt", ".e.yaml"] {
      try Data("topic: it\n".utf8).write(to: folder.appending(path: name))
    }
    // A link to a folder, one that leads back to where it stands, and one that leads nowhere.
    let shared = folder.appending(path: "../shared-\(UUID().uuidString)").standardized
    try FileManager.default.createDirectory(at: shared, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: shared) }
    try Data("topic: it\n".utf8).write(to: shared.appending(path: "f.yaml"))
    for (name, target) in [("shared", shared.path), ("self", folder.path), ("g.yaml", "nowhere")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path, withDestinationPath: target)
    }
    var diagnostics: [Diagnostic] = []
    let sources = FixtureFiles.sources(at: [folder.path], into: &diagnostics)
    #expect(
      sources.map { $0.name.split(separator: "/").last }
        == ["a.yaml", "b.YAML", "c.Yml", "f.yaml"])
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.message.contains("g.yaml") == true)
  }

  @Test func `a run that ends at the first failure does not pass`() throws {
    let text =
      file(case: "expect: {violated: [has-card]}")
      + "  - case: another\n    expect: {violated: []}\n"
    let (suite, diagnostics) = try load(text)
    #expect(diagnostics == [])
    let run = suite.run(on: try .library(), stopsAtFirstFailure: true)
    #expect(run.results.count == 1)
    #expect(!run.passes)
  }

  @Test(arguments: [
    ("require: has(loan.card) && !loan.card.isBlocked", "require: \"!loan.card.isBlocked\""),
    ("loan.due <= loan.limit", "loan.due < loan.limit"),
    ("2026-01-01: 28", "2026-01-01: 29"),
    ("decides: [lend]\n    severity: warning", "decides: [note]\n    severity: warning"),
  ])
  func `a changed policy makes a case fail`(original: String, changed: String) throws {
    let (suite, diagnostics) = try load(
      file(
        case: """
          expect:
            decisions: {lend: pass}
            outcomes: {has-notes: satisfied}
            parameters: {days: 28}
          """)
        + "  - case: without a card\n    change: {card: null}\n"
        + "    expect: {violated: [has-card], undetermined: []}\n")
    #expect(diagnostics == [])
    #expect(suite.run(on: try .library()).passes)
    let text = libraryPolicies.replacing(original, with: changed)
    #expect(text != libraryPolicies)
    #expect(!suite.run(on: try policies(text)).passes)
  }

  @Test func `accepting replaces what was expected and nothing else`() throws {
    let text = file(
      case: """
        # a comment
        change: {card: null}   # another
        expect:
          decisions: {lend: pass}
          violated:
            - due-in-time   # with a third
          reason: {has-card: none}
          mistakes-are: kept
        """
    ).replacing("      mistakes-are: kept\n", with: "")
    let (suite, diagnostics) = try load(text)
    #expect(diagnostics == [])
    let (files, unresolved) = Acceptance.rewrite(suite.run(on: try .library()))
    #expect(unresolved.isEmpty)
    let rewritten = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    #expect(rewritten.contains("# a comment\n"))
    #expect(rewritten.contains("# another\n"))
    #expect(rewritten.contains("decisions: {lend: fail}"))
    #expect(rewritten.contains("[has-card]"))
    #expect(rewritten.contains("The reader of L-1 has no card that can be used."))
    let (again, mistakes) = try load(rewritten)
    #expect(mistakes == [])
    #expect(again.run(on: try .library()).passes)
  }

  private func results(of lines: String) throws -> [CaseResult] {
    let (suite, diagnostics) = try load(file(case: lines))
    #expect(diagnostics == [])
    return suite.run(on: try .library()).results
  }
}
