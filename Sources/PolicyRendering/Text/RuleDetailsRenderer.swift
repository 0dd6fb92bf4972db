public import Diagnostics
public import PolicyEngine

/// Renders what is known of rules before any document is decided.
public struct RuleDetailsRenderer {
  private let width: Int
  private let style: TextStyle

  /// A renderer for a terminal of so many columns.
  public init(width: Int = 100, style: TextStyle = .plain) {
    self.width = width
    self.style = style
  }

  /// The rules as text: each with its steps, and where it may be undetermined with the facts to blame.
  public func render(_ details: [RuleDetails]) -> String {
    var layout = TextLayout(width: width, style: style)
    for detail in details {
      let steps = "\(detail.steps.grouped) \(detail.steps == 1 ? "step" : "steps")"
      layout.columns(detail.rule.id, steps, indent: 0, role: .strong)
      for gap in detail.gaps {
        layout.line(
          "  may be undetermined: \(gap.range.text.shown) need not be there "
            + style("(\(gap.range.fileAndLine))", .faint))
      }
    }
    layout.blankLine()
    let gaps = details.count { !$0.gaps.isEmpty }
    layout.paragraph(
      """
      \(gaps == 0 ? "No rule" : "\(gaps) of \(details.count) rules") may be undetermined for lack of a \
      fact that need not be there. Steps are at most those for one subject, in a document with \
      \(CostLimits.listSize) elements in each list; \(CostLimits.steps.grouped) are allowed.
      """, indent: 0)
    return layout.text
  }
}

extension RuleDetails {
  /// The details as a JSON object on one line.
  public var json: String {
    let members: [(String, JSONValue?)] =
      [("rule", .string(rule.id))] + Diagnostic.place(rule.range) + [
        ("steps", .int(steps)), ("stepsAllowed", .int(CostLimits.steps)),
        (
          "undeterminedWithout",
          .array(
            gaps.map { gap in
              .object(
                omittingNil: [
                  ("fact", .string(gap.fact)), ("type", .string(gap.type)),
                  ("read", .string(gap.range.text)),
                ] + Diagnostic.place(gap.range))
            })
        ),
      ]
    return JSONValue.object(omittingNil: members).compact
  }
}

extension String {
  /// An expression on one line, cut where it is long.
  fileprivate var shown: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 60 ? line : line.prefix(57) + "..."
  }
}
