import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies
import Testing

/// A rule, a document that it stands in the way of, and what is said to do about it.
struct SmallCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The rule's conditions, and its fix.
  let rule: String
  let document: String
  let prospect: Remedy.Prospect
  let line: String

  static let all = [
    SmallCase(
      testDescription: "a boundary behind arithmetic is found",
      rule: "require: report.due.addDays(30) >= date('2026-12-31')",
      document: #"{"due": "2026-10-01"}"#, prospect: .open,
      line: "Set due to Tue 1 Dec 2026 or later (recorded: Thu 1 Oct 2026, 61 days too early)."),
    SmallCase(
      testDescription: "a number is told by its bounds, and a claim put as a question",
      rule: "require: has(report.pages) && report.pages * 3 > 100 && report.pages < 50",
      document: #"{"pages": 1}"#, prospect: .open,
      line:
        "If pages was recorded wrongly, set pages to a value between 34 and 49 (recorded: 1)."),
    SmallCase(
      testDescription: "what only another role can change names it",
      rule: "require: report.kind == 'final'", document: "{}", prospect: .others,
      line:
        "The office would have to set kind to Final (recorded: Draft), if kind was recorded wrongly."
    ),
    SmallCase(
      testDescription: "what nobody can change is said so",
      rule: "require: report.seal == 'red'", document: "{}", prospect: .none,
      line: "Not possible: it follows from report.seal, which nobody can change."),
    SmallCase(
      testDescription: "what the document does not say is named",
      rule: "require: report.serial > 3 && report.seal == 'blue'", document: "{}", prospect: .none,
      line: "Can't be decided: the report does not say report.serial."),
    SmallCase(
      testDescription:
        "a number without a value is named with the date, and the document not blamed",
      rule: "require: size(report.words) < limit", document: "{}", prospect: .none,
      line: "Can't be decided: 'most words' has no value in force on 20 Oct 2026."),
    SmallCase(
      testDescription: "an error is told as it is",
      rule: "require: report.serial / 0 > 1", document: #"{"serial": 3}"#, prospect: .none,
      line: "Can't be decided: division by zero."),
    SmallCase(
      testDescription: "what no value satisfies is said so",
      rule: "require: report.isSigned && !report.isSigned", document: "{}", prospect: .none,
      line: "Not possible: no value of the facts that may be changed is enough."),
    SmallCase(
      testDescription: "a last day that is past rules out what would pass",
      rule: "require: report.isSigned\n    fix: {do: Sign it., by: report.lastDay}",
      document: #"{"day": "2026-10-01"}"#, prospect: .none,
      line: "No longer possible: the last day for signing was Thu 8 Oct 2026."),
    SmallCase(
      testDescription: "a last day ahead is told",
      rule: "require: report.isSigned\n    fix: {do: Sign it., by: report.lastDay}",
      document: "{}", prospect: .open,
      line: "If it was signed, write that down, by Tue 27 Oct 2026."),
    SmallCase(
      testDescription: "two changes that are needed together are told together",
      rule: "require: report.isSigned && has(report.title)", document: "{}", prospect: .open,
      line: "If it was signed, write that down; and write down: title, for example Frogs."),
    SmallCase(
      testDescription: "a fact that a decision must allow to be changed brings its rules along",
      rule: "require: size(report.labels) > 0 && report.labels.all(l, l in ['a', 'b'])",
      document: "{}", prospect: .open,
      line: "If it was signed, write that down; and add a or b to labels."),
    SmallCase(
      testDescription: "an element that is in the way is taken away",
      rule: "require: report.words.all(w, w in ['a', 'b'])",
      document: #"{"words": ["a", "x"]}"#, prospect: .open, line: "Take x away from words."),
    SmallCase(
      testDescription: "a fact that must not be there is dropped",
      rule: "require: '!has(report.title)'", document: #"{"title": "Toads"}"#, prospect: .open,
      line: "Take away title."),
    SmallCase(
      testDescription: "a missing fact is supplied as a question",
      rule: "require: report.isChecked", document: "{}", prospect: .open,
      line: "If that is so, set checked to Yes."),
  ]
}

