public import PolicyEngine

/// An explanation, with what else was asked about the document.
public struct ExplanationReport: Sendable {
  /// Why the document was decided as it was.
  public let explanation: Explanation
  /// What is supposed of the document, where it was decided as if.
  public let whatIf: WhatIf?
  /// What it is decided to be on other days, where that was asked.
  public let timeline: Timeline?

  /// An explanation, with what is known beside it.
  public init(_ explanation: Explanation, whatIf: WhatIf? = nil, timeline: Timeline? = nil) {
    self.explanation = explanation
    self.whatIf = whatIf
    self.timeline = timeline
  }
}
