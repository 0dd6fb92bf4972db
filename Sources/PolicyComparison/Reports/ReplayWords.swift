import Diagnostics
package import PolicyEngine
import PolicyRendering

extension Replay.Direction {
  /// The decision with its outcomes, in words.
  package var words: String {
    // What changes where the outcome doesn't is the value that is given.
    old == new
      ? "\(decision), \(old.rawValue) with another value"
      : "\(decision), \(old.rawValue) to \(new.rawValue)"
  }
}

extension Replay.Amount {
  /// How many sessions, and how many hours.
  package var words: String { "\(counted(sessions, "session")), \(hours) h" }

  /// The hours, with one digit behind the point.
  package var hours: String {
    let tenths = (seconds + 180) / 360
    return "\((tenths / 10).grouped).\(tenths % 10)"
  }
}

extension Replay.Change {
  /// The counts of each rule, and of each value of a fact, the most first.
  package func groups(_ vocabulary: Vocabulary) -> [(
    name: String, values: [(String, Replay.Amount)]
  )] {
    func ordered(_ amounts: [(String, Replay.Amount)]) -> [(String, Replay.Amount)] {
      amounts.sorted { ($1.1.sessions, $0.0) < ($0.1.sessions, $1.0) }
    }
    let rules = ordered(byRules.map { ($0.key.joined(separator: " and "), $0.value) })
    let facts = byFact.sorted { $0.key < $1.key }.map { fact, values in
      (
        fact,
        ordered(
          values.map { value, amount in
            (value.map { vocabulary.words(for: $0, of: fact) } ?? "none", amount)
          })
      )
    }
    // A fact that says the same of all tells nothing.
    return [("rule", rules)] + facts.filter { $0.1.count > 1 || $0.1.first?.0 != "none" }
  }
}

extension Replay.RemedyCounts {
  /// What could still be done, in words; nil where nothing was looked for.
  package func words(of total: Int) -> String? {
    guard asked > 0 else { return nil }
    let counts = [
      (open, "can still pass by a change of the reader's own"),
      (others, "can still pass by a change of somebody else's"),
      (late, "are too late: the last day is past"), (none, "can't pass by any change found"),
    ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    return asked < total ? "of the first \(asked.grouped), \(counts)" : counts
  }
}

extension Replay.Example {
  /// The session with its rules, what it lacks, and what would make it pass.
  var words: String {
    var text = "\(id ?? "line \(place.line)"): \(rules.joined(separator: ", "))"
    if !missing.isEmpty { text += "; lacks \(missing.joined(separator: ", "))" }
    if let remedy { text += ". \(remedy)" }
    return text
  }
}

extension Replay {
  /// What was replayed, in one line.
  package var summary: String {
    let changed = changes.isEmpty ? "none changes" : "these change:"
    var parts = ["\(counted(sessions, "session")) decided by both, \(changed)"]
    if onlyNew > 0 { parts.append("\(onlyNew.grouped) that only the new policies can read") }
    if onlyOld > 0 { parts.append("\(onlyOld.grouped) that the new policies can't read") }
    if unreadable > 0 { parts.append("\(counted(unreadable, "line")) that neither can read") }
    return parts.joined(separator: "; ")
  }
}

/// Renders what recorded sessions are decided to be.
struct ReplayTextRenderer {
  let style: TextStyle
  let plan: PolicyPlan

  func render(_ replay: Replay, into layout: inout TextLayout) {
    layout.blankLine()
    layout.paragraph(replay.summary, indent: 0, lead: style("SESSIONS", .strong) + "   ")
    let decisions = plan.new.policies.decisions.map(\.name)
    for (direction, change) in replay.ordered(by: decisions) {
      layout.blankLine()
      layout.columns(
        direction.words, change.amount.words, indent: 2,
        lead: direction.new == .pass ? "✓ " : direction.new == .fail ? "✗ " : "? ",
        leadRole: direction.new == .pass ? .good : direction.new == .fail ? .bad : .doubtful)
      for group in change.groups(plan.new.policies.vocabulary) {
        let shown = group.values.prefix(6).map {
          "\($0.0) \($0.1.sessions.grouped) (\($0.1.hours) h)"
        }
        let rest = group.values.count - shown.count
        layout.paragraph(
          "by \(group.name): \(shown.joined(separator: ", "))"
            + (rest > 0 ? " and \(rest) more" : ""), indent: 6)
      }
      if let words = change.remedies.words(of: change.amount.sessions) {
        layout.paragraph(words, indent: 6)
      }
      for example in change.examples { layout.paragraph(example.words, indent: 6, role: .faint) }
    }
  }
}

extension Replay {
  func json(decisions: [String]) -> JSONValue {
    .object([
      ("sessions", .int(sessions)), ("unreadable", .int(unreadable)), ("onlyNew", .int(onlyNew)),
      ("onlyOld", .int(onlyOld)),
      (
        "changes",
        .array(
          ordered(by: decisions).map { direction, change in change.json(direction) })
      ),
    ])
  }
}

extension Replay.Change {
  fileprivate func json(_ direction: Replay.Direction) -> JSONValue {
    func amounts(_ amounts: [(String, Replay.Amount)]) -> JSONValue {
      .object(amounts.sorted { $0.0 < $1.0 }.map { ($0.0, $0.1.json) })
    }
    return .object([
      ("decision", .string(direction.decision)), ("old", .string(direction.old.rawValue)),
      ("new", .string(direction.new.rawValue)), ("sessions", .int(amount.sessions)),
      ("seconds", .int(amount.seconds)),
      ("byRules", amounts(byRules.map { ($0.key.joined(separator: " "), $0.value) })),
      (
        "byFact",
        .object(
          byFact.sorted { $0.key < $1.key }.map { fact, values in
            (fact, amounts(values.map { ($0.key ?? "", $0.value) }))
          })
      ),
      (
        "remedies",
        .object([
          ("asked", .int(remedies.asked)), ("open", .int(remedies.open)),
          ("others", .int(remedies.others)), ("late", .int(remedies.late)),
          ("none", .int(remedies.none)),
        ])
      ),
      (
        "examples",
        .array(
          examples.map { example in
            .object(omittingNil: [
              ("id", .text(example.id)), ("line", .int(example.place.line)),
              ("rules", .array(example.rules.map { .string($0) })),
              ("missing", .array(example.missing.map { .string($0) })),
              ("remedy", .text(example.remedy)),
            ])
          })
      ),
    ])
  }
}

extension Replay.Amount {
  fileprivate var json: JSONValue {
    .object([("sessions", .int(sessions)), ("seconds", .int(seconds))])
  }
}
