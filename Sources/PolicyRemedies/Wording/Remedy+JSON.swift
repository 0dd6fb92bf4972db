import CEL
import Diagnostics
import PolicyEngine
public import PolicyRendering

extension Remedies {
  /// The ways out as JSON over several lines; the shape is described in the documentation.
  public var prettyJSON: String { json.pretty }

  /// The ways out as one line of NDJSON, without a line break.
  public var ndjsonLine: String { json.compact }

  private var json: JSONValue {
    .object(omittingNil: [
      ("id", id.map { .string($0) } ?? .null),
      ("summary", summary.map { .string($0) } ?? .null),
      ("today", .string(today.description)),
      ("role", role.map { .string($0) } ?? .null),
      ("withholds", isWithholding ? .bool(true) : nil),
      ("decisions", .array(decisions.map { $0.json(of: self) })),
      ("decidedBy", provenance?.json),
    ])
  }
}

extension ExplanationReport {
  /// The report as JSON over several lines, with the best ways out.
  public func prettyJSON(with remedies: Remedies) -> String {
    ReportWithWays(report: self, remedies: remedies).pretty
  }

  /// The report as one line of NDJSON with the best ways out, without a line break.
  public func ndjsonLine(with remedies: Remedies) -> String {
    ReportWithWays(report: self, remedies: remedies).compact
  }

  /// Adds the report as one line of NDJSON to a text, with the best ways out where there are any.
  package func writeLine(with remedies: Remedies?, to text: inout [UInt8]) {
    if let remedies {
      ReportWithWays(report: self, remedies: remedies).write(to: &text)
    } else {
      write(to: &text)
    }
    text.append(UInt8(ascii: "\n"))
  }
}

/// A report with the best ways out as its last member.
private struct ReportWithWays: JSONWritable {
  let report: ExplanationReport
  let remedies: Remedies

  func write(to json: inout JSONWriter) {
    let ways = remedies.lines.map { line in
      JSONValue.object(omittingNil: [
        ("decision", .string(line.decision)), ("prospect", .string(line.prospect.rawValue)),
        ("until", .text(line.until?.description)), ("line", .string(line.line)),
        ("steps", .array(line.steps.map { .string($0) })),
      ])
    }
    json.object { json in
      report.writeMembers(to: &json)
      json.member("waysOut", unlessEmpty: ways)
    }
  }
}

extension Remedy {
  fileprivate func json(of remedies: Remedies) -> JSONValue {
    .object(omittingNil: [
      ("decision", .string(decision)),
      ("title", .string(title)),
      ("outcome", .string(outcome.rawValue)),
      ("word", .string(word)),
      ("prospect", .string(prospect.rawValue)),
      ("until", .text(until?.description)),
      ("line", .text(RemedySentences(self, of: remedies).line)),
      ("steps", steps.isEmpty ? nil : .array(steps.map(\.json))),
      ("proof", proof?.json),
      ("settling", settling.isEmpty ? nil : .array(settling.map(\.json))),
      ("cutShort", isCutShort ? .bool(true) : nil),
    ])
  }
}

extension Remedy.Step {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("problems", .array(problems.map(\.json))),
      ("alternatives", .array(alternatives.map(\.json))),
      ("obstacle", obstacle?.json),
    ])
  }
}

extension Remedy.Problem {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("rule", .string(rule)), ("title", .string(title)), ("at", .string(path.pathFromRoot)),
      ("subject", .text(subject)), ("deadline", deadline?.json),
    ])
  }
}

extension Remedy.Deadline {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("date", .string(date.description)), ("label", .text(label)), ("past", .bool(isPast)),
    ])
  }
}

