import CEL
import EmbeddedPolicies
import Foundation
import PolicyEngine
import TestSupport
import Testing

@Suite struct StreamDeciderTests {
  private let week = packageRoot.appending(path: "Examples/sessions/week-42.ndjson")

  /// The lines about the documents of a stream that comes in pieces of a size.
  private func lines(of text: Data, inPiecesOf size: Int) throws -> (String, Int, [Int]) {
    var stream = try StreamDecider(Policies(folder: shipped), today: today)
    var lines = stream.verdictLines
    var rest = text[...]
    while !rest.isEmpty {
      stream.decide(rest.prefix(size)) { lines.append($0) }
      rest = rest.dropFirst(size)
    }
    stream.finish { lines.append($0) }
    return (
      String(decoding: lines.take(), as: UTF8.self), stream.documentCount,
      stream.badLines.map(\.number)
    )
  }

  @Test(arguments: [1, 7, 1_000, 1 << 20])
  func `a stream is decided the same in pieces of any size`(size: Int) async throws {
    let text = try Data(contentsOf: week)
    let (found, count, bad) = try lines(of: text, inPiecesOf: size)
    let printed = try await runCommand(
      builtProduct("tutorpolicy"), ["check", week.path, "--format", "ndjson", "--today=2026-11-23"])
    #expect(found == printed.standardOutput)
    #expect(count == 12)
    #expect(bad == [])
  }

  @Test(arguments: [3, 5_000])
  func `lines that are not documents are named, and the others decided`(size: Int) throws {
    var text = try String(contentsOf: week, encoding: .utf8)
    text = "{\"id\": 1}\n\n" + text + "not a session"
    let (found, count, bad) = try lines(of: Data(text.utf8), inPiecesOf: size)
    #expect(count == 12)
    #expect(found.split(separator: "\n").count == 12)
    #expect(bad == [1, 15])
  }

  @Test func `nothing comes of nothing`() throws {
    let (found, count, bad) = try lines(of: Data(), inPiecesOf: 10)
    #expect(found == "" && count == 0 && bad == [])
  }

  @Test func `outcomes go by names, and a decision that was not asked for has none`() throws {
    var stream = try StreamDecider(
      Policies(folder: shipped), today: today, decisions: ["payment"])
    var outcomes: [String] = []
    stream.decide(try Data(contentsOf: week)) { decided in
      #expect(decided.outcome(of: "export") == nil)
      #expect(decided.passes == (decided.outcome(of: "payment") == .pass))
      #expect(decided.verdict.passes == decided.passes)
      if !decided.passes { outcomes.append(decided.identity ?? "") }
    }
    #expect(outcomes == ["S-1038", "S-1043", "S-1048", "S-1054"])
  }

  @Test func `the streaming example counts as recorded`() async throws {
    let result = try await runCommand(
      builtProduct("streaming-example"), [week.path, shipped])
    #expect(result.status == 0)
    #expect(result.standardOutput.hasSuffix("\n12 sessions\n8 of them are paid\n"))
  }
}
