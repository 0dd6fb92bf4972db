import Diagnostics
public import PolicyEngine

extension Provenance {
  /// The same in a line for people, with as much of the digests as tells them apart.
  fileprivate var words: String {
    let program = version + (commit.map { " (\($0.prefix(12)))" } ?? "")
    return
      "decided by policies \(policies.prefix(12)), version \(program), time zone data \(timeZoneData)"
      + (document.map { "; \(documentName) \($0.prefix(12))" } ?? "")
  }
}

extension ExplanationTextRenderer {
  /// What an explanation was made by and from, in a line; nothing for people who know no policy files.
  public func renderProvenance(of explanation: Explanation) -> String {
    guard detail != .words else { return "" }
    var layout = TextLayout(width: width, style: style)
    layout.blankLine()
    layout.paragraph(explanation.provenance.words, indent: 0, role: .faint)
    return layout.text
  }
}
