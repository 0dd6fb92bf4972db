import CEL
import Diagnostics
import PolicyEngine

extension WhatIf {
  /// What is supposed, and what has another outcome by it, for people.
  ///
  /// In words, decisions and subjects go by what an explanation calls them, and rules
  /// by their titles.
  func render(
    indent: Int, inWordsOf explanation: Explanation? = nil, into layout: inout TextLayout
  ) {
    for change in changes {
      layout.paragraph(
        change.text.printable + (change.isSoAlready ? "   (which is so already)" : ""),
        indent: indent, lead: "as if ", role: .strong)
    }
    let inner = indent + 2
    if isWithoutEffect { layout.paragraph("nothing changes", indent: inner) }
    let names = decisions.map { decision in
      explanation?.decisions.first { $0.name == decision.name }?.title ?? decision.name
    }
    let column = names.map(\.terminalColumns).max() ?? 0
    for (decision, name) in zip(decisions, names) {
      layout.columns(
        "\(name.padded(to: column))   \(decision.words.to), was \(decision.words.from)",
        "", indent: inner, lead: decision.to.mark + " ", leadRole: decision.to.role, wraps: false)
    }
    render(violated, "violated", indent: inner, explanation, into: &layout)
    render(undetermined, "undetermined", indent: inner, explanation, into: &layout)
    render(warnings, "warned of", indent: inner, explanation, into: &layout)
  }

  private func render(
    _ shift: Shift, _ word: String, indent: Int, _ explanation: Explanation?,
    into layout: inout TextLayout
  ) {
    for (findings, sign, role) in [
      (shift.gone, "− no longer", TextStyle.Role.good), (shift.added, "+ now", .doubtful),
    ] {
      for finding in findings {
        var place = finding.at.isEmpty ? "" : finding.at + ": "
        if let explanation { place = explanation.subject(at: finding.at).map { $0 + ": " } ?? "" }
        layout.columns(
          place + finding.title, explanation == nil ? finding.rule : "", indent: indent,
          lead: "\(sign) \(word): ",
          leadRole: role)
      }
    }
  }
}

extension Explanation {
  /// One line about the thing at a path that a rule is about.
  fileprivate func subject(at path: String) -> String? {
    decisions.flatMap(\.rules).first { $0.path.pathFromRoot == path }?.subjectSummary
  }
}
