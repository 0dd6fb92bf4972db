extension ExplanationTextRenderer {
  /// One rule as explanations tell those that are violated, each line indented, whatever it came to.
  package func render(_ rule: RuleExplanation, timeZone: String, indent: Int) -> String {
    var layout = TextLayout(width: width, style: style)
    RuleTextRenderer(style: style, timeZone: timeZone).render(rule, indent: indent, into: &layout)
    return layout.text
  }
}
