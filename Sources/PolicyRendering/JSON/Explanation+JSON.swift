import CEL
package import Diagnostics
public import PolicyEngine

extension Explanation {
  /// The explanation as JSON over several lines; the shape is described in the documentation's
  /// "Reading explanations".
  public var prettyJSON: String { ExplanationReport(self).prettyJSON }

  /// The explanation as one line of NDJSON, without a line break.
  public var ndjsonLine: String { ExplanationReport(self).ndjsonLine }
}

extension ExplanationReport {
  /// The report as JSON over several lines; the shape is described in the documentation's
  /// "Reading explanations".
  public var prettyJSON: String { pretty }

  /// The report as one line of NDJSON, without a line break.
  public var ndjsonLine: String { compact }
}

extension ExplanationReport: JSONWritable {
  package func write(to json: inout JSONWriter) { json.object { writeMembers(to: &$0) } }

  /// Writes what the report says, as members of the object that it is or is part of.
  package func writeMembers(to json: inout JSONWriter) {
    json.member("id", explanation.id.map { .string($0) } ?? JSONValue.null)
    json.member("summary", explanation.summary.map { .string($0) } ?? JSONValue.null)
    json.member("today", explanation.today.description)
    json.member(
      "governingDate",
      explanation.governingDate.map { .string($0.description) } ?? JSONValue.null)
    json.member("governedBy", explanation.governing.facts.map(\.path.description))
    if explanation.isWithholding { json.member("withholds", true) }
    json.member("whatIf", whatIf?.json)
    json.member("datedValues", explanation.datedValues)
    json.member("decisions", explanation.decisions)
    json.member("otherDays", timeline)
    json.member("decidedBy", explanation.provenance.json)
  }
}

extension DecisionExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("decision", name)
      json.member("title", title)
      json.member("askedFor", isAskedFor)
      json.member("outcome", outcome.rawValue)
      json.member("word", word)
      json.member("prospect", prospect)
      json.member("needs", needs)
      json.member("subjects", subjects)
      json.member("rules", rules)
    }
  }
}

extension DecisionExplanation.SubjectOutcome: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("at", path.pathFromRoot)
      json.member("summary", summary)
      json.member("outcome", outcome.rawValue)
    }
  }
}

extension Prospect: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .open: json.member("state", "open")
      case .until(let date):
        json.member("state", "open")
        json.member("until", date.description)
      case .closed(let date):
        json.member("state", "closed")
        json.member("until", date.description)
      case .unknown: json.member("state", "unknown")
      }
    }
  }
}

extension RuleExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    let (name, doubt) = outcome.nameAndDoubt
    json.object { json in
      json.member("rule", id)
      json.member("title", title)
      json.member("topic", topic)
      json.member("severity", severity.rawValue)
      json.member("at", path.pathFromRoot)
      json.member("subject", subjectSummary)
      json.member("outcome", name)
      json.member("inapplicable", outcome.inapplicable?.rawValue)
      json.member("missing", doubt?.missing.paths.map(\.description))
      json.member("errors", unlessEmpty: doubt?.errors.map(\.json) ?? [])
      json.member("withheld", unlessEmpty: withheld)
      json.member("reason", reason)
      json.member("fix", fix)
      json.member("grounds", unlessEmpty: grounds)
      json.member("gives", given)
      json.member("exceptions", unlessEmpty: exceptions)
      json.member("conditions", conditions)
      json.member("place", place.fileAndLine)
      json.member("source", source)
      json.member("quote", quote)
    }
  }
}

extension GroundExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", id)
      json.member("title", title)
      json.member("truth", condition.truth.name)
      json.member("inForce", isInForce)
      json.member("from", effective?.from?.description)
      json.member("until", effective?.until?.description)
      json.member("reason", reason)
      json.member("fix", fix)
      json.member("place", place.fileAndLine)
      json.member("source", source)
      json.member("quote", quote)
    }
  }
}

