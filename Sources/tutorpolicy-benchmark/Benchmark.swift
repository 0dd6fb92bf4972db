import CEL
import Diagnostics
import Foundation
import PolicyEngine

/// Measures the engine: run `swift run -c release tutorpolicy-benchmark` in the package's folder.
///
/// Times of a machine drift; so each table has a column that is a ratio to its first row, measured in the
/// same run, in which a regression shows.
@main
struct Benchmark {
  static func main() throws {
    let sources = try PolicySources(folder: CommandLine.arguments.dropFirst().first ?? "policies")
    guard let today = CivilDate("2026-11-23"), let policies = PolicySet.load(sources.all).policies
    else {
      throw BenchmarkFailure(description: "the policies have mistakes: run tutorpolicy validate")
    }
    loading(sources, today)
    encounters(policies, today)
    rules(sources, today)
    reasons(policies, today)
    jobs(policies, today)
    length(policies, today)
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
    table.add(
      "general evaluator, explanation",
      measure { for document in documents { _ = policies.explain(document, today: today) } }
        / count)
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

  private static func length(_ policies: PolicySet, _ today: CivilDate) {
    var table = Table("peak memory after so many sessions", unit: "MB")
    let sessions = Sessions.lines(count: 1_000, encounters: 3)
    for thousands in [1, 10, 100] {
      for _ in 0..<thousands { _ = decide(sessions, policies, today) }
      var usage = rusage()
      // RUSAGE_SELF, which Linux imports with a type that its own function does not take.
      let ownProcess: Int32 = 0
      _ = unsafe getrusage(ownProcess, &usage)
      #if os(Linux)
      let kilobyte = 1.0
      #else
      let kilobyte = 1024.0
      #endif
      table.add("\(thousands),000", Double(usage.ru_maxrss) / kilobyte / 1024)
    }
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
  private static func measure(_ body: () -> Void) -> Double {
    (0..<5).map { _ in ContinuousClock().measure(body) / .nanoseconds(1) }.min() ?? 0
  }
}

/// A reason for which nothing was measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
}
