import Diagnostics
import Foundation
import PolicyEngine
import Testing

@testable import PolicyComparison

@Suite struct EditTests {
  @Test func `comments, layout and order are no change`() throws {
    let edits = try edits { text in
      text.replacing("    type: int\n", with: "    type:    int   # whole\n")
        .replacing(
          "    require: session.minutes <= most",
          with: "    require: >-\n      session.minutes\n      <= most")
    }
    #expect(edits.isEmpty, "\(edits)")
  }

  @Test func `a value is compared on every date`() throws {
    let edits = try edits {
      $0.replacing("{2015-07-01: 60}", with: "{2015-07-01: 60, 2026-10-01: 90}")
    }
    let edit = try #require(edits.first)
    #expect(edits.count == 1)
    #expect(edit.subject == .parameter && edit.kind == .changed && !edit.isText)
    #expect(edit.lines.map { "\($0.part): \($0.words)" } == ["from 1 Oct 2026 on: 60 → 90"])
  }

  @Test func `a value that is repeated is no change`() throws {
    let edits = try edits {
      $0.replacing("{2015-07-01: 60}", with: "{2015-07-01: 60, 2026-10-01: 60}")
    }
    #expect(edits.isEmpty, "\(edits)")
  }

  @Test func `what is only called otherwise is renamed, with those that speak of it`() throws {
    let edits = try edits {
      $0.replacing("most", with: "limit").replacing("rule: short", with: "rule: not-too-long")
    }
    #expect(
      edits.map(\.words) == [
        "parameter limit, renamed from most", "rule not-too-long, renamed from short",
      ])
    let texts = edits.filter(\.isText)
    #expect(texts.count == 2)
  }

  @Test func `a rule in another file has moved`() throws {
    let text = Self.text
    let rules = text.range(of: "rules:\n").map { $0.lowerBound } ?? text.endIndex
    let new = try Self.load([
      ("a.yaml", String(text[..<rules])), ("b.yaml", String(text[rules...])),
    ])
    let edits = PolicyEdit.edits(from: try Self.load([("a.yaml", text)]), to: new)
    #expect(edits.map(\.words) == ["rule short, moved from a.yaml"])
  }

  @Test func `conditions, needs and texts are told apart`() throws {
    let edits = try edits {
      $0.replacing("session.minutes <= most", with: "session.minutes < most")
        .replacing("title: It is short", with: "title: It is not long")
    }
    let details = try #require(edits.first?.details)
    #expect(details.map(\.part) == ["require", "title"])
    #expect(details.map(\.isText) == [false, true])
    #expect(details.first?.old == "session.minutes <= most")
  }

  @Test func `what is new and what is gone is named`() throws {
    let edits = try edits {
      $0.replacing("rule: short", with: "rule: other")
        .replacing("session.minutes <= most", with: "session.minutes < most")
    }
    #expect(edits.map { "\($0.kind.rawValue) \($0.name)" } == ["added other", "removed short"])
  }

  private func edits(_ change: (String) -> String) throws -> [PolicyEdit] {
    PolicyEdit.edits(
      from: try Self.load([("a.yaml", Self.text)]),
      to: try Self.load([("a.yaml", change(Self.text))]))
  }

  static func load(_ files: [(name: String, text: String)]) throws -> PolicySet {
    let result = PolicySet.load(files.map { Source(name: $0.name, text: $0.text) })
    return try #require(
      result.policies, "\(DiagnosticRenderer(style: .plain).render(result.diagnostics))")
  }

  private static let text = """
    document: {session: Session}
    governedBy: session.date
    timeZone: America/Chicago
    types:
      Session:
        facts: {date: date, minutes: int}
    parameters:
      most:
        type: int
        values: {2015-07-01: 60}
    decisions:
      payment: {title: Payment, about: Session}
    rules:
      - rule: short
        title: It is short
        decides: [payment]
        require: session.minutes <= most
    """
}
