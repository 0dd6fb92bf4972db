package import PolicyEngine

extension ExplanationTextRenderer {
  /// One rule of an explanation as those that are violated are shown, whatever its outcome.
  package func render(
    _ rule: RuleExplanation, of explanation: Explanation, indent: Int
  ) -> String {
    var layout = TextLayout(width: width, style: style)
    RuleTextRenderer(explanation, style: style, detail: detail).render(
      rule, indent: indent, into: &layout)
    return layout.text
  }
}
