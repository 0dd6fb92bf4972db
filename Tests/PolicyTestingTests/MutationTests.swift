import Diagnostics
import PolicyEngine
@testable import PolicyTesting
import Testing

@Suite struct MutationTests {
  private static let sources = [Source(name: "policies.yaml", text: libraryPolicies)]

  @Test func `what no case notices survives, with its place and a case that would notice`() throws {
    let run = try #require(
      try run(file(case: "expect: {decisions: {lend: pass}}")) { $0.owner == "has-card" })
    #expect(run.killed > 0)
    #expect(!run.passes)
    let dropped = try #require(
      run.survivors.first { $0.mutation.change == "'has(loan.card)' is left out" })
    #expect(dropped.mutation.owner == "has-card")
    #expect(dropped.mutation.range.text == "has(loan.card)")
    #expect(dropped.mutation.range.start.line == 30)
    #expect(dropped.killingCase?.contains("    card: null\n") == true)
    #expect(dropped.killingCase?.contains("violated: [has-card]") == true)
  }

  @Test func `the cases shown are ready to be pasted, and notice what they are shown for`() throws {
    let text = file(case: "expect: {decisions: {lend: pass}}")
    let weak = try #require(try run(text) { ["due-in-time", "loan.limit"].contains($0.owner) })
    let cases = weak.survivors.compactMap(\.killingCase)
    #expect(cases.count > weak.survivors.count / 2)
    let lines = cases.joined().split(separator: "\n").map { "  \($0)\n" }.joined()
    let (suite, diagnostics) = try load(text + lines)
    #expect(diagnostics.map(\.message) == [])
    #expect(suite.run(on: try .library()).failures.map(\.fixture.name) == [])
    let strong = try #require(MutationRun.run(suite, on: Self.sources, seeking: false))
    let left = Set(strong.survivors.map { "\($0.mutation.range.start) \($0.mutation.change)" })
    for survivor in weak.survivors where survivor.killingCase != nil {
      let mutation = survivor.mutation
      #expect(!left.contains("\(mutation.range.start) \(mutation.change)"))
    }
  }

  @Test func `a case on each side of an edge notices when the edge moves`() throws {
    let text =
      file(case: "expect: {outcomes: {due-in-time: satisfied}}")
      + "  - case: a day later\n    change: {due: 2026-03-30}\n"
      + "    expect: {outcomes: {due-in-time: violated}}\n"
    let (suite, diagnostics) = try load(text)
    #expect(diagnostics == [])
    let run = try #require(MutationRun.run(suite, on: Self.sources, seeking: false))
    let survivors = run.survivors.map(\.mutation)
      .filter { ["due-in-time", "days"].contains($0.owner) }.map(\.change)
    for change in ["'<=' becomes '<'", "'<=' becomes '>='", "28 becomes 27", "28 becomes 29"] {
      #expect(!survivors.contains(change))
    }
    #expect(survivors.contains("14 becomes 13"))
  }

  /// Each kind of slip, where in the text it is made, and in what words.
  static let slips: [(kind: Mutation.Kind, text: String, change: String)] = [
    (.comparison, "<=", "'<=' becomes '<'"),
    (.comparison, "<=", "'<=' becomes '>='"),
    (.comparison, "==", "'==' becomes '!='"),
    (.threshold, "1", "1 becomes 2"),
    (.threshold, "28", "28 becomes 27"),
    (.threshold, "2026-01-01", "2026-01-01 becomes 2026-01-02"),
    (.threshold, "2026-06-30", "2026-06-30 becomes 2026-06-29"),
    (.threshold, "7:20", "7:20 becomes 7:21"),
    (.dropped, "has(loan.card)", "'has(loan.card)' is left out"),
    (.dropped, "loan.isLong", "the condition is left out: the rule applies everywhere"),
    (.dropped, "loan.kind == 'film'", "the condition is left out: the rule has no exception"),
    (.negated, "loan.isLong", "the condition is negated"),
    (.combination, "all", "'all' becomes 'any'"),
    (.combination, "&&", "'&&' becomes '||'"),
    (.combination, "exists", "'exists' becomes 'all'"),
    (.value, "'film'", "'film' becomes 'book'"),
    (.value, "book", "'book' becomes 'film'"),
    (.item, "'new'", "'new' is left out"),
    (.choice, "'a' : 'no'", "the two outcomes are exchanged"),
    (.need, "lend", "'lend' is left out of needs"),
    (.need, "note", "'note' is left out of decides"),
    (.rule, "", "rule 'long' is left out"),
    (
      .dropped, "loan.due >= loan.date.addDays(days)",
      "the definition is left out: the term is always true"
    ),
    (.negated, "loan.due >= loan.date.addDays(days)", "the definition is negated"),
    (.deadline, "loan.due", "the last day of the fix is a day earlier"),
    (.deadline, "loan.due", "the last day of the fix is a day later"),
    (.deadline, "loan.due", "the last day of the fix is left out"),
    (.threshold, "'2026-02-03'", "2026-02-03 becomes 2026-02-04"),
    (.threshold, "'1h30m'", "1h30m becomes 1h29m"),
    (.threshold, "1.0", "1.0 becomes 0.9"),
    (.threshold, "0.25", "0.25 becomes 0.26"),
    (.threshold, "2u", "2u becomes 1u"),
    (.threshold, "'2026-01-01T00:00:00Z'", "2026-01-01T00:00:00Z becomes 2025-12-31T23:59:59Z"),
    (.severity, "warning", "the rule is an error"),
    (.severity, "", "the rule only warns"),
  ]

  @Test(arguments: slips)
  func `every kind of slip is made`(kind: Mutation.Kind, text: String, change: String) throws {
    let policies = try policies(Self.slippery)
    let found = PolicyMutator.mutations(of: policies, in: [Self.slipperySource])
      .filter { $0.kind == kind && $0.change == change }
    #expect(!found.isEmpty)
    if !text.isEmpty { #expect(found.contains { $0.range.text == text }) }
  }

  private static let slipperySource = Source(name: "policies.yaml", text: slippery)
  static let slippery = """
    document: {loan: Loan}
    governedBy: loan.date
    enumerations:
      Kind: {book: Book, film: Film}
    types:
      Loan:
        facts: {id: string, date: date, due: date, kind: Kind, card: string?, notes: [string], lent: timestamp}
        terms:
          isLong: {is: loan.due >= loan.date.addDays(days)}
    parameters:
      days: {type: int, values: {2020-01-01: 14, 2026-01-01: 28}}
      kinds: {type: [Kind], values: {2020-01-01: [book]}}
      rate: {type: double, values: {2020-01-01: 0.25}}
      opens: {type: {Kind: duration}, values: {2020-01-01: {book: 7:20, film: 9:00}}}
    decisions:
      lend: {about: Loan}
      note: {about: Loan, needs: [lend]}
    rules:
      - rule: due
        title: It is due in time
        decides: [lend, note]
        require: has(loan.card) && loan.due <= loan.date.addDays(days)
      - rule: few
        title: It has few notes
        decides: [lend]
        severity: warning
        require: size(loan.notes) <= 1
      - rule: long
        title: A long loan is told of
        decides: [note]
        effective: {until: 2026-06-30}
        when: loan.isLong
        unless: loan.kind == 'film'
        require:
          all:
            - loan.notes.exists(n, n in ['new', 'good'])
            - loan.kind in kinds
        fix: {do: 'Return it, please.', by: loan.due}
      - rule: steps
        title: All that has steps
        decides: [lend]
        require: >-
          loan.due >= date('2026-02-03') || duration('1h30m') < duration('1h') || rate < 1.0
          || uint(size(loan.notes)) == 2u || timestamp('2026-01-01T00:00:00Z') < loan.lent
      - rule: told
        title: A reason is given
        decides: [note]
        require: size(loan.notes) > 1
        because: "There is {size(loan.notes) > 0 ? 'a' : 'no'} note, and it opens at {opens['book']}."
    """

  /// A redundant piece of a policy, and the change that makes no difference for it.
  static let redundancies = [
    (
      "require: size(loan.notes) <= 1",
      "require: loan.kind == 'book' || (loan.kind == 'book' && has(loan.card))",
      "'has(loan.card)' is negated"
    ),
    (
      "require: size(loan.notes) <= 1",
      "require: \"(days < 0 ? 0 : days) <= 60\"", "'<' becomes '<='"
    ),
    (
      "require: size(loan.notes) <= 1",
      "require: \"(days < 0 ? 0 : days) <= 60\"", "0 becomes -1"
    ),
    (
      "require: size(loan.notes) <= 1",
      "require: \"(days < 0 ? 0 : days) <= 60\"", "0 becomes 1"
    ),
    (
      "require: size(loan.notes) <= 1",
      "require: size(loan.notes) <= 1 && 1 >= size(loan.notes)",
      "'size(loan.notes) <= 1' is left out"
    ),
    (
      "note: {about: Loan, onRequest: true}",
      "more: {about: Loan, onRequest: true, needs: [lend]}\n"
        + "  note: {about: Loan, onRequest: true, needs: [lend, more]}",
      "'lend' is left out of needs"
    ),
    (
      "    values: {2020-01-01: 14, 2026-01-01: 28}\n",
      "    values: {2020-01-01: 14, 2026-01-01: 28}\n"
        + "  unread: {type: int, values: {2020-01-01: 5}}\n",
      "5 becomes 6"
    ),
  ]

  @Test(arguments: redundancies)
  func `what no document can tell is recognised and counted apart`(
    original: String, redundant: String, change: String
  ) throws {
    let text = libraryPolicies.replacing(original, with: redundant)
    #expect(text != libraryPolicies)
    let policies = try policies(text)
    let sources = [Source(name: "policies.yaml", text: text)]
    let (suite, diagnostics) = try load(
      file(case: "expect: {decisions: {lend: pass}}"), for: policies)
    #expect(diagnostics == [])
    let run = try #require(MutationRun.run(suite, on: sources, seeking: false))
    #expect(run.equivalent.contains { $0.change == change }, "\(run.equivalent.map(\.change))")
    let owners = run.equivalent.filter { $0.change == change }.map(\.owner)
    #expect(
      !run.survivors.contains {
        $0.mutation.change == change && owners.contains($0.mutation.owner)
      })
    let count = PolicyMutator.mutations(of: policies, in: sources).count
    #expect(run.tried + run.refused + run.equivalent.count == count)
  }

  @Test func `a comparison that some number tells apart is not taken for the same`() throws {
    let text = libraryPolicies.replacing(
      "require: size(loan.notes) <= 1", with: "require: \"(days < 0 ? 0 : days) <= 60\"")
    let (suite, _) = try load(
      file(case: "expect: {decisions: {lend: pass}}"), for: try policies(text))
    let run = try #require(
      MutationRun.run(
        suite, on: [Source(name: "policies.yaml", text: text)], seeking: false
      ) { $0.owner == "one-note" })
    let survivors = Set(run.survivors.map(\.mutation.change))
    for change in ["'<' becomes '>='", "'<=' becomes '<'", "60 becomes 59", "60 becomes 61"] {
      #expect(survivors.contains(change))
    }
  }

  @Test func `the changes that the policies accept with a reason are counted apart`() throws {
    let text = libraryPolicies.replacing(
      "    require: size(loan.notes) <= 1",
      with: """
            require: size(loan.notes) <= 1
            lint:
              mutant:
                "'<=' becomes '<'": nobody takes notes
                1 becomes 7: nobody writes so
        """)
    let (suite, _) = try load(
      file(case: "expect: {decisions: {lend: pass}}"), for: try policies(text))
    let run = try #require(
      MutationRun.run(
        suite, on: [Source(name: "policies.yaml", text: text)], seeking: false
      ) { ["one-note", "has-card"].contains($0.owner) })
    #expect(
      Set(run.accepted.map { "\($0.mutation.owner): \($0.mutation.change), \($0.reason)" }) == [
        "one-note: '<=' becomes '<', nobody takes notes"
      ])
    // All other changes of the rule are still to be noticed.
    #expect(run.survivors.contains { $0.mutation.change == "1 becomes 0" })
    #expect(Set(run.survivors.map(\.mutation.owner)) == ["has-card", "one-note"])
    #expect(
      run.diagnostics.filter { $0.code == .unknownMutant }.map(\.message) == [
        "no change here is called '1 becomes 7'"
      ])
    #expect(run.json.contains(#""change": "1 becomes 7""#))
    #expect(run.json.contains(#""reason": "nobody takes notes""#))
    #expect(
      MutationReport(style: .plain).render(run).contains("\(run.accepted.count) are accepted"))
  }

  @Test func `all changes of a kind can be accepted in a rule`() throws {
    let text = libraryPolicies.replacing(
      "    require: size(loan.notes) <= 1",
      with: "    require: size(loan.notes) <= 1\n    lint: {mutant: {comparison: never compared}}")
    let (suite, _) = try load(
      file(case: "expect: {decisions: {lend: pass}}"), for: try policies(text))
    let run = try #require(
      MutationRun.run(
        suite, on: [Source(name: "policies.yaml", text: text)], seeking: false
      ) { $0.owner == "one-note" })
    #expect(Set(run.accepted.map(\.mutation.kind)) == [.comparison])
    #expect(!run.survivors.contains { $0.mutation.kind == .comparison })
    #expect(!run.survivors.isEmpty)
    #expect(run.unknownAccepted.isEmpty)
  }

  @Test func `nothing that a document can tell is taken for no change`() throws {
    let (suite, _) = try load(file(case: "expect: {decisions: {lend: pass}}"))
    // Every change of these policies makes a difference to some loan.
    let run = try #require(MutationRun.run(suite, on: Self.sources, seeking: false))
    #expect(run.equivalent.map(\.change) == [])
  }

  @Test func `changes are chosen by what they are in`() throws {
    let (suite, _) = try load(file(case: "expect: {decisions: {lend: pass}}"))
    let all = try #require(MutationRun.run(suite, on: Self.sources, seeking: false))
    let some = try #require(
      MutationRun.run(
        suite, on: Self.sources, seeking: false, where: { $0.owner == "due-in-time" }))
    #expect(some.tried > 0 && some.tried < all.tried)
    #expect(some.survivors.allSatisfy { $0.mutation.owner == "due-in-time" })
    let none = try #require(
      MutationRun.run(suite, on: Self.sources, seeking: false, where: { _ in false }))
    #expect(!none.passes)
    #expect(none.score == 0)
    #expect(MutationReport(style: .plain).render(none).contains("nothing was tested"))
  }

  @Test func `nothing is told of changes where the cases fail as it is, or there are none`() throws
  {
    #expect(try run(file(case: "expect: {violated: [has-card]}")) == nil)
    let (suite, _) = try load(file(case: "expect: {violated: []}"))
    #expect(MutationRun.run(suite.filtered(by: "no such case"), on: Self.sources) == nil)
    #expect(MutationRun.run(suite, on: []) == nil)
  }

  @Test(arguments: [libraryPolicies, MutationTests.slippery])
  func `a declaration rewritten by itself decides as files do that are read anew`(
    text: String
  ) throws {
    let sources = [Source(name: "policies.yaml", text: text)]
    let original = try policies(text)
    let (suite, _) = try load(
      "topic: it\nbase: {id: L-1, date: 2026-03-01, due: 2026-03-29, kind: book, notes: [new]}\n"
        + "today: 2026-03-02\ncases:\n"
        + ["2026-03-29", "2026-03-30"].map {
          "  - case: \($0)\n    change: {due: \($0), notes: [a, new]}\n    expect: {violated: []}\n"
        }.joined(), for: original)
    let document = try #require(suite.cases.first?.document)
    let baseline = try #require(MutationBaseline(suite, sources: sources))
    let mutations = PolicyMutator.mutations(of: baseline.revisions.policies, in: sources)
    #expect(mutations.count > 20)
    for mutation in mutations {
      let quick = baseline.policies(with: mutation)
      let whole = PolicySet.load(mutation.applied(to: sources)).policies
      #expect((quick == nil) == (whole == nil), "\(mutation.change)")
      guard let quick, let whole else { continue }
      for fixture in suite.cases {
        let document = fixture.document ?? document
        let all = Array(original.decisions.indices)
        #expect(
          quick.decide(document, today: fixture.today, decisions: all)
            == whole.decide(document, today: fixture.today, decisions: all), "\(mutation.change)")
      }
    }
  }

  @Test func `a search that is stopped says so, and after how many sessions`() throws {
    let text = file(case: "expect: {decisions: {lend: pass}}")
    let (suite, _) = try load(text)
    let limits = [1, 100_000].map {
      KillingCaseSearch.Limits(perChange: $0, overall: 100_000_000)
    }
    let runs = try limits.map {
      try #require(
        MutationRun.run(
          suite, on: Self.sources, limits: $0, where: { $0.owner == "has-card" }))
    }
    #expect(runs[0].survivors.map(\.mutation.change) == runs[1].survivors.map(\.mutation.change))
    let stopped = try #require(runs[0].survivors.first)
    #expect(stopped.killingCase == nil)
    #expect(stopped.sessionsTried == 1)
    #expect(
      MutationReport(style: .plain).render(runs[0]).contains("search stopped after 1 session,"))
    #expect(runs[1].survivors.allSatisfy { !$0.isSearchCutShort })
  }

  @Test(arguments: [(1, 2_000), (200, 2_000), (400, 1_000), (1_000_000, 1)])
  func `many that survive share what is tried for all`(changes: Int, sessions: Int) {
    #expect(KillingCaseSearch.Limits().sessions(forEachOf: changes) == sessions)
  }

  @Test func `a case made from a row of a table has none of its changes that change nothing`()
    throws
  {
    let text =
      "topic: Loans\nbase: \(loan)\ntoday: 2026-03-02\ncases:\n"
      + "  - table: it\n    columns: {change: [due, kind], expect: [lend]}\n"
      + "    rows: {a: [2026-03-28, book, pass], b: [2026-03-27, film, pass]}\n"
    let found = try #require(try run(text) { $0.change == "'<=' becomes '<'" })
    let lines = try #require(
      found.survivors.first { $0.mutation.owner == "due-in-time" }?.killingCase)
    #expect(!lines.contains("change:"))
  }

  @Test func `conditions are met part by part where no single change of a session tells`() throws {
    // A film, lent to one without a card, with two notes: three changes from the case.
    let text = libraryPolicies.replacing(
      "when: loan.kind == 'book'", with: "when: loan.kind == 'film' && !has(loan.card)"
    ).replacing("require: loan.due <= loan.limit", with: "require: size(loan.notes) < 2")
    let policies = try policies(text)
    let (suite, diagnostics) = try load(
      file(case: "expect: {decisions: {lend: pass}}"), for: policies)
    #expect(diagnostics == [])
    let run = try #require(
      MutationRun.run(
        suite, on: [Source(name: "policies.yaml", text: text)],
        where: { $0.change == "'<' becomes '>='" }
      ))
    let found = try #require(run.survivors.first?.killingCase)
    for piece in ["kind: film", "card: null", "today:"] { #expect(found.contains(piece)) }
  }

  private func run(
    _ text: String, where isChosen: (Mutation) -> Bool = { _ in true }
  ) throws -> MutationRun? {
    let (suite, diagnostics) = try load(text)
    #expect(diagnostics == [])
    return MutationRun.run(suite, on: Self.sources, where: isChosen)
  }
}