extension Remedy.Obstacle {
  fileprivate var json: JSONValue {
    switch self {
    case .deadline(let problem, let deadline):
      .object([
        ("why", .string("deadline")), ("rule", .string(problem.rule)), ("deadline", deadline.json),
      ])
    case .missing(let problem, let facts):
      .object([
        ("why", .string("missing")), ("rule", .string(problem.rule)),
        ("facts", .array(facts.map { .string($0.path.description) })),
      ])
    case .parameters(let problem, let parameters, let date):
      .object([
        ("why", .string("parameters")), ("rule", .string(problem.rule)),
        ("parameters", .array(parameters.map { .string($0.name) })),
        ("date", .string(date.description)),
      ])
    case .errors(let problem, let errors):
      .object([
        ("why", .string("errors")), ("rule", .string(problem.rule)),
        ("errors", .array(errors.map { .string($0.message) })),
      ])
    case .fixedFacts(let problem, let facts):
      .object([
        ("why", .string("fixedFacts")), ("rule", .string(problem.rule)),
        ("facts", .array(facts.map { .string($0.path.description) })),
      ])
    case .noValue(let problems):
      .object([
        ("why", .string("noValue")), ("rules", .array(problems.map { .string($0.rule) })),
      ])
    case .cutShort(let problems):
      .object([
        ("why", .string("cutShort")), ("rules", .array(problems.map { .string($0.rule) })),
      ])
    }
  }
}

extension Alternative {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("changes", .array(changes.map(\.json))),
      ("until", .text(until?.description)),
      ("warnings", warnings.isEmpty ? nil : .array(warnings.map { .string($0) })),
      ("proof", proof.json),
    ])
  }
}

extension ChangedFact {
  fileprivate var json: JSONValue {
    .object(
      omittingNil: [
        ("path", .string(path.description)),
        ("kind", .string(kind.rawValue)),
        ("from", current.map { $0.json }),
      ] + values.members + (exceptions?.members ?? []) + [
        ("relative", relations.isEmpty ? nil : .array(relations.map(\.json))),
        ("tried", tried.map { $0.json }),
        ("label", .string(label)),
        ("changedBy", .string(changedBy)),
        ("nature", .string(nature.rawValue)),
        ("question", .bool(isQuestion)),
        ("recorded", .text(recorded)),
        ("if", .text(condition)),
        ("do", .string(action)),
        ("loses", .text(loss)),
        ("doneBy", doneBy.map { .int($0) }),
      ])
  }
}

extension ChangedFact.Relation {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("to", .int(change)), ("atLeast", atLeast.map { .int(Int($0)) }),
      ("atMost", atMost.map { .int(Int($0)) }),
    ])
  }
}

extension ChangedFact.Exceptions {
  fileprivate var members: [(String, JSONValue?)] {
    [
      ("except", values.isEmpty ? nil : .array(values.map(\.json))),
      ("notBlank", areBlank ? .bool(true) : nil),
    ]
  }
}

extension ChangedFact.Values {
  fileprivate var members: [(String, JSONValue?)] {
    switch self {
    case .nothing: []
    case .oneOf(let values): [("values", .array(values.map(\.json)))]
    case .range(let from, let until): [("atLeast", from?.json), ("atMost", until?.json)]
    case .anything(let example): [("anything", .bool(true)), ("example", example?.json)]
    case .object(let facts):
      [
        (
          "where",
          facts.isEmpty
            ? nil : .object(facts.map { ($0.fact, .array($0.values.map(\.json))) })
        )
      ]
    }
  }
}

extension CELValue {
  fileprivate var json: JSONValue {
    if case .object(let object) = self, let draft = object as? Draft { return draft.json }
    return JSONValue(self)
  }
}

extension Proof {
  fileprivate var json: JSONValue {
    .object([
      ("with", .string(outcome.rawValue)),
      (
        "without",
        .array(
          parts.map { part in
            .object([
              ("changes", .array(part.without.map { .int($0) })),
              ("outcome", .string(part.outcome.rawValue)),
            ])
          })
      ),
    ])
  }
}

extension Settling {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("path", .string(path.description)), ("label", .string(label)), ("subject", .text(subject)),
      ("changedBy", .text(changedBy)),
      (
        "consequences",
        .array(
          consequences.map { consequence in
            .object(omittingNil: [
              ("values", .array(consequence.values.map(\.json))),
              ("outcome", .string(consequence.outcome.rawValue)),
              ("word", .string(consequence.word)),
              (
                "problems",
                consequence.problems.isEmpty
                  ? nil : .array(consequence.problems.map { .string($0) })
              ),
            ])
          })
      ),
    ])
  }
}
