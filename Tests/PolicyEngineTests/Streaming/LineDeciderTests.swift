import CEL
import Diagnostics
import Foundation
import Testing

@testable import PolicyEngine

/// Deciding pieces of NDJSON, and counting what comes of it.
@Suite struct LineDeciderTests {
  private func session(_ id: String, end: String = #","end":"2026-10-05T16:00:00-05:00""#) -> String
  {
    #"{"id":"\#(id)","date":"2026-10-05","tutor":{"id":"T","name":"N","approvedSchools":["a"]},"#
      + #""start":"2026-10-05T15:00:00-05:00"\#(end),"tags":[],"encounters":[]}"#
  }

  private func decide(
    _ text: String, grouping: String? = nil, limit: Int = DecisionSummary.defaultLimit
  ) throws -> (result: LineDecider.Result, lines: [String], summary: DecisionSummary) {
    let policies = try ShippedPolicies.load()
    var lines = LineDecider(
      DocumentDecider(
        policies, today: try #require(ShippedPolicies.today),
        grouping: try grouping.map { try GroupingFact($0, in: policies) }))
    var ids: [String] = []
    var summary = DecisionSummary(lines.decider, limit: limit)
    let bytes = Array(text.utf8)
    let result = lines.decide(
      bytes + Array(repeating: 0, count: PaddedBytes.padding), count: bytes.count
    ) { decider in
      ids.append(decider.verdict.id ?? "")
      summary.add(decider)
    }
    return (result, ids, summary)
  }

  @Test func `blank lines are passed over and bad ones remembered`() throws {
    let text = [session("a"), "", " \r", "{", session("b") + "\r", #"{"id":1}"#, session("c")]
      .joined(separator: "\n")
    let (result, ids, _) = try decide(text)
    #expect(ids == ["a", "b", "c"])
    #expect(result.lineCount == 7)
    #expect(result.documentCount == 3)
    #expect(result.badLines.map(\.number) == [3, 5])
    #expect(
      result.badLines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{", #"{"id":1}"#])
  }

  @Test func `a summary counts outcomes, sole blockers and groups`() throws {
    let open = session("b", end: "")
    let text = [session("a"), open, open].joined(separator: "\n") + "\n"
    let policies = try ShippedPolicies.load()
    let (_, _, summary) = try decide(text, grouping: "id")
    let index = try #require(policies.rules.firstIndex { $0.id == "has-work-order" })
    #expect(summary.all.documents == 3)
    #expect(summary.violated[index]?.documents == 3)
    #expect(summary.violated[index]?.alone == 1)
    #expect(summary.together?.values.reduce(0, +) == 2)
    #expect(summary.groups?.mapValues(\.documents) == [Array("a".utf8): 1, Array("b".utf8): 2])
  }

  @Test func `groups and sets of rules are counted up to a limit, by one thread or several`() throws
  {
    let text = [session("a"), session("b"), session("c", end: "")].joined(separator: "\n") + "\n"
    #expect(try decide(text, grouping: "id", limit: 3).summary.groups?.count == 3)
    let (_, _, counted) = try decide(text, grouping: "id", limit: 2)
    #expect(counted.groups == nil)
    #expect(counted.all.documents == 3)
    var merged = try decide(session("a"), grouping: "id", limit: 2).summary
    for id in ["b", "c"] {
      #expect(merged.groups != nil)
      merged.merge(try decide(session(id), grouping: "id", limit: 2).summary)
    }
    #expect(merged.groups == nil)
    let renderer = SummaryRenderer(
      policies: try ShippedPolicies.load(), style: .plain,
      today: try #require(ShippedPolicies.today), grouping: "id", selection: nil,
      isCutShort: false)
    #expect(
      renderer.render(merged).hasSuffix(
        "by id: how many pass (too many different ones to count)\n"))
  }

  @Test func `merged summaries count the documents of both`() throws {
    let one = try decide(session("a")).summary
    var both = one
    both.merge(one)
    #expect(both.all.documents == 2)
    #expect(both.violated.mapValues(\.documents) == one.violated.mapValues { $0.documents * 2 })
  }

  @Test(arguments: [
    ("schol", "did you mean 'school'"), ("tags", "is a list"), ("workOrder", "not a single value"),
    ("id.x", "has no facts"), ("", "is not a fact"),
  ])
  func `documents can't be grouped by what is no single fact`(path: String, message: String) throws
  {
    let policies = try ShippedPolicies.load()
    let problem = #expect(throws: GroupingFact.Problem.self) {
      _ = try GroupingFact(path, in: policies)
    }
    #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
  }
}
