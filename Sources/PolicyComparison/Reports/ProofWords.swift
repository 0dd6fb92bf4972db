import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering

extension PlanProof {
  /// Whether no session tells the two apart, as far as that is proved.
  package var isSame: Bool { if case .same = result { true } else { false } }
}

extension PlanProof {
  /// Whether it is proved only for sessions whose dates and numbers are as sessions have them.
  fileprivate var isOnlyUsual: Bool { if case .same(.usual) = result { true } else { false } }
}

extension Witness {
  /// What tells of the session in a line.
  var words: String {
    var text = "for example \(document), decided for \(today)"
    if !rulesAfter.isEmpty { text += "; then \(rulesAfter.joined(separator: ", "))" }
    if !rulesBefore.isEmpty { text += "; before \(rulesBefore.joined(separator: ", "))" }
    return text
  }
}

extension PlanProof.Reason {
  /// What stopped the proof, and how far was looked.
  package var words: String {
    let stopped =
      isOutOfTime
      ? "the time was up"
      : parts.isEmpty
        ? "there is too much to try"
        : "this is not followed: \(parts.prefix(3).joined(separator: "; "))"
          + (parts.count > 3 ? " and \(parts.count - 3) more" : "")
    return "\(stopped); \(counted(sessionsTried, "session")) tried, none decided otherwise"
  }
}

/// Renders what is known of decisions and rules.
struct ProofTextRenderer {
  let style: TextStyle

  func render(_ proofs: [PlanProof], into layout: inout TextLayout) {
    let decisions = proofs.filter { if case .decision = $0.subject { true } else { false } }
    let rules = proofs.filter { if case .rule = $0.subject { true } else { false } }
    render(decisions, title: "DECISIONS", into: &layout)
    render(rules, title: "RULES", into: &layout)
  }

  private func render(_ proofs: [PlanProof], title: String, into layout: inout TextLayout) {
    guard !proofs.isEmpty else { return }
    let changed = proofs.filter { !$0.isSame }
    let names = Set(changed.map(\.subject))
    let same = Set(proofs.map(\.subject)).subtracting(names).count
    layout.blankLine()
    let differing = changed.filter { if case .differs = $0.result { true } else { false } }
    var counts: [String] = []
    let differingNames = Set(differing.map(\.subject)).count
    if differingNames > 0 {
      counts.append("\(differingNames) differ\(differingNames == 1 ? "s" : "")")
    }
    let open = names.subtracting(differing.map(\.subject)).count
    if open > 0 { counts.append("\(open) not settled") }
    if same > 0 { counts.append("\(same) the same for every session (proved)") }
    if proofs.contains(where: \.isOnlyUsual) {
      counts.append("some of that for sessions dated 1900 to 2150")
    }
    layout.paragraph(counts.joined(separator: ", "), indent: 0, lead: style(title, .strong) + "   ")
    guard !changed.isEmpty else { return }
    layout.blankLine()
    for proof in changed {
      switch proof.result {
      case .same: continue
      case .differs(let witnesses):
        let directions = witnesses.map(\.direction).joined(separator: ", ")
        layout.columns(
          "\(proof.subject.name) differs \(proof.dateWords): \(directions)", "", indent: 2,
          lead: "≠ ", leadRole: .bad)
        for witness in witnesses { layout.paragraph(witness.words, indent: 6, role: .faint) }
      case .unsettled(let reason):
        layout.columns(
          "\(proof.subject.name) is not settled \(proof.dateWords)", "", indent: 2, lead: "? ",
          leadRole: .doubtful)
        layout.paragraph(reason.words, indent: 6, role: .faint)
      }
    }
  }
}

extension PlanProof {
  var json: JSONValue {
    var members: [(String, JSONValue?)] = [
      (subject.kind, .string(subject.name)),
      ("from", .text(dates?.from?.description)), ("until", .text(dates?.until?.description)),
      ("isDateKnown", .bool(dates != nil)),
    ]
    switch result {
    case .same(let extent):
      members += [("result", .string("same")), ("for", .string(extent.rawValue))]
    case .differs(let witnesses):
      members += [
        ("result", .string("differs")), ("witnesses", .array(witnesses.map(\.json))),
      ]
    case .unsettled(let reason):
      members += [
        ("result", .string("unsettled")),
        ("notFollowed", .array(reason.parts.map { .string($0) })),
        ("sessionsTried", .int(reason.sessionsTried)), ("isOutOfTime", .bool(reason.isOutOfTime)),
      ]
    }
    return .object(omittingNil: members)
  }
}

extension Witness {
  var json: JSONValue {
    .object([
      ("old", .string(old.rawValue)), ("new", .string(new.rawValue)),
      ("today", .string(today.description)), ("session", .string(document)),
      ("rulesBefore", .array(rulesBefore.map { .string($0) })),
      ("rulesAfter", .array(rulesAfter.map { .string($0) })),
    ])
  }
}
