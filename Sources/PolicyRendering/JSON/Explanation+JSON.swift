import CEL
package import Diagnostics
public import PolicyEngine

extension Explanation {
  /// The explanation as JSON over several lines; the shape is described in the documentation's
  /// "Reading explanations".
  public var prettyJSON: String { ExplanationReport(self).prettyJSON }

  /// The explanation as one line of NDJSON, without a line break.
  public var ndjsonLine: String { ExplanationReport(self).ndjsonLine }

  fileprivate func json(whatIf: WhatIf?, timeline: Timeline?) -> JSONValue {
    .object(omittingNil: [
      ("id", id.map { .string($0) } ?? .null),
      ("summary", summary.map { .string($0) } ?? .null),
      ("today", .string(today.description)),
      ("governingDate", governingDate.map { .string($0.description) } ?? .null),
      ("governedBy", .array(governing.facts.map { .string($0.path.description) })),
      ("withholds", isWithholding ? .bool(true) : nil),
      ("whatIf", whatIf?.json),
      ("datedValues", .array(datedValues.map(\.json))),
      ("decisions", .array(decisions.map(\.json))),
      ("otherDays", timeline?.json),
      ("decidedBy", provenance.json),
    ])
  }
}

extension ExplanationReport {
  /// The report as JSON over several lines; the shape is described in the documentation's
  /// "Reading explanations".
  public var prettyJSON: String { json.pretty }

  /// The report as one line of NDJSON, without a line break.
  public var ndjsonLine: String { json.compact }

  /// The report as a JSON value.
  package var json: JSONValue { explanation.json(whatIf: whatIf, timeline: timeline) }
}

extension DecisionExplanation {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("decision", .string(name)),
      ("title", .string(title)),
      ("askedFor", .bool(isAskedFor)),
      ("outcome", .string(outcome.rawValue)),
      ("word", .string(word)),
      ("prospect", prospect?.json),
      ("needs", .array(needs.map { .string($0) })),
      (
        "subjects",
        .array(
          subjects.map { subject in
            .object(omittingNil: [
              ("at", .string(subject.path.pathFromRoot)), ("summary", .text(subject.summary)),
              ("outcome", .string(subject.outcome.rawValue)),
            ])
          })
      ),
      ("rules", .array(rules.map(\.json))),
    ])
  }
}

extension Prospect {
  var json: JSONValue {
    switch self {
    case .open: .object([("state", .string("open"))])
    case .until(let date):
      .object([("state", .string("open")), ("until", .string(date.description))])
    case .closed(let date):
      .object([("state", .string("closed")), ("until", .string(date.description))])
    case .unknown: .object([("state", .string("unknown"))])
    }
  }
}

extension RuleExplanation {
  fileprivate var json: JSONValue {
    let (name, doubt) = outcome.nameAndDoubt
    return .object(omittingNil: [
      ("rule", .string(id)),
      ("title", .string(title)),
      ("topic", .text(topic)),
      ("severity", .string(severity.rawValue)),
      ("at", .string(path.pathFromRoot)),
      ("subject", .text(subjectSummary)),
      ("outcome", .string(name)),
      ("inapplicable", .text(outcome.inapplicable?.rawValue)),
      ("missing", doubt.map { .array($0.missing.paths.map { .string($0.description) }) }),
      ("errors", doubt.flatMap { $0.errors.isEmpty ? nil : .array($0.errors.map(\.json)) }),
      ("withheld", withheld.isEmpty ? nil : .array(withheld.map(\.json))),
      ("reason", .text(reason)),
      (
        "fix",
        fix.map { fix in
          .object(
            omittingNil: [("do", .string(fix.action)), ("prospect", fix.prospect.json)]
              + fix.citations.members)
        }
      ),
      (
        "conditions",
        .array(
          conditions.map { clause in
            .object([
              ("role", .string(clause.role.rawValue)), ("condition", clause.condition.json),
            ])
          })
      ),
      ("place", .string(place.fileAndLine)),
      ("source", .text(source)),
      ("quote", .text(quote)),
    ])
  }
}

