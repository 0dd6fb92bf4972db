import Diagnostics
import PolicyEngine
import PolicyTesting
import Testing

@Suite struct CoverageTests {
  @Test func `a case shows what its decisions come to, and nothing of the others`() throws {
    let coverage = try coverage(of: "expect: {decisions: {lend: pass}}")
    #expect(coverage.state("due-in-time", .applies) == .seen(1))
    #expect(coverage.state("due-in-time", .satisfied) == .seen(1))
    #expect(coverage.state("due-in-time", .violated) == .unseen)
    #expect(coverage.state("due-in-time", .doesNotApply) == .unseen)
    #expect(coverage.state("due-in-time", .undetermined) == .unseen)
    #expect(coverage.state("one-note", .satisfied) == .unseen)
  }

  @Test func `what a case decides but does not look at is not seen`() throws {
    let coverage = try coverage(of: "expect: {parameters: {days: 28}}")
    #expect(coverage.state("due-in-time", .satisfied) == .unseen)
    #expect(coverage.seen.isEmpty)
  }

  @Test func `a part is seen only on the side that it came to, and only where it was evaluated`()
    throws
  {
    let without = try coverage(of: "change: {card: null}\nexpect: {violated: [has-card]}")
    #expect(without.state("has-card", .isFalse, "has(loan.card)") == .seen(1))
    #expect(without.state("has-card", .isTrue, "has(loan.card)") == .unseen)
    #expect(without.state("has-card", .isTrue, "!loan.card.isBlocked") == .unseen)
    #expect(without.state("has-card", .isFalse, "!loan.card.isBlocked") == .unseen)
    let with = try coverage(of: "expect: {violated: []}")
    #expect(with.state("has-card", .isTrue, "has(loan.card)") == .seen(1))
    #expect(with.state("has-card", .isTrue, "!loan.card.isBlocked") == .seen(1))
  }

  @Test func `a value is seen on its first day and on the day before, and on no other`() throws {
    func edges(_ date: String, _ due: String) throws -> [Coverage.Point] {
      try coverage(
        of: "change: {date: \(date), due: \(due)}\nexpect: {outcomes: {due-in-time: satisfied}}"
      ).points.filter { $0.owner == .parameter("days") && $0.isSeen }
    }
    #expect(try edges("2026-01-01", "2026-01-02").map(\.aspect) == [.firstDay])
    #expect(try edges("2025-12-31", "2026-01-02").map(\.aspect) == [.dayBefore])
    #expect(try edges("2026-01-02", "2026-01-03").isEmpty)
    #expect(try edges("2020-01-01", "2020-01-03").map(\.range.text) == ["2020-01-01"])
  }

  @Test func `a value that no rule read on its first day is not seen`() throws {
    let coverage = try coverage(
      of: "change: {date: 2026-01-01, kind: film}\nexpect: {decisions: {lend: pass}}")
    #expect(coverage.points.filter { $0.owner == .parameter("days") && $0.isSeen }.isEmpty)
  }

  @Test func `a rule's dates are seen on both sides of both ends`() throws {
    let text = libraryPolicies.replacing(
      "  decides: [lend]\n    when: loan.kind == 'book'",
      with: "  decides: [lend]\n    effective: {from: 2026-02-01, until: 2026-02-28}\n"
        + "    when: loan.kind == 'book'")
    #expect(text != libraryPolicies)
    let policies = try policies(text)
    for (date, aspect) in [
      ("2026-01-31", Coverage.Aspect.dayBefore), ("2026-02-01", .firstDay),
      ("2026-02-28", .lastDay), ("2026-03-01", .dayAfter),
    ] {
      let change = date == "2026-03-01" ? "" : "change: {date: \(date), due: 2026-02-05}\n"
      let (suite, diagnostics) = try load(
        file(case: change + "expect: {decisions: {lend: pass}}"), for: policies)
      #expect(diagnostics == [])
      let edges = suite.coverage(of: policies).points.filter {
        $0.owner == .rule("due-in-time") && $0.isSeen
          && [.dayBefore, .firstDay, .lastDay, .dayAfter].contains($0.aspect)
      }
      #expect(edges.map(\.aspect) == [aspect])
    }
  }

