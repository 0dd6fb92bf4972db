import CEL
public import Diagnostics
import PolicyEngine

/// Renders ways out for a terminal: what to do now, whether it is still possible, and until when.
public struct RemedyTextRenderer: Sendable {
  /// How many columns a line may have.
  public let width: Int
  /// How what matters is marked.
  public let style: TextStyle

  /// A renderer of the given width and style.
  public init(width: Int = 100, style: TextStyle = .plain) {
    self.width = width
    self.style = style
  }

  /// The ways out, ending in a line break.
  public func render(_ remedies: Remedies) -> String {
    var layout = TextLayout(width: width, style: style)
    layout.paragraph(
      (remedies.summary ?? "").printable, indent: 0,
      lead: (remedies.id ?? "(without an id)").printable + "   ", role: .strong)
    // Decisions that ask for the same are told together.
    var told: [(names: [String], remedy: Remedy, lines: [String])] = []
    for remedy in remedies.decisions {
      let sentences = RemedySentences(remedy, of: remedies)
      let lines = [remedy.word] + sentences.all
      if let index = told.firstIndex(where: { $0.lines == lines }) {
        told[index].names.append(remedy.decision)
      } else {
        told.append(([remedy.decision], remedy, lines))
      }
    }
    for group in told {
      layout.blankLine()
      render(
        group.remedy, names: group.names, RemedySentences(group.remedy, of: remedies),
        into: &layout)
    }
    layout.endWithoutBlankLine()
    return layout.text
  }

  /// The best way out of each decision that does not pass, one after the other; empty where all pass.
  public func renderLines(of remedies: Remedies) -> String {
    var groups: [(names: [String], line: String)] = []
    for line in remedies.lines {
      if let index = groups.firstIndex(where: { $0.line == line.line }) {
        groups[index].names.append(line.decision)
      } else {
        groups.append(([line.decision], line.line))
      }
    }
    guard !groups.isEmpty else { return "" }
    var layout = TextLayout(width: width, style: style)
    layout.blankLine()
    layout.line(style("WAY OUT", .strong))
    layout.blankLine()
    for group in groups {
      layout.paragraph(
        group.names.joined(separator: ", ") + ": " + group.line.printable, indent: 2)
    }
    return layout.text
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
      style(names.joined(separator: ", ").uppercased(), .strong) + "   "
        + style(remedy.word.printable, role) + sentences.headline.printable)
    guard remedy.prospect != .passes else { return }
    layout.blankLine()
    for step in sentences.steps {
      for (index, line) in step.lines.enumerated() {
        layout.paragraph(
          line.text.printable, indent: index == 0 ? 2 : 5, lead: index == 0 ? step.lead : "",
          role: index == 0 ? .strong : nil)
        if let note = line.note { layout.paragraph(note.printable, indent: 7, role: .faint) }
      }
      layout.blankLine()
    }
    for line in sentences.settling {
      layout.paragraph(line.printable, indent: 2)
      layout.blankLine()
    }
    if let proof = sentences.proof {
      layout.paragraph(proof, indent: 2, role: .faint)
    }
    layout.blankLine()
  }
}
