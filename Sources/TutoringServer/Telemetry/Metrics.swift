#if Server
import Synchronization

/// Counts what the server does, in the text form that Prometheus reads (version 0.0.4).
///
/// Labels are routes, methods, statuses and names of decisions: never a person or a session.
package final class Metrics: Sendable {
  /// A kind of measurement.
  package struct Name: Hashable, Sendable {
    let name: String
    let help: String

    /// Requests that were answered.
    package static let requests = Name(
      name: "tutoring_requests_total", help: "Requests that were answered.")
    /// Tries to sign in.
    package static let signIns = Name(
      name: "tutoring_sign_ins_total", help: "Tries to sign in, by how they ended.")
    /// Sessions that were decided.
    package static let decisions = Name(
      name: "tutoring_decisions_total", help: "Decisions about sessions, by what they came to.")
    /// Actions on sessions.
    package static let actions = Name(
      name: "tutoring_actions_total", help: "Actions on sessions, by how they ended.")
    /// Changes of the policies.
    package static let policyChanges = Name(
      name: "tutoring_policy_changes_total", help: "Changes of the policies that were taken.")
  }

  /// The upper ends of the classes that durations are counted in, in seconds.
  private static let bounds = [0.005, 0.025, 0.1, 0.5, 2.5, 10]

  private struct Series: Hashable {
    let name: Name
    /// The labels, as they are written.
    let labels: String
  }

  private struct Durations {
    var counts = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var sum = 0.0
  }

  private struct State {
    var counters: [Series: Int] = [:]
    var durations: [String: Durations] = [:]
  }

  private let state = Mutex(State())

  /// Counters that are all zero.
  package init() {}

  /// Counts something.
  package func count(_ name: Name, _ labels: KeyValuePairs<String, String>, by count: Int = 1) {
    let series = Series(name: name, labels: Self.text(of: labels))
    state.withLock { $0.counters[series, default: 0] += count }
  }

  /// Counts a request that was answered, with how long that took.
  package func countRequest(route: String, method: String, status: Int, seconds: Double) {
    count(.requests, ["route": route, "method": method, "status": String(status)])
    let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.durations[Self.text(of: ["route": route]), default: Durations()].counts[place] += 1
      state.durations[Self.text(of: ["route": route])]?.sum += seconds
    }
  }

  /// All that was counted, with gauges that are read when it is asked for.
  package func text(gauges: [(name: String, help: String, value: Double)] = []) -> String {
    let (counters, durations) = state.withLock { ($0.counters, $0.durations) }
    var text = ""
    for gauge in gauges {
      text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n"
      text += "\(gauge.name) \(gauge.value)\n"
    }
    let names = Dictionary(grouping: counters, by: \.key.name).sorted { $0.key.name < $1.key.name }
    for (name, series) in names {
      text += "# HELP \(name.name) \(name.help)\n# TYPE \(name.name) counter\n"
      for (key, count) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        text += "\(name.name){\(key.labels)} \(count)\n"
      }
    }
    let duration = "tutoring_request_seconds"
    text += "# HELP \(duration) How long answering took.\n# TYPE \(duration) histogram\n"
    for (labels, found) in durations.sorted(by: { $0.key < $1.key }) {
      var total = 0
      for (bound, count) in zip(Self.bounds, found.counts) {
        total += count
        text += "\(duration)_bucket{\(labels),le=\"\(bound)\"} \(total)\n"
      }
      total += found.counts.last ?? 0
      text += "\(duration)_bucket{\(labels),le=\"+Inf\"} \(total)\n"
      text += "\(duration)_sum{\(labels)} \(found.sum)\n\(duration)_count{\(labels)} \(total)\n"
    }
    return text
  }

  private static func text(of labels: KeyValuePairs<String, String>) -> String {
    labels.map { name, value in
      let escaped = value.flatMap { character in
        switch character {
        case "\\": "\\\\"
        case "\"": "\\\""
        case "\n": "\\n"
        default: String(character)
        }
      }
      return "\(name)=\"\(String(escaped))\""
    }.joined(separator: ",")
  }
}
#endif
