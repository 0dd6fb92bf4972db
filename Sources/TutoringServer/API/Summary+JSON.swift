#if Server
import CEL
import Diagnostics
import PolicyEngine
import TutoringSessions

extension SessionRecord {
  /// The record as it is kept, under the names that actions take.
  var json: JSONValue {
    .object(omittingNil: [
      ("id", .string(id)), ("version", .int(version)), ("stage", .string(stage.rawValue)),
      ("tutor", .string(tutor)), ("date", .string(date.description)),
      ("school", .text(school)), ("description", .text(description)), ("group", .text(group)),
      ("start", .string(start.description)), ("end", .text(end?.description)),
      (
        "workOrder",
        workOrder.map {
          .object([
            ("id", .string($0.workOrder)), ("assignedOn", .string($0.assignedOn.description)),
          ])
        }
      ),
      (
        "tags",
        .array(
          tags.map { .object([("tag", .string($0.value)), ("own", .bool($0.isOwn))]) })
      ),
      ("encounters", .array(encounters.map(\.json))),
      ("facts", facts.isEmpty ? nil : FactValue.object(facts).json),
    ])
  }
}

extension EncounterRecord {
  /// The encounter as it is kept.
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("id", .int(id)), ("student", .string(student)),
      ("arrived", .string(arrived.description)), ("departed", .text(departed?.description)),
      ("removed", isRemoved ? .bool(true) : nil), ("facts", FactValue.object(facts).json),
    ])
  }
}

extension SessionSummary {
  /// The session in a line.
  var json: JSONValue {
    .object(omittingNil: [
      ("session", record.json),
      ("names", names.json),
      ("decisions", .array(decisions.map(\.json))),
      ("needsAttention", .bool(needsAttention)),
      ("reason", .text(reason)),
      ("nextStep", .text(nextStep)),
      (
        "deadline",
        deadline.map {
          .object([
            ("day", .string($0.day.description)), ("daysLeft", .int($0.daysLeft)),
            ("action", .string($0.action)),
          ])
        }
      ),
      ("reasons", .array(reasons.map(\.json))),
      ("failure", .text(failure)),
    ])
  }
}

extension SessionSummary.Decided {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("decision", .string(name)), ("title", .string(title)),
      ("outcome", .string(outcome.rawValue)), ("word", .string(word)),
      ("final", .bool(isFinal)), ("prospect", prospect?.summaryJSON),
    ])
  }
}

extension Prospect {
  /// Whether and until when something can be put right.
  var summaryJSON: JSONValue {
    switch self {
    case .open: .object([("state", .string("open"))])
    case .until(let day):
      .object([("state", .string("until")), ("day", .string(day.description))])
    case .closed(let day):
      .object([("state", .string("closed")), ("day", .string(day.description))])
    case .unknown: .object([("state", .string("unknown"))])
    }
  }
}

extension RecordNames {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("tutor", .string(tutor)), ("school", .text(school)), ("group", .text(group)),
      ("workOrder", .text(workOrder)),
      (
        "students",
        .object(students.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
      ),
    ])
  }
}

extension StudentCard {
  /// What everybody may know of the student.
  var json: JSONValue {
    .object([
      ("id", .string(id)), ("name", .string(name)), ("school", .string(school)),
      ("schoolName", .string(schoolName)),
    ])
  }
}

extension Reason {
  /// The rule that stands in the way or warns.
  var json: JSONValue {
    .object(omittingNil: [
      ("kind", .string(kind.rawValue)), ("rule", .string(rule)), ("title", .string(title)),
      ("at", .string(at)), ("subject", .text(subject)), ("text", .string(text)),
      (
        "facts",
        .array(
          facts.map {
            .object(omittingNil: [
              ("path", .string($0.path)), ("holder", .text($0.holder)),
              ("label", .string($0.label)), ("value", .text($0.value)),
            ])
          })
      ),
      ("fix", .text(fix)), ("prospect", prospect?.summaryJSON), ("source", .text(source)),
    ])
  }
}

extension Refusal {
  /// What the policies say against an action.
  var json: JSONValue {
    .object(omittingNil: [
      ("action", .string(action)), ("title", .string(title)), ("word", .string(word)),
      ("reasons", .array(reasons.map(\.json))),
      ("waysOut", .array(waysOut.map(\.json))),
      ("withholds", isWithholding ? .bool(true) : nil),
    ])
  }
}

extension WayOut {
  /// The way out, with what its action needs.
  var json: JSONValue {
    .object(omittingNil: [
      ("id", .string(id)), ("decision", .string(decision)), ("step", .int(step)),
      ("sentence", .string(sentence)), ("loses", .text(loss)), ("question", .bool(isQuestion)),
      ("until", .text(until?.description)), ("rules", .array(rules.map { .string($0) })),
      ("doable", .bool(isDoable)), ("otherSession", .text(otherSession)),
      ("changes", .array(changes.map(\.json))),
    ])
  }
}

extension WayOut.Change {
  fileprivate var json: JSONValue {
    .object([
      ("path", .string(path)), ("label", .string(label)), ("input", input.json),
    ])
  }
}

extension WayOut.Input {
  fileprivate var json: JSONValue {
    switch self {
    case .nothing: .object([("kind", .string("nothing"))])
    case .choice(let choices):
      .object([
        ("kind", .string("choice")),
        (
          "choices",
          .array(
            choices.map { .object([("value", .string($0.value)), ("label", .string($0.label))]) })
        ),
      ])
    case .text(let example):
      .object(omittingNil: [("kind", .string("text")), ("example", .text(example))])
    case .time(let time):
      .object(omittingNil: [("kind", .string("time")), ("proposed", .text(time?.description))])
    case .day(let day):
      .object(omittingNil: [("kind", .string("day")), ("proposed", .text(day?.description))])
    }
  }
}

extension SessionDetails {
  /// All that is shown of a session.
  var json: JSONValue {
    .object([
      ("summary", summary.json),
      ("today", .string(today.description)),
      ("policies", .string(policies.digest)),
      ("actions", .array(actions.sorted().map { .string($0) })),
      (
        "refusals",
        .array(refusals.sorted { $0.key < $1.key }.map(\.value.json))
      ),
      ("waysOut", .array(waysOut.map(\.json))),
      ("outlook", .array(outlook.map(\.json))),
      ("groupMembers", .array(groupMembers.map(\.json))),
    ])
  }
}

extension SessionDetails.Outlook {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("decision", .string(decision)), ("title", .string(title)), ("line", .string(line)),
      ("until", .text(until?.description)),
    ])
  }
}

extension Preview {
  /// What the policies would say.
  var json: JSONValue {
    .object(omittingNil: [
      ("allowed", .bool(isAllowed)), ("session", record.json), ("refusal", refusal?.json),
      ("obstacle", .text(obstacle?.sentence)), ("reasons", .array(reasons.map(\.json))),
    ])
  }
}
#endif
