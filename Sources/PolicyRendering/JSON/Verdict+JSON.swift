package import Diagnostics
public import PolicyEngine

extension Verdict {
  /// The verdict as one line of NDJSON, without a line break.
  public var ndjsonLine: String { ndjsonLine(whatIf: nil) }

  /// The verdict as JSON over several lines.
  public var prettyJSON: String { prettyJSON(whatIf: nil, provenance: nil) }

  /// The verdict with what it is supposed for, and more members, as one line of NDJSON without a line break.
  package func ndjsonLine(whatIf: WhatIf?, adding members: [(String, JSONValue)] = []) -> String {
    json(whatIf: whatIf, members).compact
  }

  /// The verdict with what it is supposed for and what it was decided by, as JSON over several lines.
  package func prettyJSON(whatIf: WhatIf?, provenance: Provenance?) -> String {
    json(whatIf: whatIf, provenance.map { [("decidedBy", $0.json)] } ?? []).pretty
  }

  private func json(whatIf: WhatIf?, _ members: [(String, JSONValue)]) -> JSONValue {
    .object(
      omittingNil: [
        ("id", id.map { .string($0) } ?? .null),
        ("decisions", .object(decisions.map { ($0.name, .string($0.outcome.rawValue)) })),
        ("values", values?.json),
        ("violated", .array(violated.map { $0.json })),
        ("undetermined", .array(undetermined.map { $0.undeterminedJSON })),
        ("warnings", .array(warnings.map { $0.json })),
        ("observed", observed.map { .array($0.map { $0.json }) }),
        ("waived", waived.map { .array($0.map { $0.json }) }),
        ("withholds", isWithholding ? .bool(true) : nil),
        ("whatIf", whatIf?.json),
      ] + members.map { ($0.0, .some($0.1)) })
  }
}

extension Verdict.Finding {
  fileprivate var json: JSONValue {
    .object(omittingNil: [
      ("rule", .string(rule)), ("waiver", .text(waiver)), ("at", .string(at)),
    ])
  }
}
