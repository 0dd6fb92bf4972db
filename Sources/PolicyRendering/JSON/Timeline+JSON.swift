import CEL
package import Diagnostics
package import PolicyEngine

/// The days on which the answer changes, with what changes and why.
extension Timeline: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("from", from?.description)
      json.member("until", until?.description)
      json.member("asked", asked.map(\.description))
      json.member("spans", spans)
    }
  }
}

extension Timeline.Span: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("from", from.description)
      json.member("until", until.description)
      json.member("decisions", decisions)
      json.member("changes", changes)
    }
  }
}

extension Timeline.DecisionAnswer: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("decision", name)
      json.member("outcome", outcome.rawValue)
      json.member("word", word)
      json.member("prospect", prospect)
    }
  }
}

extension Timeline.Change: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", rule.id)
      json.member("title", rule.title)
      json.member("at", rule.path.pathFromRoot)
      json.member("subject", rule.subjectSummary)
      json.member("from", from)
      json.member("to", to)
      json.member("because", cause)
      citations.writeMembers(to: &json)
      json.member("place", rule.place.fileAndLine)
    }
  }
}

extension Timeline.Change.Answer: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("outcome", outcome.name)
      json.member("prospect", prospect)
    }
  }
}

extension Timeline.Change.Cause: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .deadline(let last):
        json.member("cause", "deadline")
        json.member("last", last.description)
      case .values(let values):
        json.member("cause", "value")
        json.member("values", values)
      case .force: json.member("cause", "force")
      case .day: json.member("cause", "day")
      }
    }
  }
}
