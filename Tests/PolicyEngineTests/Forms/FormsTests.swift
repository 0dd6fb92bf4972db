import CEL
import Diagnostics
import PolicyEngine
import Testing

/// What a program learns of a small vocabulary to draw forms by.
@Suite struct FormsTests {
  private static let text = """
    document: {report: Report}
    governedBy: report.day
    belongsTo: report.author.login
    enumerations:
      Kind:
        draft: Draft
        final: {label: Final, help: Nothing changes after it.}
    parameters:
      placeNames: {type: {string: string}, values: {2026-01-01: {here: This place, there: That place}}}
      goals: {type: [string], values: {2026-07-01: [one, two]}}
    types:
      Report:
        facts:
          day: date
          kind: {type: Kind, help: Whether it is done., changedBy: author, nature: choice}
          place: {type: string, choices: report.author.places, names: placeNames}
          title: {type: string?, choices: "report.kind == 'final' ? goals : []"}
          labels: {type: [string], choices: goals}
          reason: {type: string?, shownWhen: report.kind == 'final'}
          secret: {type: string?, choices: report.author.notes}
          author: Author
          pages: [Page]
      Author:
        facts:
          login: string
          places: {type: [string], names: placeNames}
          isNew: bool
          notes: {type: [string], confidential: true}
      Page:
        facts: {number: int, place: {type: string, choices: placeNames}}
    decisions:
      print: {title: Printing, about: Report}
    rules:
      - {rule: printed, title: Printed, decides: [print], require: report.kind == 'final'}
    """

  private static let whole = """
    {"day": "2026-10-20", "kind": "final", "place": "here", "labels": ["one"],
     "author": {"login": "a", "places": ["there", "nowhere"], "isNew": false, "notes": ["x"]},
     "pages": [{"number": 1, "place": "here"}]}
    """

  private let policies: PolicySet
  private let today = CivilDate(daysSinceEpoch: 20_747)  // 21 October 2026

  init() throws {
    let result = PolicySet.load([Source(name: "report.yaml", text: Self.text)])
    policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private func document(_ json: String) throws -> FactDocument {
    var diagnostics: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "", text: json), schema: policies.vocabulary.schema, into: &diagnostics)
    return try #require(document, "\(DiagnosticRenderer().render(diagnostics))")
  }

  private func path(_ steps: AttributePath.Step...) -> AttributePath {
    AttributePath(root: "report", steps: steps)
  }

  private func choices(
    _ path: AttributePath, _ json: String = whole, for viewer: Viewer = .privileged
  ) throws -> Choices {
    policies.choices(of: path, in: try document(json), today: today, for: viewer)
  }

  @Test func `choices follow from the document, with the names of their values`() throws {
    let choices = try choices(path(.field("place"))).all
    #expect(choices.map(\.name) == ["That place", "nowhere"])
    #expect(choices.map { $0.value.isEqual(to: .string("there")) } == [true, false])
  }

  @Test func `choices of a list are those of its elements, and a parameter may list them`() throws {
    #expect(try choices(path(.field("labels"))).all.map(\.name) == ["one", "two"])
    #expect(try choices(path(.field("title"))).all.map(\.name) == ["one", "two"])
  }

  @Test func `a table names the choices in an object of a list`() throws {
    let choices = try choices(path(.field("pages"), .index(0), .field("place"))).all
    #expect(choices.map(\.name) == ["This place", "That place"])
  }

  @Test func `an empty list leaves the value free`() throws {
    let draft = Self.whole.replacing(#""final""#, with: #""draft""#)
    guard case .free = try choices(path(.field("title")), draft) else {
      Issue.record("there is a choice")
      return
    }
  }

  @Test func `cases and truths are choices without a word of the vocabulary`() throws {
    let kinds = try choices(path(.field("kind"))).all
    #expect(kinds.map(\.name) == ["Draft", "Final"])
    #expect(kinds.map(\.help) == [nil, "Nothing changes after it."])
    #expect(try choices(path(.field("author"), .field("isNew"))).all.map(\.name) == ["Yes", "No"])
  }

  @Test func `what can't be told is undetermined, and the field is shown`() throws {
    let places = try choices(path(.field("place")), #"{"day": "2026-10-20"}"#)
    guard case .undetermined(let doubt) = places else {
      Issue.record("the choices are known")
      return
    }
    #expect(doubt.missing.paths.map(\.description) == ["report.author"])
    let early = try choices(path(.field("labels")), #"{"day": "2026-01-20"}"#)
    guard case .undetermined(let doubt) = early else {
      Issue.record("the choices are known")
      return
    }
    #expect(doubt.errors.map(\.message) == ["'goals' has no value in force on 2026-01-20"])
    let visibility = policies.visibility(
      of: path(.field("reason")), in: try document("{}"), today: today)
    #expect(visibility.isShown)
  }

  @Test func `a path that leads nowhere has no choices`() throws {
    for path in [
      path(), path(.field("nothing")), path(.index(3)), path(.field("day"), .field("x")),
    ] {
      #expect(try choices(path).all.isEmpty)
    }
    #expect(
      try choices(path(.field("pages"), .index(7), .field("place"))).all.isEmpty)
  }

  @Test func `a field is shown only when its condition holds`() throws {
    let reason = path(.field("reason"))
    let final = try document(Self.whole)
    #expect(policies.visibility(of: reason, in: final, today: today).isShown)
    let draft = try document(Self.whole.replacing(#""final""#, with: #""draft""#))
    #expect(!policies.visibility(of: reason, in: draft, today: today).isShown)
  }

  @Test func `choices that tell something confidential are withheld`() throws {
    let secret = path(.field("secret"))
    #expect(try choices(secret, for: .person("a")).all.map(\.name) == ["x"])
    guard case .withheld = try choices(secret, for: .person("b")) else {
      Issue.record("the choices are shown to another")
      return
    }
  }

  @Test func `the fields of an object hold those of single objects inside it`() throws {
    let fields = policies.fields(of: path(), in: try document(Self.whole), today: today)
    #expect(
      fields.map(\.path.pathFromRoot) == [
        "day", "kind", "place", "title", "labels", "reason", "secret", "author.login",
        "author.places", "author.isNew", "author.notes",
      ])
    let kind = try #require(fields.first { $0.label == "kind" })
    #expect(kind.fact.help == "Whether it is done.")
    #expect(kind.fact.changedBy == "author")
    #expect(kind.changes?.nature == .choice)
    guard case .value(let value)? = kind.state else {
      Issue.record("the value is not there")
      return
    }
    #expect(value.isEqual(to: .string("final")))
    let page = policies.fields(
      of: path(.field("pages"), .index(0)), in: try document(Self.whole), today: today)
    #expect(page.map(\.label) == ["number", "place"])
  }

  @Test func `fields of an empty document are there to be filled in`() throws {
    let fields = policies.fields(of: path(), in: try document("{}"), today: today)
    #expect(fields.count == 11)
    #expect(fields.allSatisfy { $0.visibility.isShown })
  }

  @Test func `what is confidential has no value for another`() throws {
    let document = try document(Self.whole)
    func notes(_ viewer: Viewer) -> FormField? {
      policies.fields(of: path(), in: document, today: today, for: viewer)
        .first { $0.path.pathFromRoot == "author.notes" }
    }
    #expect(notes(.person("a"))?.state != nil)
    #expect(notes(.person("b"))?.state == nil)
  }

  @Test func `names are those of a fact's values`() throws {
    let names = policies.names(
      of: path(.field("author"), .field("places")), in: try document(Self.whole), today: today)
    #expect(names.map(\.name) == ["This place", "That place"])
  }
}
