import CEL
import Diagnostics
import PolicyRendering
import Testing
import YAML

@testable import PolicyEngine

/// One instant and one number, however they are written, are decided as one: alone, in a stream, and in
/// explanations.
@Suite struct FormTests {
  private static let policies = """
    document: {visit: Visit}
    governedBy: visit.day
    timeZone: America/Chicago
    types:
      Visit:
        facts: {day: date, at: timestamp, minutes: int, parts: [Part]}
        terms:
          localDay: {is: "string(date(visit.at))", label: local day}
      Part:
        facts: {minutes: int}
    parameters:
      limit: {type: int, values: {2020-01-01: 60}, label: the limit}
    decisions: {counts: {title: Counts, about: Visit}}
    rules:
      - rule: that-day
        title: On its day
        decides: [counts]
        require: date(visit.at) == visit.day
        because: "It was on {date(visit.at)}, at {visit.at}, {visit.localDay}."
      - rule: long-enough
        title: Long enough
        decides: [counts]
        require: visit.minutes == limit && visit.parts.all(p, p.minutes == limit)
        because: "It took {visit.minutes} minutes."
    """

  private let policies: PolicySet
  private let today: CivilDate

  init() throws {
    policies = try #require(
      PolicySet.load([Source(name: "p.yaml", text: Self.policies)]).policies)
    today = try #require(CivilDate("2026-03-10"))
  }

  private func document(_ text: String, into mistakes: inout [Diagnostic]) -> FactDocument? {
    FactDocument.read(
      json: Source(name: "visit.json", text: text), schema: policies.vocabulary.schema,
      into: &mistakes)
  }

  /// What a document is decided as: by itself, as a line of a stream, and in an explanation.
  private func ways(_ text: String) throws -> [String] {
    var mistakes: [Diagnostic] = []
    let document = try #require(document(text, into: &mistakes), "\(mistakes)")
    let single = policies.decide(document, today: today)
    var line = ""
    var lines = LineDecider(DocumentDecider(policies, today: today))
    let writer = VerdictLineWriter(lines.decider)
    let bytes = Array(text.utf8)
    _ = lines.decide(
      bytes + Array(repeating: 0, count: PaddedBytes.padding), count: bytes.count
    ) { decider in
      var buffer = ByteBuffer()
      writer.write(decider, to: &buffer)
      line = String(decoding: buffer.copy(), as: UTF8.self)
    }
    let explanation = policies.explain(document, today: today)
    let reasons = explanation.decisions.flatMap { decision in
      decision.rules.map { "\($0.id) \($0.outcome) \($0.reason ?? "")" }
    }
    return [single.ndjsonLine + "\n", line] + reasons
  }

  private func text(at instant: String, day: String = "2026-03-07", minutes: String = "60")
    -> String
  {
    #"{"day":"\#(day)","at":"\#(instant)","minutes":\#(minutes),"parts":[{"minutes":\#(minutes)}]}"#
  }

  @Test(arguments: [
    // The evening before the change to summer time, the hour left out, a summer night, the hour that comes twice.
    ("2026-03-08T02:30:00Z", "2026-03-07"), ("2026-03-08T08:00:00Z", "2026-03-08"),
    ("2026-07-01T04:59:59Z", "2026-06-30"), ("2026-11-01T06:30:00Z", "2026-11-01"),
    ("2026-11-01T07:30:00Z", "2026-11-01"), ("2026-01-15T05:59:59Z", "2026-01-14"),
  ])
  func `an instant has one decision and one day, whatever offset it is written with`(
    instant: String, day: String
  ) throws {
    let seconds = try #require(CELTimestamp(instant)).seconds
    let plain = instant.dropLast()
    let west = try #require(Self.written(seconds, hoursBehind: 6))
    let east = try #require(Self.written(seconds, hoursBehind: -2))
    for own in [day, "2026-02-02"] {
      let expected = try ways(text(at: instant, day: own))
      #expect(expected[0] == expected[1])
      #expect(expected[0].contains(own == day ? "\"pass\"" : "\"fail\""))
      for spelling in ["\(plain)+00:00", "\(plain).000Z", west, east] {
        #expect(try ways(text(at: spelling, day: own)) == expected, "\(spelling)")
      }
    }
  }

  private static func written(_ seconds: Int64, hoursBehind hours: Int64) -> String? {
    let local = CELTimestamp(seconds: seconds - hours * 3_600).description
    let sign = hours > 0 ? "-" : "+"
    return local.hasSuffix("Z") ? "\(local.dropLast())\(sign)0\(abs(hours)):00" : nil
  }

  @Test(arguments: ["60.0", "6e1", "6E+1", "600e-1", "60.00", "0.6e2"])
  func `a whole number is one number, however it is written`(number: String) throws {
    let expected = try ways(text(at: "2026-03-07T12:00:00-06:00"))
    #expect(expected[0].contains("\"pass\""))
    #expect(try ways(text(at: "2026-03-07T12:00:00-06:00", minutes: number)) == expected)
  }

  @Test(arguments: ["62.5", "\"60\"", "6.05e1", "true", "[60]", "1e19"])
  func `what is not a whole number is refused with its place, alone and in a stream`(
    number: String
  ) throws {
    let text = text(at: "2026-03-07T12:00:00-06:00", minutes: number)
    var mistakes: [Diagnostic] = []
    #expect(document(text, into: &mistakes) == nil)
    #expect(mistakes.count == 2)
    for mistake in mistakes { #expect(mistake.range?.text == number) }
    var lines = LineDecider(DocumentDecider(policies, today: today))
    let bytes = Array((text + "\n").utf8)
    let result = lines.decide(
      bytes + Array(repeating: 0, count: PaddedBytes.padding), count: bytes.count
    ) { _ in Issue.record("it is decided") }
    #expect(result.badLines.map(\.number) == [0])
  }

  @Test(arguments: ["60", "60.0", "6e1"])
  func `a whole number is one number in a parameter and in YAML too`(number: String) throws {
    let policies = try #require(
      PolicySet.load([
        Source(
          name: "p.yaml",
          text: Self.policies.replacing("2020-01-01: 60", with: "2020-01-01: \(number)"))
      ]).policies)
    var mistakes: [Diagnostic] = []
    let text =
      "day: 2026-03-07\nat: 2026-03-07T20:30:00-06:00\nminutes: \(number)\nparts: [{minutes: 60}]\n"
    let node = try #require(
      YAMLReader.read(Source(name: "visit.yaml", text: text), into: &mistakes).first)
    let read = FactDocument.read(yaml: node, schema: policies.vocabulary.schema, into: &mistakes)
    let document = try #require(read, "\(mistakes)")
    #expect(policies.decide(document, today: today).passes)
  }

  @Test(arguments: ["62.5", "'60'"])
  func `what is not a whole number is refused in a parameter, with its place`(number: String) {
    let loaded = PolicySet.load([
      Source(
        name: "p.yaml",
        text: Self.policies.replacing("2020-01-01: 60", with: "2020-01-01: \(number)"))
    ])
    #expect(loaded.policies == nil)
    #expect(loaded.diagnostics.map { $0.range?.text } == [number])
  }

  @Test(arguments: [
    ("a late fact", #","note":"x""#, "60"), ("an odd spelling", "", "6e1"), ("too few", "", "59"),
    ("a missing part", "", "null"),
  ])
  func `the last of thirty thousand lines is decided as it is alone`(
    what: String, more: String, minutes: String
  ) throws {
    let policies = try #require(
      PolicySet.load([
        Source(
          name: "p.yaml",
          text: Self.policies.replacing(
            "minutes: int, parts", with: "minutes: int, note: string?, parts"))
      ]).policies)
    let usual = text(at: "2026-03-07T12:00:00-06:00")
    let odd = text(at: "2026-03-08T02:30:00Z", minutes: minutes).dropLast() + more + "}"
    var mistakes: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "visit.json", text: String(odd)), schema: policies.vocabulary.schema,
      into: &mistakes)
    let alone = policies.decide(try #require(document, "\(mistakes)"), today: today).ndjsonLine
    let stream = String(repeating: usual + "\n", count: 29_999) + odd
    var lines = LineDecider(DocumentDecider(policies, today: today))
    let writer = VerdictLineWriter(lines.decider)
    var last = ""
    var count = 0
    let bytes = Array(stream.utf8)
    _ = lines.decide(
      bytes + Array(repeating: 0, count: PaddedBytes.padding), count: bytes.count
    ) { decider in
      count += 1
      guard count == 30_000 else { return }
      var buffer = ByteBuffer()
      writer.write(decider, to: &buffer)
      last = String(decoding: buffer.copy(), as: UTF8.self)
    }
    #expect(count == 30_000)
    #expect(last == alone + "\n", "\(what)")
  }
}
