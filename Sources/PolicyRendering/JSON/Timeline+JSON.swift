import CEL
import Diagnostics
import PolicyEngine

extension Timeline {
  /// The days on which the answer changes, with what changes and why.
  var json: JSONValue {
    .object(omittingNil: [
      ("from", .text(from?.description)),
      ("until", .text(until?.description)),
      ("asked", .array(asked.map { .string($0.description) })),
      ("spans", .array(spans.map(\.json))),
    ])
  }
}

extension Timeline.Span {
  fileprivate var json: JSONValue {
    .object([
      ("from", .string(from.description)),
      ("until", .string(until.description)),
      ("decisions", .array(decisions.map(\.json))),
      ("changes", .array(changes.map(\.json))),
    ])
  }
}

extension Timeline.DecisionAnswer {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("decision", .string(name)), ("outcome", .string(outcome.rawValue)), ("word", .string(word)),
      ("prospect", prospect?.json),
    ])
  }
}

extension Timeline.Change {
  fileprivate var json: JSONValue {
    .object(
      omittingNil: [
        ("rule", .string(rule.id)),
        ("title", .string(rule.title)),
        ("at", .string(rule.path.pathFromRoot)),
        ("subject", .text(rule.subjectSummary)),
        ("from", from.json),
        ("to", to.json),
        ("because", .object(cause.members)),
      ] + citations.members + [("place", .string(rule.place.fileAndLine))])
  }
}

extension Timeline.Change.Answer {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("outcome", .string(outcome.name)), ("prospect", prospect?.json),
    ])
  }
}

extension Timeline.Change.Cause {
  fileprivate var members: [(String, JSONValue)] {
    switch self {
    case .deadline(let last):
      [("cause", .string("deadline")), ("last", .string(last.description))]
    case .values(let values):
      [("cause", .string("value")), ("values", .array(values.map(\.json)))]
    case .force: [("cause", .string("force"))]
    case .day: [("cause", .string("day"))]
    }
  }
}
