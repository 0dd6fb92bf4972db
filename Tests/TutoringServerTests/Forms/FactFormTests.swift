#if Server
import CEL
import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing
import TutoringSessions

@testable import TutoringServer

/// Forms are drawn from a vocabulary, whatever it declares, and read back as facts of it.
@Suite struct FactFormTests {
  private static let vocabulary = """
    document: {report: Report}
    governedBy: report.day
    enumerations:
      Kind: {draft: a draft, final: {label: the final one, help: Nothing changes after it.}}
    parameters:
      placeNames: {type: {string: string}, values: {2026-01-01: {here: This place, there: That place}}}
    types:
      Report:
        facts:
          day: date
          kind: {type: Kind?, help: Whether it is done., changedBy: author, nature: choice}
          isShort: {type: bool, label: short enough, changedBy: author, nature: claim}
          reason: {type: string?, shownWhen: report.isShort, changedBy: author, nature: claim}
          place: {type: string?, choices: placeNames, changedBy: author, nature: choice}
          kinds: {type: [Kind], changedBy: author, nature: claim}
          words: {type: [string], changedBy: author, nature: claim}
          pages: {type: int?, changedBy: author, nature: claim}
          due: {type: date?, changedBy: author, nature: claim}
          sent: {type: timestamp?, changedBy: author, nature: observation}
          marks: Marks
          price: {type: double?, changedBy: office, nature: record}
      Marks:
        facts: {isRead: {type: bool, label: read by somebody, changedBy: author, nature: claim}}
    decisions:
      print: {title: Printing, about: Report}
    rules:
      - {rule: short, title: Short, decides: [print], require: report.isShort}
    """

  private let policies: PolicySet
  private let today: CivilDate
  private let words: Words
  private let times: TimeReading

  init() throws {
    let result = PolicySet.load([Source(name: "report.yaml", text: Self.vocabulary)])
    policies = try #require(result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    today = try #require(CivilDate("2026-11-23"))
    let zone = try #require(TimeZone(identifier: "America/Chicago"))
    words = Words(today: today, zone: zone)
    times = TimeReading(
      zone: zone, day: today,
      near: try #require(OffsetDateTime("2026-11-23T15:00:00-06:00")))
  }

  private func form(_ json: String, role: String? = "author") throws -> FactForm {
    var diagnostics: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "", text: json), schema: policies.vocabulary.schema, into: &diagnostics)
    let fields = policies.fields(
      of: AttributePath(root: "report", steps: []),
      in: try #require(document, "\(DiagnosticRenderer().render(diagnostics))"), today: today)
    return FactForm(
      fields, depth: 0, role: role, leavingOut: ["day"], times: times, words: words)
  }

  private static let recorded: [String: FactValue] = [
    "kind": .text("final"), "isShort": .bool(true), "reason": .text("few <words>"),
    "place": .text("there"), "kinds": .list([.text("draft")]),
    "words": .list([.text("one"), .text("two")]), "pages": .int(7), "due": .text("2026-12-01"),
    "sent": .text("2026-11-23T15:30:00-06:00"), "marks": .object(["isRead": .bool(false)]),
  ]