  @Test func `words are seen when a case expects them, not when they are said`() throws {
    let said = try coverage(of: "change: {card: null}\nexpect: {violated: [has-card]}")
    #expect(said.state("has-card", .reason) == .unseen)
    #expect(said.state("has-card", .fix) == .unseen)
    let expected = try coverage(
      of: "change: {due: 2026-04-01}\n"
        + "expect: {reason: {due-in-time: It is due}, fix: {due-in-time: {by: 2026-03-29}}}")
    #expect(expected.state("due-in-time", .reason) == .seen(1))
    #expect(expected.state("due-in-time", .fix) == .unseen)
    #expect(expected.state("due-in-time", .deadline) == .seen(1))
  }

  @Test func `what no document can show is recognised and asked of nobody`() throws {
    let text = libraryPolicies.replacing(
      "    require: size(loan.notes) <= 1",
      with: "    require: has(loan.card) && (loan.kind == 'book' || loan.kind == 'film')")
    let policies = try policies(text)
    let (suite, _) = try load(file(case: "expect: {violated: []}"), for: policies)
    let coverage = suite.coverage(of: policies)
    func isImpossible(_ aspect: Coverage.Aspect, _ part: String) -> Bool {
      if case .impossible = coverage.state("one-note", aspect, part) { true } else { false }
    }
    // The list has these two cases and no other.
    #expect(isImpossible(.isFalse, "loan.kind == 'film'"))
    #expect(!isImpossible(.isTrue, "loan.kind == 'film'"))
    #expect(!isImpossible(.isFalse, "loan.kind == 'book'"))
    let always = try self.coverage(of: "expect: {violated: []}")
    guard case .impossible = try #require(always.state("has-card", .doesNotApply)) else {
      Issue.record("a rule without 'when' always applies")
      return
    }
    // A required fact may be missing, an optional one may not.
    #expect(always.state("one-note", .undetermined) == .unseen)
    let guarded = try coverageOfGuarded()
    guard case .impossible = try #require(guarded.state("one-note", .undetermined)) else {
      Issue.record("presence of an optional fact is always known")
      return
    }
  }

  private func coverageOfGuarded() throws -> Coverage {
    let policies = try policies(
      libraryPolicies.replacing("require: size(loan.notes) <= 1", with: "require: has(loan.card)"))
    let (suite, _) = try load(file(case: "expect: {violated: []}"), for: policies)
    return suite.coverage(of: policies)
  }

  @Test func `without a case nothing is covered`() throws {
    let (suite, _) = try load(file(case: "expect: {violated: []}"))
    let coverage = suite.filtered(by: "no such case").coverage(of: try .library())
    #expect(coverage.percent == 0)
    #expect(coverage.seen.isEmpty)
    #expect(coverage.diagnostics.map(\.code) == [.noCases])
  }

  @Test func `a session that is refused shows nothing`() throws {
    let coverage = try coverage(of: "change: {kind: flim}\nexpect: {mistake: flim}")
    #expect(coverage.seen.isEmpty)
    #expect(coverage.caseCount == 1)
  }

  @Test func `what is missing is told at its place in the policy file`() throws {
    let coverage = try coverage(of: "expect: {violated: []}")
    let part = try #require(
      coverage.diagnostics.first { $0.message == "no case in which 'has(loan.card)' is false" })
    #expect(part.range?.text == "has(loan.card)")
    #expect(part.range?.source.name == "policies.yaml")
    let text = CoverageReport(style: .plain).render(coverage)
    #expect(
      text.contains("policies.yaml:30:14: warning: no case in which 'has(loan.card)' is false"))
    #expect(text.contains("|              ^~~~~~~~~~~~~~"))
  }

  private func coverage(of lines: String) throws -> Coverage {
    let (suite, diagnostics) = try load(file(case: lines))
    #expect(diagnostics == [])
    return suite.coverage(of: try .library())
  }
}

extension Coverage {
  /// The state of a point of a rule; of a part, the one with a text.
  fileprivate func state(
    _ rule: String, _ aspect: Aspect, _ text: String? = nil
  ) -> State? {
    points.first {
      $0.owner == .rule(rule) && $0.aspect == aspect && (text == nil || $0.range.text == text)
    }?.state
  }
}
