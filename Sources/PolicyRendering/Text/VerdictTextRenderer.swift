public import Diagnostics
public import PolicyEngine

/// Renders verdicts for a terminal: a line for the document, a line a decision, a line a finding.
public struct VerdictTextRenderer: Sendable {
  /// The policy set that decided: its words are used.
  public let policies: PolicySet
  /// How many columns a line may have.
  public let width: Int
  /// How what matters is marked.
  public let style: TextStyle

  /// A renderer with the words of a policy set.
  public init(policies: PolicySet, width: Int = 100, style: TextStyle = .plain) {
    self.policies = policies
    self.width = width
    self.style = style
  }

  /// The verdict, ending in a line break.
  public func render(_ verdict: Verdict) -> String { render(verdict, whatIf: nil) }

  /// The verdict, under what is supposed where it is one as if; ending in a line break.
  package func render(_ verdict: Verdict, whatIf: WhatIf?) -> String {
    var layout = TextLayout(width: width, style: style)
    layout.line(style((verdict.id ?? "(a document without an id)").printable, .strong))
    if verdict.isWithholding {
      layout.paragraph(ExplanationTextRenderer.withholdingWords, indent: 2, role: .faint)
    }
    whatIf?.render(indent: 2, into: &layout)
    let column = verdict.decisions.map(\.name.terminalColumns).max() ?? 0
    for result in verdict.decisions {
      let gap = String(repeating: " ", count: column - result.name.terminalColumns + 3)
      let word =
        policies.decisionIndex(named: result.name).map {
          policies.decisions[$0].word(for: result.outcome)
        } ?? result.outcome.rawValue
      let given = (verdict.values ?? []).filter { $0.decision == result.name }
      let mark = style(result.outcome.mark, result.outcome.role)
      let value = given.first { $0.at.isEmpty }.map { ": " + words(of: $0) } ?? ""
      layout.line("  \(mark) \(result.name)\(gap)\(style(word, result.outcome.role))\(value)")
      for part in given where !part.at.isEmpty {
        layout.paragraph("\(part.at): \(words(of: part))", indent: 6)
      }
    }
    for finding in verdict.violated { render(finding, mark: "✗", .bad, into: &layout) }
    for finding in verdict.undetermined { render(finding, mark: "?", .doubtful, into: &layout) }
    for finding in verdict.warnings { render(finding, mark: "!", .doubtful, into: &layout) }
    for finding in verdict.observed ?? [] {
      render(finding, mark: "· only observed:", .faint, into: &layout)
    }
    for finding in verdict.waived ?? [] {
      render(finding, mark: "· waived by '\(finding.waiver ?? "")':", .faint, into: &layout)
    }
    return layout.text
  }

  private func words(of value: DecidedValue) -> String {
    ValueWords(vocabulary: policies.vocabulary).text(of: value.value, type: value.type).printable
  }

  private func render(
    _ finding: Verdict.Finding, mark: String, _ role: TextStyle.Role, into layout: inout TextLayout
  ) {
    let title = policies.rules.first { $0.id == finding.rule }?.title ?? finding.rule
    let place = finding.at.isEmpty ? "" : finding.at + ": "
    layout.columns(
      place + title, finding.rule, indent: 6, lead: mark + " ", leadRole: role)
    for path in finding.missing { layout.paragraph("missing: \(path)", indent: 10) }
    for error in finding.errors { layout.paragraph("error: \(error)", indent: 10) }
  }
}