extension GivenExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("by", choice.rawValue)
      json.member("value", value.map { JSONValue($0) })
      json.member("words", words)
      json.member("otherwise", otherwise)
      json.member("rules", givers)
    }
  }
}

extension GivenExplanation.Giver: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", id)
      json.member("title", title)
      json.member("applies", truth?.name)
      json.member("inForce", isInForce)
      json.member("from", effective?.from?.description)
      json.member("until", effective?.until?.description)
      json.member("expression", expression)
      json.member("value", value.map { JSONValue($0) })
      json.member("words", words)
      json.member("place", place.fileAndLine)
      json.member("source", source)
      json.member("quote", quote)
    }
  }
}

extension ExceptionExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("exception", id)
      json.member("reason", reason)
      json.member("approvedBy", approvedBy)
      json.member("lastDay", lastDay?.description)
      json.member("place", place.fileAndLine)
      json.member("source", source)
    }
  }
}

extension FixExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("do", action)
      json.member("prospect", prospect)
      citations.writeMembers(to: &json)
    }
  }
}

extension ClauseExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("role", role.rawValue)
      json.member("condition", condition)
    }
  }
}

extension ConditionExplanation: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("label", label)
      json.member("truth", truth.name)
      json.member("decisive", isDecisive)
      json.member("expression", expression)
      json.member("nearMiss", nearMiss)
      json.member(combination?.rawValue ?? "parts", unlessEmpty: parts)
      citations.writeMembers(to: &json)
      json.member("place", place.fileAndLine)
    }
  }
}

extension ConditionTruth {
  fileprivate var name: String {
    switch self {
    case .holds: "true"
    case .fails: "false"
    case .undetermined: "undetermined"
    case .withheld: "withheld"
    }
  }
}

extension Citations {
  /// Writes what was read, as members of the object that it is said of.
  func writeMembers(to json: inout JSONWriter) {
    // Of hundreds of conditions most have none of some.
    if !facts.isEmpty { json.member("facts", facts) }
    if !withheld.isEmpty { json.member("withheld", withheld) }
    if !computed.isEmpty { json.member("computed", computed) }
    if !parameters.isEmpty { json.member("parameters", parameters) }
    if !terms.isEmpty { json.member("terms", terms) }
    if readsToday { json.member("readsToday", true) }
  }
}

extension Citations.Fact: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("path", path.description)
      switch state {
      case .value(let value):
        json.member("state", "present")
        if !isPresenceOnly {
          json.member("value", JSONValue(value))
        } else if case .list(let elements) = value {
          json.member("count", JSONValue.int(elements.count))
        }
      case .absent: json.member("state", "absent")
      case .missing: json.member("state", "missing")
      }
      json.member("label", label)
      json.member("changedBy", changedBy)
      json.member("place", place?.fileAndLine)
    }
  }
}

extension WithheldFact: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("fact", name)
      json.member("label", label)
    }
  }
}

extension Citations.ParameterValue: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name", name)
      json.member("label", label)
      json.member("asOf", asOf?.description)
      json.member("value", value.map { JSONValue($0) })
      json.member("rows", unlessEmpty: rows)
      json.member("days", unlessEmpty: days)
      json.member("since", since?.description)
      json.member("overdueSince", overdueSince?.description)
      json.member("place", place.fileAndLine)
      json.member("source", source)
      json.member("quote", quote)
    }
  }
}

extension Citations.ParameterValue.Row: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("key", ValueLiteral.key(of: key))
      json.member("value", JSONValue(value))
    }
  }
}

extension Citations.ParameterValue.Days: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("words", words)
      json.member("place", place.fileAndLine)
    }
  }
}

extension Citations.Computed: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("expression", expression)
      json.member("label", label)
      json.member("value", JSONValue(value))
    }
  }
}

extension Citations.TermUse: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("term", path)
      json.member("label", label)
      json.member("definition", definition)
      json.member("place", place.fileAndLine)
    }
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

extension NearMiss: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("by", distance)
      json.member("value", JSONValue(value))
      json.member("limit", JSONValue(limit))
    }
  }
}