  private static let document = #"""
    {"day": "2026-11-23", "kind": "final", "isShort": true, "kinds": ["draft"], "words": [], "marks": {"isRead": false}}
    """#

  @Test func `each type has its control, and only what the role may change is asked`() throws {
    let fields = try form(Self.document).fields(of: [:])
    #expect(
      fields.map(\.name) == [
        "fact.kind", "fact.isShort", "fact.reason", "fact.place", "fact.kinds", "fact.words",
        "fact.pages", "fact.due", "fact.sent", "fact.marks.isRead",
      ])
    #expect(fields.map(\.label)[1] == "Short enough")
    #expect(
      fields[0].control
        == .radios([
          Field.Option("draft", "A draft"),
          Field.Option("final", "The final one", help: "Nothing changes after it."),
        ]))
    #expect(fields[0].help == "Whether it is done.")
    #expect(
      fields[1].control == .radios([Field.Option("true", "Yes"), Field.Option("false", "No")]))
    #expect(
      fields[3].control
        == .menu([Field.Option("here", "This place"), Field.Option("there", "That place")]))
    let office = try form(Self.document, role: "office").fields(of: [:])
    #expect(office.map(\.name) == ["fact.price"])
    #expect(try form(Self.document, role: nil).fields(of: [:]).count == 11)
  }

  @Test func `what is recorded comes back from the form as it was`() throws {
    let form = try form(Self.document)
    let fields = form.fields(of: Self.recorded)
    let body = FormBody(
      fields.flatMap { field in field.entered.map { FormBody.Field(name: field.name, value: $0) } })
    var mistakes: [InputMistake] = []
    #expect(form.facts(in: body, beside: [:], mistakes: &mistakes) == Self.recorded)
    #expect(mistakes.isEmpty)
    #expect(form.changes(in: body, from: Self.recorded, mistakes: &mistakes).isEmpty)
  }

  @Test func `what can't be read is kept as it was typed, with what is wrong beside it`() throws {
    let form = try form(Self.document)
    let body = FormBody([
      .init(name: "fact.pages", value: "se<ven"), .init(name: "fact.due", value: "someday"),
      .init(name: "fact.sent", value: "26:00"), .init(name: "fact.kind", value: "other"),
    ])
    var mistakes: [InputMistake] = []
    let facts = form.facts(in: body, beside: Self.recorded, mistakes: &mistakes)
    #expect(facts["pages"] == .int(7))
    #expect(mistakes.map(\.field) == ["fact.kind", "fact.pages", "fact.due", "fact.sent"])
    let fields = form.fields(of: body, mistakes: mistakes)
    let pages = try #require(fields.first { $0.name == "fact.pages" })
    #expect(pages.entered == ["se<ven"])
    #expect(pages.mistake == "Pages: “se<ven” is not a whole number.")
    let html = HTML { html in
      html.mistakes(in: fields)
      for field in fields { html.field(field) }
    }
    #expect(html.description.contains("value=\"se&lt;ven\""))
    #expect(html.description.contains("href=\"#field-fact-pages-control\">Pages:"))
    #expect(html.description.contains("role=\"alert\" tabindex=\"-1\" autofocus"))
  }

  @Test func `a field shows when the vocabulary says so, and asks nothing where it does not`()
    throws
  {
    let hidden = try form(
      #"{"day": "2026-11-23", "isShort": false, "kinds": [], "words": [], "marks": {"isRead": false}}"#
    )
    #expect(!hidden.shown.contains("fact.reason"))
    #expect(hidden.withoutHidden(["reason": .text("x"), "pages": .int(1)]) == ["pages": .int(1)])
    let shown = try form(Self.document)
    let body = FormBody([.init(name: "fact.isShort", value: "true")])
    #expect(shown.brought(up: body, drawn: Set(hidden.shown)))
    #expect(!shown.brought(up: body, drawn: Set(shown.shown)))
  }

  @Test func `a recorded value that is no choice any more is not lost by looking at it`() throws {
    let form = try form(Self.document)
    let field = try #require(
      form.fields(of: ["place": .text("nowhere")]).first { $0.name == "fact.place" })
    let html = HTML { $0.field(field) }
    #expect(html.description.contains("<option value=\"nowhere\" selected>nowhere</option>"))
  }

  @Test func `the controls are labelled, and say what is wrong with them`() throws {
    var fields = try form(Self.document).fields(of: Self.recorded)
    for index in fields.indices { fields[index].mistake = "Something is wrong." }
    let html = HTML { html in for field in fields { html.field(field) } }
    try assertSnapshot(html.description + "\n", named: "fields.html")
  }
}
#endif
