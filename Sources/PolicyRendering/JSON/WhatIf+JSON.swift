import CEL
import Diagnostics
import PolicyEngine

extension WhatIf {
  /// What is supposed, and what has another outcome by it.
  var json: JSONValue {
    .object([
      (
        "suppositions",
        .array(
          changes.map {
            .object([("text", .string($0.text)), ("isSoAlready", .bool($0.isSoAlready))])
          })
      ),
      (
        "decisions",
        .array(
          decisions.map {
            .object([
              ("decision", .string($0.name)), ("from", .string($0.from.rawValue)),
              ("to", .string($0.to.rawValue)),
            ])
          })
      ),
      ("violated", violated.json), ("undetermined", undetermined.json),
      ("warnings", warnings.json),
    ])
  }
}

extension WhatIf.Shift {
  fileprivate var json: JSONValue {
    .object([("added", .array(added.map(\.json))), ("gone", .array(gone.map(\.json)))])
  }
}

extension WhatIf.Finding {
  fileprivate var json: JSONValue { .object([("rule", .string(rule)), ("at", .string(at))]) }
}
