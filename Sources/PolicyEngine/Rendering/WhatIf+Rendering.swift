import Diagnostics

extension WhatIf {
  /// What is supposed, and what comes to something else by it.
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

  /// The same for a reader.
  func render(indent: Int, into layout: inout TextLayout) {
    for change in changes {
      layout.paragraph(
        change.text.printable + (change.isSoAlready ? "   (which is so already)" : ""),
        indent: indent, lead: "as if ", role: .strong)
    }
    let inner = indent + 2
    if isWithoutEffect { layout.paragraph("everything comes to the same", indent: inner) }
    let column = decisions.map(\.name.terminalColumns).max() ?? 0
    for decision in decisions {
      layout.columns(
        "\(decision.name.padded(to: column))   \(decision.words.to), was \(decision.words.from)",
        "", indent: inner, lead: decision.to.mark + " ", leadRole: decision.to.role, wraps: false)
    }
    render(violated, "violated", indent: inner, into: &layout)
    render(undetermined, "undetermined", indent: inner, into: &layout)
    render(warnings, "warned of", indent: inner, into: &layout)
  }

  private func render(
    _ shift: Shift, _ word: String, indent: Int, into layout: inout TextLayout
  ) {
    for (findings, sign, role) in [
      (shift.gone, "− no longer", TextStyle.Role.good), (shift.added, "+ now", .doubtful),
    ] {
      for finding in findings {
        let place = finding.at.isEmpty ? "" : finding.at + ": "
        layout.columns(
          place + finding.title, finding.rule, indent: indent, lead: "\(sign) \(word): ",
          leadRole: role)
      }
    }
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
