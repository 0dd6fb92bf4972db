import Diagnostics
import PolicyEngine
import PolicyTesting
import Testing

/// A small policy set: whether a book may be lent, and for how long.
let libraryPolicies = """
  document: {loan: Loan}
  governedBy: loan.date
  enumerations:
    Kind: {book: Book, film: Film}
  types:
    Loan:
      facts:
        id: string
        date: date
        due: date
        kind: Kind
        card: {type: Card?}
        notes: [string]
      terms:
        limit: {label: last day, is: loan.date.addDays(days)}
    Card:
      facts: {number: string, isBlocked: bool}
  parameters:
    days:
      type: int
      values: {2020-01-01: 14, 2026-01-01: 28}
  decisions:
    lend: {about: Loan, verdicts: {pass: granted, fail: refused}}
    note: {about: Loan, onRequest: true}
  topic: Loans
  rules:
    - rule: has-card
      title: The reader has a card
      decides: [lend]
      require: has(loan.card) && !loan.card.isBlocked
      because: "The reader of {loan.id} has no card that can be used."
      fix: Issue a card.
    - rule: due-in-time
      title: The loan is due in time
      decides: [lend]
      when: loan.kind == 'book'
      require: loan.due <= loan.limit
      because: "It is due after {loan.limit}."
      fix: {do: Shorten the loan., by: loan.limit}
    - rule: has-notes
      title: There are notes
      decides: [lend]
      severity: warning
      require: size(loan.notes) > 0
      because: There are no notes.
    - rule: one-note
      title: There is at most one note
      decides: [note]
      require: size(loan.notes) <= 1
  """

/// A loan that is granted.
let loan = """
  {id: L-1, date: 2026-03-01, due: 2026-03-29, kind: book, card: {number: "7", isBlocked: false}, notes: [new]}
  """

/// The policy set of a text.
func policies(_ text: String = libraryPolicies) throws -> PolicySet {
  let result = PolicySet.load([Source(name: "policies.yaml", text: text)])
  return try #require(result.policies, "\(result.diagnostics)")
}

/// The cases of a fixture file's text, and what is wrong with it.
func load(
  _ text: String, for policies: PolicySet? = nil
) throws -> (suite: FixtureSuite, diagnostics: [Diagnostic]) {
  var diagnostics: [Diagnostic] = []
  let suite = FixtureSuite.load(
    [Source(name: "fixtures/loans.yaml", text: text)], policies: try policies ?? .library(),
    readFile: { path in
      guard path == "bases/loan.yaml" else { throw NoSuchFile() }
      return Source(name: path, text: loan)
    }, into: &diagnostics)
  return (suite, diagnostics)
}

/// A fixture file of one case, whose lines below `case:` are given.
func file(case lines: String) -> String {
  let indented = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
  return "topic: Loans\nbase: \(loan)\ntoday: 2026-03-02\ncases:\n  - case: it\n\(indented)"
}

private struct NoSuchFile: Error {}

extension PolicySet {
  static func library() throws -> PolicySet { try policies() }
}
