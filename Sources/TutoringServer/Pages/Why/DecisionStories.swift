#if Server
import PolicyEngine

/// The decisions of an explanation, each with its rules: in full those that stand in the way, in a line the others.
struct DecisionStories {
  let explanation: Explanation
  let history: FactHistory
  let reader: Reader
  /// Whether those are shown too that nobody asked for, and that others need.
  var showsNeeded = false

  func write(to html: inout HTML) {
    for decision in inOrder { story(of: decision, &html) }
  }

  /// What counts in the end first, then what it needs.
  private var inOrder: [DecisionExplanation] {
    let asked = explanation.decisions.filter { showsNeeded || $0.isAskedFor }
    let needed = Set(asked.flatMap(\.needs))
    return asked.filter { !needed.contains($0.name) } + asked.filter { needed.contains($0.name) }
  }

  private func story(of decision: DecisionExplanation, _ html: inout HTML) {
    let told = decision.rules.filter(\.isTold)
    let satisfied = decision.rules.filter { $0.outcome == .satisfied }
    let others = decision.rules.filter(\.isInapplicable)
    html.section(.class("card"), .labelledBy("decision-\(decision.name)")) { html in
      html.div(.class("row")) { html in
        html.h2(decision.title, .id("decision-\(decision.name)"))
        html.badge(decision.outcome, decision.word)
        if let until = decision.prospect?.words(for: reader.words) { html.span(until) }
      }
      if !decision.needs.isEmpty { needs(of: decision, &html) }
      for rule in told {
        RuleStory(rule: rule, explanation: explanation, history: history, reader: reader)
          .write(to: &html)
      }
      quiet(satisfied, isSatisfied: true, &html)
      quiet(others, isSatisfied: false, &html)
    }
  }

  private func needs(of decision: DecisionExplanation, _ html: inout HTML) {
    html.p(.class("row")) { html in
      html.span("It needs:", .class("sub"))
      for name in decision.needs {
        guard let need = explanation.decisions.first(where: { $0.name == name }) else { continue }
        html.span { html in
          html.a(need.title, .href("#decision-\(name)"))
          html.text(" ")
          html.badge(need.outcome, need.word)
        }
      }
    }
  }

  /// Rules that are in nobody's way: their titles, and on demand how each came out so.
  private func quiet(
    _ rules: [RuleExplanation], isSatisfied: Bool, _ html: inout HTML
  ) {
    guard !rules.isEmpty else { return }
    var byID: [(rule: RuleExplanation, count: Int)] = []
    for rule in rules {
      if let index = byID.firstIndex(where: { $0.rule.id == rule.id }) {
        byID[index].count += 1
      } else {
        byID.append((rule, 1))
      }
    }
    html.ul(.class(isSatisfied ? "quiet" : "quiet on-screen")) { html in
      for (rule, count) in byID {
        html.li { html in
          html.text("\(isSatisfied ? "✓" : "·") \(rule.title)")
          if count > 1 { html.span(" (\(count) students)", .class("sub")) }
        }
      }
    }
    html.details(.class("on-screen")) { html in
      let count = Words.count(byID.count, "rule")
      html.summary(
        isSatisfied
          ? "How \(count) \(byID.count == 1 ? "is" : "are") satisfied"
          : "Why \(count) \(byID.count == 1 ? "does" : "do") not apply")
      for rule in rules {
        RuleStory(rule: rule, explanation: explanation, history: history, reader: reader)
          .write(to: &html)
      }
    }
  }
}

extension RuleExplanation {
  /// Whether the rule is told in full: it stands in the way, or warns.
  fileprivate var isTold: Bool {
    switch outcome {
    case .violated, .undetermined: true
    case .satisfied, .doesNotApply: false
    }
  }

  fileprivate var isInapplicable: Bool {
    if case .doesNotApply = outcome { true } else { false }
  }
}
#endif
