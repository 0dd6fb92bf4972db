import CEL
public import Diagnostics
public import PolicyEngine

/// Renders explanations for a terminal: the verdict, why, what to do and by when; then where it stands.
public struct ExplanationTextRenderer: Sendable {
  /// How much is said, and in whose words.
  public enum Detail: Hashable, Sendable {
    /// Reasons, facts and what to do, in people's words: no paths, ids or places in files.
    case words
    /// The same with paths, ids and places, for those who know the policy files too.
    case standard
    /// Rules that made a difference with all their conditions as they are written, and the outcome of each.
    case rules
    /// Every rule with all of its conditions, and what all of it was decided by.
    case everything
  }

  /// How many columns a line may have.
  public let width: Int
  /// How what matters is marked.
  public let style: TextStyle
  /// How much is said, and in whose words.
  public let detail: Detail

  /// A renderer of the given width, style and detail.
  public init(width: Int = 100, style: TextStyle = .plain, detail: Detail = .standard) {
    self.width = width
    self.style = style
    self.detail = detail
  }

  /// The explanation, ending in a line break.
  public func render(_ explanation: Explanation) -> String {
    render(ExplanationReport(explanation))
  }

  /// The explanation with what else was asked, ending in a line break.
  public func render(_ report: ExplanationReport) -> String {
    if detail == .words { return renderInWords(report) }
    let explanation = report.explanation
    var layout = TextLayout(width: width, style: style)
    layout.paragraph(
      (explanation.summary ?? "").printable, indent: 0,
      lead: (explanation.id ?? "(without an id)").printable + "   ", role: .strong)
    renderDates(of: explanation, into: &layout)
    report.whatIf?.render(indent: 2, into: &layout)
    let needed = Dictionary(
      uniqueKeysWithValues: explanation.decisions.filter { !$0.isAskedFor }.map { ($0.name, $0) })
    let rules = RuleTextRenderer(explanation, style: style, detail: detail)
    if explanation.isWithholding {
      layout.paragraph(Self.withholdingWords, indent: 0, role: .faint)
    }
    if detail == .everything { renderGoverningDate(of: explanation, into: &layout) }
    var shown: Set<String> = []
    for decision in explanation.decisions where decision.isAskedFor {
      layout.blankLine()
      renderHeadline(decision, into: &layout)
      layout.blankLine()
      renderProblems(of: decision, by: rules, into: &layout)
      var needs = NeedsRenderer(
        rules: rules, all: explanation.decisions, needed: needed,
        shown: shown, tells: { isTold($0) },
        column: decision.needs.map(\.terminalColumns).max() ?? 0)
      needs.render(needsOf: decision, depth: 0, into: &layout)
      shown = needs.shown
      renderQuietRules(of: decision, by: rules, into: &layout)
    }
    if let timeline = report.timeline {
      layout.blankLine()
      TimelineTextRenderer(rules: rules).render(timeline, into: &layout)
    }
    layout.endWithoutBlankLine()
    return layout.text
  }

  /// The date decided for, and the version of each dated value that decided.
  private func renderDates(of explanation: Explanation, into layout: inout TextLayout) {
    var words = "decided for \(ValueWords.text(of: explanation.today))"
    // A calendar is the same on all governing dates.
    let values = explanation.datedValues.filter { !$0.isCalendar }.map { value in
      let since = value.since.map { "since \(ValueWords.shortText(of: $0))" } ?? "not in force"
      let day = value.asOf.map { " on \(ValueWords.shortText(of: $0))" } ?? ""
      return "\(value.name.printable)\(day) (\(since))"
    }
    if !values.isEmpty { words += ", with " + values.joined(separator: ", ") }
    layout.paragraph(words, indent: 2, role: .faint)
  }

  /// What is said where facts are kept from the viewer.
  package static let withholdingWords =
    "Facts that are confidential are withheld, and what would help or change the answer."

  /// Whether a rule is shown in full.
  private func isTold(_ rule: RuleExplanation) -> Bool {
    detail == .everything || rule.isWorthTelling
  }