extension ConditionExplanation {
  fileprivate var json: JSONValue {
    let truthName: String
    switch truth {
    case .holds: truthName = "true"
    case .fails: truthName = "false"
    case .undetermined: truthName = "undetermined"
    case .withheld: truthName = "withheld"
    }
    return .object(
      omittingNil: [
        ("label", .text(label)),
        ("truth", .string(truthName)),
        ("decisive", .bool(isDecisive)),
        ("expression", .text(expression)),
        ("nearMiss", nearMiss?.json),
        (combination?.rawValue ?? "parts", parts.isEmpty ? nil : .array(parts.map(\.json))),
      ] + citations.members + [("place", .string(place.fileAndLine))])
  }
}

extension Citations {
  /// What was read, as members of the object that it is said of.
  var members: [(String, JSONValue?)] {
    [
      ("facts", facts.isEmpty ? nil : .array(facts.map(\.json))),
      ("withheld", withheld.isEmpty ? nil : .array(withheld.map(\.json))),
      ("computed", computed.isEmpty ? nil : .array(computed.map(\.json))),
      ("parameters", parameters.isEmpty ? nil : .array(parameters.map(\.json))),
      ("terms", terms.isEmpty ? nil : .array(terms.map(\.json))),
      ("readsToday", readsToday ? .bool(true) : nil),
    ]
  }
}

extension Citations.Fact {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue?)] = [("path", .string(path.description))]
    switch state {
    case .value(let value):
      members.append(("state", .string("present")))
      if !isPresenceOnly {
        members.append(("value", JSONValue(value)))
      } else if case .list(let elements) = value {
        members.append(("count", .int(elements.count)))
      }
    case .absent: members.append(("state", .string("absent")))
    case .missing: members.append(("state", .string("missing")))
    }
    members += [
      ("label", .text(label)), ("changedBy", .text(changedBy)),
      ("place", .text(place?.fileAndLine)),
    ]
    return .object(omittingNil: members)
  }
}

extension WithheldFact {
  fileprivate var json: JSONValue {
    .object(omittingNil: [("fact", .string(name)), ("label", .text(label))])
  }
}

extension Citations.ParameterValue {
  var json: JSONValue {
    .object(omittingNil: [
      ("name", .string(name)), ("label", .text(label)), ("value", value.map { JSONValue($0) }),
      ("rows", rows.isEmpty ? nil : .array(rows.map(\.json))),
      ("since", .text(since?.description)), ("overdueSince", .text(overdueSince?.description)),
      ("place", .string(place.fileAndLine)), ("source", .text(source)), ("quote", .text(quote)),
    ])
  }
}

extension Citations.ParameterValue.Row {
  fileprivate var json: JSONValue {
    .object([("key", .string(ValueLiteral.key(of: key))), ("value", JSONValue(value))])
  }
}

extension Citations.Computed {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("expression", .string(expression)), ("label", .text(label)), ("value", JSONValue(value)),
    ])
  }
}

extension Citations.TermUse {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("term", .string(path)), ("label", .text(label)), ("definition", .string(definition)),
      ("place", .string(place.fileAndLine)),
    ])
  }
}

extension EvaluationError {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("message", .string(message)), ("place", .text(range?.fileAndLine)),
    ])
  }
}

extension RuleOutcome {
  fileprivate var inapplicable: Inapplicable? {
    if case .doesNotApply(let why) = self { why } else { nil }
  }

  /// The outcome's name, without what is more to it.
  var name: String { nameAndDoubt.0 }

  fileprivate var nameAndDoubt: (String, Undetermined?) {
    switch self {
    case .doesNotApply: ("doesNotApply", nil)
    case .satisfied: ("satisfied", nil)
    case .violated: ("violated", nil)
    case .undetermined(let doubt): ("undetermined", doubt)
    }
  }
}

extension NearMiss {
  fileprivate var json: JSONValue {
    .object([
      ("by", .string(distance)), ("value", JSONValue(value)), ("limit", JSONValue(limit)),
    ])
  }
}
