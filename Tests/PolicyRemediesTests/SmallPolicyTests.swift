import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies
import PolicyRendering
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
      line: "Find out first what is missing: checked, recorded by the author."),
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
          sent: {type: date?, changedBy: author, nature: observation}
          back: {type: date?, changedBy: author, nature: observation}
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

  @Test func `ways out say what they were found by`() throws {
    let remedies = try remedies("require: report.isSigned", "{}")
    let json = remedies.prettyJSON
    let provenance = try #require(remedies.provenance)
    #expect(json.contains("\"decidedBy\""))
    #expect(json.contains(provenance.policies))
    #expect(try json.contains(#require(provenance.document)))
  }

  @Test func `a text that may be any says which it may not be`() throws {
    let remedies = try remedies(
      "require: has(report.title) && report.title.trim() != '' && report.title != 'Draft'", "{}")
    let change = try #require(remedies.decisions[0].steps.first?.alternatives.first?.changes.first)
    guard case .anything = change.values else {
      Issue.record("\(change.values)")
      return
    }
    #expect(change.exceptions?.areBlank == true)
    #expect(change.exceptions?.values.map { "\($0)" }.contains { $0.contains("Draft") } == true)
    #expect(remedies.ndjsonLine.contains(#""notBlank":true"#))
  }

  @Test func `values that depend on each other are said to go together`() throws {
    let remedies = try remedies(
      "require: report.kind == 'final' && (report.words.exists(w, w == 'a') && report.labels.exists(l, l in ['a', 'b']) || report.words.exists(w, w == 'b') && report.labels.exists(l, l == 'b'))",
      #"{"kind": "final", "isSigned": true}"#)
    let alternatives = remedies.decisions[0].steps.flatMap(\.alternatives)
    let words = alternatives.map { alternative in
      alternative.changes.map(\.action).joined(separator: "; ")
    }
    #expect(
      words == ["add a to words; add a or b to labels", "add b to words; add b to labels"]
        || words == ["add a or b to words; add b to labels", "add a to words; add a to labels"],
      "\(words)")
  }

  @Test func `dates that depend on each other have bounds, and how far apart they are`() throws {
    let remedies = try remedies(
      "require: has(report.sent) && has(report.back) && report.sent >= report.day && report.back > report.sent && report.back <= report.day.addDays(30)",
      "{}")
    let alternative = try #require(remedies.decisions[0].steps.first?.alternatives.first)
    let sent = try #require(alternative.changes.first { $0.path.description == "report.sent" })
    let back = try #require(alternative.changes.first { $0.path.description == "report.back" })
    guard case .range(.date(let from)?, .date(let until)?) = sent.values,
      case .range(.date(let first)?, .date(let last)?) = back.values
    else {
      Issue.record("\(sent.values) \(back.values)")
      return
    }
    #expect("\(from) \(until) \(first) \(last)" == "2026-10-20 2026-11-18 2026-10-21 2026-11-19")
    let later = try #require([sent, back].first { !$0.relations.isEmpty })
    #expect(later.relations.count == 1)
    #expect(remedies.ndjsonLine.contains(#""relative":[{"to":0,"#))
    #expect(
      remedies.lines[0].line.contains("after the sent")
        || remedies.lines[0].line.contains("before the back"))
  }

  @Test func `what nobody can change is not said to be fixable`() throws {
    let rule = "require: report.seal == 'red'\n    fix: Seal it anew."
    let (policies, document) = try loaded(rule, "{}")
    let today = CivilDate(daysSinceEpoch: 20_747)
    let report = ExplanationReport(
      policies.explain(document, today: today),
      timeline: policies.timeline(
        of: document, from: today, until: CivilDate(daysSinceEpoch: 20_760),
        decisions: policies.defaultDecisions))
    let renderer = ExplanationTextRenderer()
    #expect(renderer.render(report).contains("can be fixed"))
    for extent in [Remedies.Extent.all, .best] {
      let remedies = PolicyKnowledge(policies).remedies(
        for: document, today: today, extent: extent)
      let text = renderer.render(report.settled(by: remedies))
      #expect(!text.contains("can be fixed"))
      #expect(!text.contains("Seal it anew"))
      #expect(
        RemedyTextRenderer().renderLines(of: remedies).contains("which nobody can change"))
    }
  }

  @Test func `what waits for a missing fact is not said to be fixable`() throws {
    let (policies, document) = try loaded(
      "require: report.serial > 3 && report.seal == 'blue'\n    fix: Count again.", "{}")
    let today = CivilDate(daysSinceEpoch: 20_747)
    let remedies = PolicyKnowledge(policies).remedies(for: document, today: today, extent: .best)
    #expect(remedies.lines[0].line == "Can't be decided: the report does not say report.serial.")
    let report = ExplanationReport(policies.explain(document, today: today))
    let text = ExplanationTextRenderer().render(report.settled(by: remedies))
    #expect(!text.contains("can be fixed"))
  }

  @Test func `what is missing is asked for at once, with the date that picks a list`() throws {
    let (policies, _) = try loaded("require: report.words.exists(w, w.size() < limit)", "{}")
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "", text: #"{"kind": "draft"}"#), schema: policies.vocabulary.schema,
        into: &diagnostics))
    let verdict = policies.decide(document, today: CivilDate(daysSinceEpoch: 20_747))
    let missing = try #require(verdict.undetermined.first { $0.rule == "tried" }?.missing)
    #expect(Set(missing) == ["words", "day"])
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
    let (policies, document) = try loaded(rule, document)
    return PolicyKnowledge(policies).remedies(
      for: document, today: CivilDate(daysSinceEpoch: 20_747), role: role)  // 21 October 2026
  }

  private func loaded(_ rule: String, _ document: String) throws -> (PolicySet, FactDocument) {
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
    return (policies, try #require(read, "\(DiagnosticRenderer().render(diagnostics))"))
  }
}
