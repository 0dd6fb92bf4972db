import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRemedies
import PolicyRendering

/// Measures the engine and the program: in the package's folder, run
/// `swift build -c release && swift run -c release tutorpolicy-benchmark`.
///
/// Times of a machine drift; so each table has a column that is a ratio to its first row, measured in the
/// same run, in which a regression shows.
@main
struct Benchmark {
  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "policies"
    if let program = Program(policies: folder) {
      try self.program(program)
    } else {
      print("No program beside this one: swift build -c release makes it.")
    }
    let sources = try PolicySources(folder: folder)
    guard let today = CivilDate("2026-11-23"), let policies = PolicySet.load(sources.all).policies
    else {
      throw BenchmarkFailure(description: "the policies have mistakes: run tutorpolicy validate")
    }
    loading(sources, today)
    encounters(policies, today)
    rules(sources, today)
    reasons(policies, today)
    longLists(policies, today)
    jobs(policies, today)
    parts(policies, today)
  }

  /// Reading and checking policies, and with them the first decision.
  private static func loading(_ sources: PolicySources, _ today: CivilDate) {
    var table = Table("load policies, and decide a first session", unit: "ms")
    let session = Sessions.lines(count: 1, encounters: 3)
    for count in [10, 100, 1_000] {
      let text = sources.with(ruleCount: count)
      table.add("\(count) rules, load", measure { _ = PolicySet.load(text) } / 1e6)
      table.add(
        "\(count) rules, load and decide",
        measure {
          if let policies = PolicySet.load(text).policies { _ = decide(session, policies, today) }
        } / 1e6)
    }
    table.print()
  }

  private static func encounters(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("read and decide a session, by encounters", unit: "ns")
    for count in [1, 3, 10, 30, 100] {
      let sessions = Sessions.lines(count: 3_000 / count + 100, encounters: count)
      table.add("\(count) encounters", nanoseconds(sessions, policies, today))
    }
    table.print()
  }

  private static func rules(_ sources: PolicySources, _ today: CivilDate) {
    var table = Table("read and decide a session of 3 encounters, by rules", unit: "ns")
    let sessions = Sessions.lines(count: 500, encounters: 3)
    for count in [10, 100, 1_000] {
      guard let policies = PolicySet.load(sources.with(ruleCount: count)).policies else { continue }
      table.add("\(count) rules", nanoseconds(sessions, policies, today))
    }
    table.print()
  }

  /// The compiled plan beside the general evaluator, and beside that with reasons.
  private static func reasons(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("a session of 3 encounters, with and without reasons", unit: "ns")
    let lines = Sessions.lines(count: 100, encounters: 3)
    table.add("plan, verdict", nanoseconds(lines, policies, today))
    let documents = lines.documents(policies)
    let count = Double(max(documents.count, 1))
    table.add(
      "general evaluator, verdict",
      measure { for document in documents { _ = policies.decide(document, today: today) } } / count)
    func add(_ name: String, _ body: (FactDocument) -> Void) {
      table.add(name, measure { documents.forEach(body) } / count)
    }
    add("general evaluator, explanation") { _ = policies.explain($0, today: today) }
    add("explanation as JSON") { _ = policies.explain($0, today: today).ndjsonLine }
    let knowledge = PolicyKnowledge(policies)
    add("best ways out, as explanations end with") {
      _ = knowledge.remedies(for: $0, today: today, extent: .best).lines
    }
    add("all ways out as JSON") { _ = knowledge.remedies(for: $0, today: today).ndjsonLine }
    table.print()
  }

  /// Explaining sessions with many encounters, by encounter: the ratios tell what grows faster than they do.
  private static func longLists(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("explain a session, by its encounters, for each of them", unit: "ns")
    for count in [10, 100, 1_000] {
      guard let document = Sessions.lines(count: 1, encounters: count).documents(policies).first
      else { continue }
      table.add(
        "\(count) encounters",
        measure { _ = policies.explain(document, today: today).ndjsonLine } / Double(count))
    }
    table.print()
  }

  private static func jobs(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("read and decide a session of 3 encounters, by threads", unit: "ns")
    let sessions = Sessions.lines(count: 5_000, encounters: 3)
    for jobs in [1, 2] {
      let time = measure {
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
          _ = decide(sessions, policies, today)
        }
      }
      table.add("\(jobs) at a time", time / Double(sessions.count * jobs))
    }
    table.print()
  }

  /// The program from the start of its process: a first decision, and memory by the length of a stream.
  private static func program(_ program: Program) throws {
    let file = try TemporaryFile()
    try file.append(Sessions.lines(count: 1, encounters: 3).text)
    var start = Table("process start to exit, with one session decided", unit: "ms")
    for (name, command) in [("verdict", "check"), ("explanation", "explain")] {
      start.add(name, try measure { try program.check(file.url, command: command) } / 1e6)
    }
    start.print()
    var memory = Table("peak memory of the process, by the length of the stream", unit: "MB")
    let sessions = Sessions.lines(count: 1_000, encounters: 3)
    var written = 1
    for thousands in [1, 10, 100] {
      while written <= thousands {
        try file.append(sessions.text)
        written += 1
      }
      memory.add("\(thousands),000 sessions", try program.peakMemory(checking: file.url))
    }
    memory.print()
  }

  /// What the parts of deciding cost, each by itself.
  private static func parts(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("a session of 3 encounters, by parts", unit: "ns")
    let sessions = Sessions.lines(count: 2_000, encounters: 3)
    let schema = policies.vocabulary.schema
    var decoder = FactDecoder(schema, layout: FactLayout(schema))
    var arena = FactArena()
    var decider = DocumentDecider(policies, today: today)
    let writer = VerdictLineWriter(decider)
    var output = ByteBuffer()
    var (reading, deciding, writing) = (0.0, 0.0, 0.0)
    PaddedBytes.withCopy(of: Array(sessions.text)) { text in
      var rows: [Int] = []
      reading = measure {
        arena.removeAll()
        rows.removeAll(keepingCapacity: true)
        var offset = 0
        while offset < text.count {
          let document = decoder.decode(text, from: offset, isLine: true, into: &arena)
          if let row = document.row { rows.append(row) }
          offset = document.end + 1
        }
      }
      deciding = measure {
        for row in rows { decider.decide(row: row, in: arena, text: text, length: text.count) }
      }
      writing = measure {
        output.removeAll()
        for row in rows {
          decider.decide(row: row, in: arena, text: text, length: text.count)
          writer.write(decider, to: &output)
        }
      }
    }
    let count = Double(sessions.count)
    table.add("read", reading / count)
    table.add("evaluate the rules", deciding / count)
    table.add("write the line", (writing - deciding) / count)
    table.print()
  }

  // MARK: - Measuring

  private static func nanoseconds(
    _ sessions: Sessions, _ policies: PolicySet, _ today: CivilDate
  ) -> Double {
    measure { _ = decide(sessions, policies, today) } / Double(sessions.count)
  }

  /// Decodes and decides sessions, and writes their lines; gives the number of bytes written.
  private static func decide(
    _ sessions: Sessions, _ policies: PolicySet, _ today: CivilDate
  ) -> Int {
    var lines = LineDecider(DocumentDecider(policies, today: today))
    let writer = VerdictLineWriter(lines.decider)
    var output = ByteBuffer()
    _ = lines.decide(sessions.bytes, count: sessions.byteCount) { decider in
      writer.write(decider, to: &output)
    }
    return output.count
  }

  /// The shortest of several runs, in nanoseconds.
  private static func measure(_ body: () throws -> Void) rethrows -> Double {
    try (0..<5).map { _ in try ContinuousClock().measure(body) / .nanoseconds(1) }.min() ?? 0
  }
}

/// A reason for which nothing was measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
}
