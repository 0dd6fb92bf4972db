package import Diagnostics
import PolicyEngine

extension PolicyPlan {
  /// What changes, at the lines that were edited: an error where it is not acknowledged.
  package var annotations: [Diagnostic] {
    let found = acknowledgement
    let isWhole = found.unlisted.isEmpty
    let changed = proofs.filter { !$0.isSame }
    let rules = Set(changed.map(\.subject.name))
    var annotations = edits.filter { !$0.isText }.map { edit in
      var message =
        "\(edit.words) \(edit.kind == .changed ? "is changed" : "is \(edit.kind.rawValue)")"
      for line in edit.lines { message += "; \(line.part): \(line.words)" }
      let decided = rules.contains(edit.name) || edit.subject != .rule
      return Diagnostic(
        isWhole || !decided ? .warning : .error, code: .policyChange, message, at: edit.range,
        notes: found.unlisted.prefix(10).map {
          Diagnostic.Note("not acknowledged: \($0.words)", at: nil)
        })
    }
    if annotations.isEmpty, !isWhole {
      annotations = found.unlisted.map {
        Diagnostic(code: .policyChange, "not acknowledged: \($0.words)", at: nil)
      }
    }
    annotations += fixtures.map { fixture in
      Diagnostic(
        .warning, code: .fixtureChange,
        "this case is decided otherwise: \(fixture.directions.map(\.words).joined(separator: "; "))",
        at: fixture.range)
    }
    return annotations + found.mistakes
  }
}