@Suite struct SmallPolicyTests {
  private static let vocabulary = """
    document: {report: Report}
    governedBy: report.day
    reader: author
    enumerations: {Kind: {draft: Draft, final: Final}}
    types:
      Report:
        facts:
          day: date
          due: {type: date, changedBy: author, nature: choice}
          pages: {type: int?, changedBy: author}
          title: {type: string?, changedBy: author, nature: choice, example: Frogs}
          kind: {type: Kind, changedBy: office, nature: record}
          seal: string
          serial: int
          isSigned:
            type: bool
            changedBy: author
            nature: observation
            changes: {replace: {if: it was signed, do: write that down}}
          isChecked: {type: bool, label: checked, changedBy: author, nature: observation}
          labels: {type: [string], changedBy: author, nature: choice, allowedBy: label}
          words: {type: [string], changedBy: author, nature: choice}
        terms:
          lastDay: {label: last day for signing, is: report.day.addDays(7)}
    parameters: {limit: {label: most words, type: int, values: {2020-01-01: 9, 2021-01-01: none}}}
    decisions:
      print: {title: Printing, about: Report, verdicts: {pass: allowed, fail: refused}}
      label: {title: Labelling, about: Report, onRequest: true}
    rules:
      - {rule: labels-when-signed, title: Only what is signed has labels, decides: [label],
         require: report.isSigned}
      - rule: tried
        title: The rule that is tried holds
        decides: [print]

    """

  @Test(arguments: SmallCase.all)
  func `what is to do is told`(example: SmallCase) throws {
    let remedies = try remedies(example.rule, example.document)
    let line = try #require(remedies.lines.first)
    #expect(line.prospect == example.prospect)
    #expect(line.line == example.line)
    if example.prospect == .open || example.prospect == .others {
      #expect(remedies.decisions[0].proof?.holds == true)
    }
  }

  @Test func `a missing fact is listed with what follows from each value`() throws {
    let remedy = try remedies("require: report.isChecked", "{}").decisions[0]
    let settling = try #require(remedy.settling.first)
    #expect(settling.path.description == "report.isChecked")
    #expect(settling.consequences.map(\.words) == ["Yes", "No"])
    #expect(settling.consequences.map(\.outcome) == [.pass, .fail])
  }

  @Test func `a number without a value is an obstacle of its own`() throws {
    let remedy = try remedies("require: size(report.words) < limit", "{}").decisions[0]
    guard case .parameters(let problem, let parameters, let date)? = remedy.steps.first?.obstacle
    else {
      Issue.record("\(String(describing: remedy.steps.first?.obstacle))")
      return
    }
    #expect(problem.rule == "tried")
    #expect(parameters.map(\.name) == ["limit"])
    #expect(date.description == "2026-10-20")
  }

  @Test func `a role is given what it can change`() throws {
    let remedies = try remedies("require: report.kind == 'final'", "{}", role: "office")
    #expect(
      remedies.lines.first?.line
        == "If kind was recorded wrongly, set kind to Final (recorded: Draft).")
    #expect(remedies.lines.first?.prospect == .open)
  }

  @Test func `more changes than are tried together are found one by one, and said to be so`() throws
  {
    let words = (0..<30).map { "\"x\($0)\"" }.joined(separator: ", ")
    let remedy = try remedies(
      "require: report.words.all(w, w in ['a', 'b'])", #"{"words": ["a", \#(words)]}"#
    ).decisions[0]
    #expect(remedy.prospect == .open)
    #expect(remedy.isCutShort)
    #expect(remedy.steps.first?.alternatives.first?.changes.count == 30)
    #expect(remedy.proof?.holds == true)
  }

  @Test func `what passes has nothing to do`() throws {
    let remedies = try remedies("require: '!report.isSigned'", "{}")
    #expect(remedies.passes)
    #expect(remedies.lines.isEmpty)
  }

  @Test func `the same document gets the same answer`() throws {
    let rule = "require: report.isSigned && has(report.title) && report.kind == 'final'"
    let answers = try (0..<3).map { _ in try remedies(rule, "{}").prettyJSON }
    #expect(Set(answers).count == 1)
  }

  private func remedies(_ rule: String, _ document: String, role: String? = nil) throws -> Remedies
  {
    let source = Source(name: "report.yaml", bytes: Array((Self.vocabulary + "    " + rule).utf8))
    let result = PolicySet.load([source])
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    var facts: [String] = []
    for (name, value) in [
      ("day", #""2026-10-20""#), ("due", #""2026-10-01""#), ("kind", #""draft""#),
      ("seal", #""blue""#), ("isSigned", "false"), ("labels", "[]"), ("words", "[]"),
    ] where !document.contains("\"\(name)\"") {
      facts.append("\"\(name)\": \(value)")
    }
    let inner = document.dropFirst().dropLast()
    if !inner.isEmpty { facts.append(String(inner)) }
    if !rule.contains("isChecked") { facts.append("\"isChecked\": false") }
    var diagnostics: [Diagnostic] = []
    let text = "{\(facts.joined(separator: ", "))}"
    let read = FactDocument.read(
      json: Source(name: "", bytes: Array(text.utf8)), schema: policies.vocabulary.schema,
      into: &diagnostics)
    return PolicyKnowledge(policies).remedies(
      for: try #require(read, "\(DiagnosticRenderer().render(diagnostics))"),
      today: CivilDate(daysSinceEpoch: 20_747), role: role)  // 21 October 2026
  }
}
