#if Server
import PolicyEngine
import CEL
import Diagnostics
import TutoringSessions
import TutoringStore

extension Dashboard {
  /// What a person sees first.
  var json: JSONValue {
    .object(omittingNil: [
      ("now", .string(now.description)), ("policies", .string(policies.digest)),
      ("active", .array(active.map(\.json))),
      ("needingAttention", .array(needingAttention.map(\.json))),
      ("others", .array(others.map(\.json))), ("next", .text(next)),
    ])
  }
}

extension Event {
  /// What happened.
  var json: JSONValue {
    .object(omittingNil: [
      ("sequence", .int(Int(sequence))), ("kind", .string(kind.rawValue)),
      ("subject", .string(subject)), ("action", .string(action)), ("person", .text(person)),
      ("at", .string(at.description)), ("request", .text(request)), ("version", .int(version)),
      (
        "changes",
        .array(changes.map(\.json))
      ),
    ])
  }
}

extension TagsForm {
  /// What can be chosen.
  var json: JSONValue {
    .object(omittingNil: [
      ("choices", .array(choices.map(\.json))), ("own", .array(own.map(\.json))),
      ("refusal", refusal?.json),
    ])
  }
}

extension TagsForm.Choice {
  fileprivate var json: JSONValue {
    .object([
      ("value", .string(value)), ("label", .string(label)), ("uses", .int(uses)),
      ("chosen", .bool(isChosen)),
    ])
  }
}

extension WorkOrderRecord {
  /// The work order.
  var json: JSONValue {
    .object(omittingNil: [
      ("id", .string(id)), ("title", .text(title)), ("kind", .string(kind)),
      ("activity", .string(activity)), ("tutor", .text(tutor)),
      ("validFrom", .text(validFrom?.description)),
      ("validUntil", .text(validUntil?.description)),
    ])
  }
}

extension PoliciesOverview {
  /// The rules as they stand.
  var json: JSONValue {
    let policies = taken.policies
    return .object(omittingNil: [
      ("digest", .string(taken.digest)), ("since", .string(taken.since.description)),
      (
        "decisions",
        .array(
          policies.decisions.map {
            .object([("name", .string($0.name)), ("title", .string($0.title))])
          })
      ),
      (
        "rules",
        .array(
          policies.rules.map { rule in
            .object(omittingNil: [
              ("id", .string(rule.id)), ("title", .string(rule.title)),
              ("topic", .text(rule.topic)),
              ("decides", .array(rule.decides.map { .string(policies.decisions[$0].name) })),
              ("source", .text(rule.source)),
            ])
          })
      ),
      (
        "changeNotTaken",
        notTaken.map { change in
          .object([
            ("since", .string(change.since.description)),
            ("diagnostics", .array(change.diagnostics.map(\.value))),
          ])
        }
      ),
    ])
  }
}
#endif