  private func renderHeadline(_ decision: DecisionExplanation, into layout: inout TextLayout) {
    var line = style(decision.name.uppercased(), .strong) + "   "
    line += style(decision.word.printable, decision.outcome.role)
    line += decision.valueWords
    if let prospect = decision.prospect?.words { line += ", " + prospect }
    let subjects = decision.subjects
    if subjects.count > 1 {
      let wrong = subjects.count { $0.outcome != .pass }
      if wrong > 0 { line += style("   (\(wrong) of \(subjects.count))", .faint) }
    }
    layout.line(line)
  }

  private func renderProblems(
    of decision: DecisionExplanation, by rules: RuleTextRenderer, into layout: inout TextLayout
  ) {
    for rule in decision.rules where isTold(rule) {
      rules.render(rule, indent: 2, into: &layout)
      layout.blankLine()
    }
  }

  /// The rules that are satisfied, in a line each, then those that do not apply, together.
  ///
  /// A rule that is shown in full for one subject is not shown again for those where it is satisfied.
  private func renderQuietRules(
    of decision: DecisionExplanation, by rules: RuleTextRenderer, into layout: inout TextLayout
  ) {
    let told = Set(decision.rules.filter { isTold($0) }.map(\.id))
    var inapplicable: [String] = []
    var outOfForce: [String] = []
    var seen = told
    for rule in decision.rules where seen.insert(rule.id).inserted {
      let same = decision.rules.filter { $0.id == rule.id }
      let satisfied = same.count { $0.outcome == .satisfied }
      for rule in same {
        for exception in rule.exceptions {
          rules.render(exception, of: rule, indent: 2, into: &layout)
        }
      }
      if satisfied > 0, rule.given != nil {
        for rule in same { rules.renderGiven(rule, indent: 2, into: &layout) }
      } else if satisfied > 0, !rule.grounds.isEmpty {
        renderGrounds(of: same.filter { $0.outcome == .satisfied }, into: &layout)
      } else if satisfied > 0 {
        let count = same.count > 1 ? " (\(satisfied) of \(same.count))" : ""
        layout.columns(rule.title + count, rule.id, indent: 2, lead: "✓ ", leadRole: .good)
      } else if let observed = same.first(where: \.isObservedOnly) {
        layout.columns(
          "only observed, and not so: \(observed.title)", rule.id, indent: 2, lead: "· ",
          leadRole: .faint)
      } else if rule.isOutOfForce {
        outOfForce.append(rule.id)
      } else if same.allSatisfy(\.exceptions.isEmpty) {
        inapplicable.append(rule.id)
      }
    }
    for (words, ids) in [("do not apply", inapplicable), ("not in force", outOfForce)]
    where !ids.isEmpty {
      layout.paragraph(
        "\(words): \(ids.joined(separator: ", "))", indent: 2, lead: "· ", role: .faint)
    }
    if decision.rules.isEmpty, decision.needs.isEmpty {
      layout.paragraph("No rule of this decision has anything to say of it.", indent: 2)
    }
  }
}

extension ExplanationTextRenderer {
  /// The grounds by which a decision passes, a line each, then those that do not hold, together.
  fileprivate func renderGrounds(
    of rules: [RuleExplanation], into layout: inout TextLayout
  ) {
    for rule in rules {
      let subject = rule.subjectSummary.map { $0.printable + ": " } ?? ""
      for ground in rule.grounds where ground.condition.truth == .holds {
        layout.columns(
          "\(subject)granted: \(ground.title)", ground.id, indent: 2, lead: "✓ ", leadRole: .good)
      }
      let others = rule.grounds.filter { $0.condition.truth != .holds }
      for (words, grounds) in [
        ("does not hold", others.filter { $0.isInForce && $0.condition.truth == .fails }),
        ("not known to hold", others.filter { $0.isInForce && $0.condition.truth != .fails }),
        ("not in force", others.filter { !$0.isInForce }),
      ] where !grounds.isEmpty {
        layout.paragraph(
          "\(words): \(grounds.map(\.id).joined(separator: ", "))", indent: 2, lead: "· ",
          role: .faint)
      }
    }
  }
}

/// Renders the decisions that one needs, those that do not pass with all that is wrong.
private struct NeedsRenderer {
  let rules: RuleTextRenderer
  let all: [DecisionExplanation]
  /// The decisions that nobody asked for, by name: what is wrong with these is shown here.
  let needed: [String: DecisionExplanation]
  /// The names of those shown already: each is shown once, under the first decision that needs it.
  var shown: Set<String>
  /// Whether a rule is shown in full.
  let tells: (RuleExplanation) -> Bool
  let column: Int

