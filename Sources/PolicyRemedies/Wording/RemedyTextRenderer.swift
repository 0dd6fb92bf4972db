import CEL
public import Diagnostics
import PolicyEngine
public import PolicyRendering

/// Renders ways out for a terminal: what to do now, whether it is still possible, and until when.
public struct RemedyTextRenderer: Sendable {
  /// How many columns a line may have.
  public let width: Int
  /// How what matters is marked.
  public let style: TextStyle
  /// How much is told: in words alone; or with the rules that each step is for, and all that was tried.
  public let detail: ExplanationTextRenderer.Detail

  /// A renderer of the given width, style and detail.
  public init(
    width: Int = 100, style: TextStyle = .plain,
    detail: ExplanationTextRenderer.Detail = .standard
  ) {
    self.width = width
    self.style = style
    self.detail = detail
  }

  /// The ways out, ending in a line break.
  public func render(_ remedies: Remedies) -> String {
    var layout = TextLayout(width: width, style: style)
    layout.paragraph(
      (remedies.summary ?? "").printable, indent: 0,
      lead: (remedies.id ?? "(without an id)").printable + "   ", role: .strong)
    if remedies.isWithholding {
      layout.paragraph(ExplanationTextRenderer.withholdingWords, indent: 2, role: .faint)
    }
    // Decisions that ask for the same are told together.
    var told: [(names: [String], remedy: Remedy, lines: [String])] = []
    for remedy in remedies.decisions {
      let sentences = self.sentences(remedy, of: remedies)
      let lines = [remedy.word] + sentences.all
      if let index = told.firstIndex(where: { $0.lines == lines }) {
        told[index].names.append(name(of: remedy))
      } else {
        told.append(([name(of: remedy)], remedy, lines))
      }
    }
    for group in told {
      layout.blankLine()
      render(
        group.remedy, names: group.names, sentences(group.remedy, of: remedies),
        into: &layout)
    }
    layout.endWithoutBlankLine()
    return layout.text
  }

  /// The best way out of each decision that does not pass, one after the other; empty where all pass.
  public func renderLines(of remedies: Remedies) -> String {
    var groups: [(names: [String], steps: [String])] = []
    for line in remedies.lines {
      let name = detail == .words ? line.title : line.decision
      if let index = groups.firstIndex(where: { $0.steps == line.steps }) {
        groups[index].names.append(name)
      } else {
        groups.append(([name], line.steps))
      }
    }
    guard !groups.isEmpty else { return "" }
    var layout = TextLayout(width: width, style: style)
    layout.blankLine()
    layout.line(style(detail == .words ? "Way out" : "WAY OUT", .strong))
    layout.blankLine()
    for group in groups {
      let names = group.names.joined(separator: ", ") + ":"
      if group.steps.count == 1 {
        layout.paragraph(names + " " + group.steps[0].printable, indent: 2)
        continue
      }
      layout.paragraph(names, indent: 2)
      for (index, step) in group.steps.enumerated() {
        layout.paragraph(step.printable, indent: 4, lead: "\(index + 1). ")
      }
    }
    return layout.text
  }

  private func sentences(_ remedy: Remedy, of remedies: Remedies) -> RemedySentences {
    RemedySentences(remedy, of: remedies, isInWords: detail == .words)
  }

  /// What a decision is called.
  private func name(of remedy: Remedy) -> String {
    detail == .words ? remedy.title : remedy.decision.uppercased()
  }

  private func render(
    _ remedy: Remedy, names: [String], _ sentences: RemedySentences, into layout: inout TextLayout
  ) {
    let role: TextStyle.Role =
      switch remedy.outcome {
      case .pass: .good
      case .fail: .bad
      case .undetermined: .doubtful
      }
    layout.line(
      style(names.joined(separator: ", ").printable, .strong) + "   "
        + style(remedy.word.printable, role) + sentences.headline.printable)
    guard remedy.prospect != .passes else { return }
    layout.blankLine()
    // What is not known is asked first: what else is to be done depends on the answer.
    for line in sentences.settling {
      layout.paragraph(line.printable, indent: 2)
      layout.blankLine()
    }
    for (number, step) in sentences.steps.enumerated() {
      for (index, line) in step.lines.enumerated() {
        layout.paragraph(
          line.text.printable, indent: index == 0 ? 2 : 5, lead: index == 0 ? step.lead : "",
          role: index == 0 ? .strong : nil)
        if let note = line.note { layout.paragraph(note.printable, indent: 7, role: .faint) }
      }
      if remedy.steps.count == sentences.steps.count {
        renderDetail(remedy.steps[number], into: &layout)
      }
      layout.blankLine()
    }
    if let proof = sentences.proof {
      layout.paragraph(proof, indent: 2, role: .faint)
    }
    layout.blankLine()
  }

  /// For those who keep or examine the rules: which of them a step is for, and what was tried.
  private func renderDetail(_ step: Remedy.Step, into layout: inout TextLayout) {
    guard detail == .rules || detail == .everything else { return }
    for problem in step.problems {
      let place = problem.path.pathFromRoot
      layout.paragraph(
        "for \(problem.rule)\(place.isEmpty ? "" : " at " + place)", indent: 5, role: .faint)
    }
    for (number, alternative) in step.alternatives.enumerated() {
      let changes = alternative.changes.map { "\($0.kind.rawValue) \($0.path)" }
      let less = alternative.proof.parts.map { part in
        part.without.map { String($0 + 1) }.joined(separator: ", ") + ": " + part.outcome.rawValue
      }
      layout.paragraph(
        "tried \(number + 1): \(changes.joined(separator: "; ")): \(alternative.proof.outcome.rawValue); "
          + "without change \(less.joined(separator: "; "))".printable, indent: 5, role: .faint)
    }
  }
}