  mutating func render(
    needsOf decision: DecisionExplanation, depth: Int, into layout: inout TextLayout
  ) {
    // What does not pass comes first; the order is the policy's otherwise.
    let needs = decision.needs.compactMap { name in all.first { $0.name == name } }
    for need in needs.filter({ $0.outcome != .pass }) + needs.filter({ $0.outcome == .pass }) {
      var line = need.name.padded(to: column) + "   " + need.word
      if let words = need.prospect?.words { line += ", " + words }
      layout.columns(
        line, need.tally, indent: 2 + 2 * depth, lead: need.outcome.mark + " ",
        leadRole: need.outcome.role, wraps: false)
      guard let need = needed[need.name], shown.insert(need.name).inserted else { continue }
      let problems = need.rules.filter(tells)
      if !problems.isEmpty { layout.blankLine() }
      for rule in problems {
        rules.render(rule, indent: 4 + 2 * depth, into: &layout)
        layout.blankLine()
      }
      render(needsOf: need, depth: depth + 1, into: &layout)
    }
  }
}

extension DecisionOutcome {
  /// How the outcome is marked.
  var role: TextStyle.Role {
    switch self {
    case .pass: .good
    case .fail: .bad
    case .undetermined: .doubtful
    }
  }

  /// The sign in front of a line.
  var mark: String {
    switch self {
    case .pass: "✓"
    case .fail: "✗"
    case .undetermined: "?"
    }
  }
}

extension Prospect {
  /// What it means for whoever asks; nil where the rules name no way out.
  var words: String? {
    switch self {
    case .open: "can be fixed"
    case .until(let date): "can be fixed by \(ValueWords.text(of: date))"
    case .closed(let date):
      "can no longer be fixed: the last day was \(ValueWords.text(of: date))"
    case .unknown: nil
    }
  }
}

extension RuleExplanation {
  /// Whether the rule is shown in full: it is violated or undetermined.
  var isWorthTelling: Bool {
    switch outcome {
    case .violated, .undetermined: severity != .observe
    case .satisfied, .doesNotApply: false
    }
  }

  /// Whether the rule would be told of, were it not only observed.
  fileprivate var isObservedOnly: Bool { severity == .observe && outcome == .violated }

  /// Whether the rule is not in force on the governing date.
  fileprivate var isOutOfForce: Bool { outcome == .doesNotApply(.notInForce) }
}

extension DecisionExplanation {
  /// What it gives, behind its word; nothing where it gives none, or a value for each of several parts.
  var valueWords: String {
    let given = rules.compactMap(\.given?.words)
    return given.count == 1 ? given.map { ": \($0.printable)" }.joined() : ""
  }

  /// How many rules came out how, such as `7 rules satisfied, 2 do not apply`; a rule with several
  /// subjects counts once, by its worst outcome.
  fileprivate var tally: String {
    var worst: [String: Int] = [:]
    for rule in self.rules {
      worst[rule.id] = min(worst[rule.id] ?? Int.max, rule.rank)
    }
    func count(_ rank: Int) -> Int { worst.values.count { $0 == rank } }
    func counted(_ count: Int) -> String { count == 1 ? "1 rule" : "\(count) rules" }
    var parts: [String] = []
    if count(0) > 0 { parts.append("\(counted(count(0))) violated") }
    if count(1) > 0 { parts.append("\(counted(count(1))) undetermined") }
    if count(2) > 0 { parts.append(count(2) == 1 ? "1 warning" : "\(count(2)) warnings") }
    if count(3) > 0 { parts.append("\(counted(count(3))) satisfied") }
    if count(4) > 0 {
      parts.append(count(4) == 1 ? "1 does not apply" : "\(count(4)) do not apply")
    }
    return parts.joined(separator: ", ")
  }
}

extension RuleExplanation {
  /// How bad the outcome is: 0 is violated, 4 does not apply.
  fileprivate var rank: Int {
    switch (outcome, severity) {
    case (.violated, .error): 0
    case (.undetermined, .error): 1
    case (.violated, .warning), (.undetermined, .warning): 2
    case (.satisfied, _): 3
    case (.doesNotApply, _), (_, .observe): 4
    }
  }
}
