#if Server
import CEL
import PolicyEngine
import PolicyRendering
import TutoringSessions

/// Why a session was decided as it was: what decided, who entered that, when the answer changes, and what it would be if.
struct WhyPage: Sendable {
  /// A fact that the reader may suppose to be another.
  struct Supposable: Sendable {
    /// Whose facts they are; nil for the session's own.
    let subject: String?
    /// The facts, with what is supposed or recorded.
    let fields: [Field]

    init(subject: String?, fields: [Field]) {
      self.subject = subject
      self.fields = fields
    }
  }

  let reader: Reader
  /// What is explained.
  let why: Why
  /// Who entered which fact, and when.
  let history: FactHistory
  /// The digest of the policies, and since when they are in force.
  let policies: PolicyKeeper.Taken
  /// What the reader may suppose.
  var supposable: [Supposable] = []
  /// What is supposed, in people's words.
  var supposedInWords: [String] = []
  /// Why a supposition could not be made.
  var mistakes: [String] = []
  /// From and until which day other days are looked at.
  var days: (from: CivilDate, until: CivilDate)?

  init(
    reader: Reader, why: Why, history: FactHistory, policies: PolicyKeeper.Taken
  ) {
    self.reader = reader
    self.why = why
    self.history = history
    self.policies = policies
  }

  private var explanation: Explanation { why.report.explanation }
  private var session: SessionSummary { why.summary }
  private var address: String { Address.session(session.id, "why") }

  /// The page.
  var page: Page {
    Page(title: session.title("Why"), part: .sessions) { html in
      html.div(.class("heading")) { html in
        html.h1("Why: session \(session.id)")
        html.a(
          "Back to the session", .class("button on-screen"), .href(Address.session(session.id)),
          .data("data-cancel"))
      }
      if let summary = explanation.summary { html.p { $0.name(summary) } }
      html.p(.class("small sub")) { html in
        html.text("Decided for \(reader.words.day(explanation.today)) ")
        html.text(
          "by the policies \(policies.digest.prefix(12)), in force here since \(reader.words.moment(policies.since))."
        )
      }
      if explanation.isWithholding {
        html.message(
          Message(
            .note,
            "Facts that are confidential are kept from you, and what would help or change the answer."
          ))
      }
      supposed(&html)
      for decision in inOrder { story(of: decision, &html) }
      help(&html)
      OtherDays(report: why.report, reader: reader, address: address, days: days)
        .write(to: &html)
      WhatIfForm(
        address: address, reader: reader, supposable: supposable, mistakes: mistakes,
        isOpen: why.report.whatIf != nil || !mistakes.isEmpty
      ).write(to: &html)
    }
  }

  /// What counts in the end first, then what it needs.
  private var inOrder: [DecisionExplanation] {
    let asked = explanation.decisions.filter(\.isAskedFor)
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

  private func supposed(_ html: inout HTML) {
    guard let whatIf = why.report.whatIf else { return }
    html.section(.class("card running"), .labelledBy("supposed")) { html in
      html.h2("As if", .id("supposed"))
      html.p("Nothing was changed. This is what the policies would say if:")
      html.ul(.class("plainlist")) { html in
        for (index, change) in whatIf.changes.enumerated() {
          html.li { html in
            let isKnown = supposedInWords.count == whatIf.changes.count
            html.text(isKnown ? supposedInWords[index] : change.text)
            if change.isSoAlready { html.span(" (it is so already)", .class("sub")) }
          }
        }
      }
      if whatIf.isWithoutEffect {
        html.p("It would make no difference.")
      } else {
        html.ul(.class("stack")) { html in
          for decision in whatIf.decisions {
            html.li(.class("row")) { html in
              html.span(
                explanation.decisions.first { $0.name == decision.name }?.title ?? decision.name)
              html.badge(decision.from, decision.words.from)
              html.text(" → ")
              html.badge(decision.to, decision.words.to)
            }
          }
        }
        shift(whatIf.violated, gone: "no longer violated", added: "violated then", &html)
        shift(
          whatIf.undetermined, gone: "no longer undetermined", added: "undetermined then", &html)
        shift(whatIf.warnings, gone: "no longer warned of", added: "warned of then", &html)
      }
      html.p(.class("on-screen")) { $0.a("As it is", .class("button"), .href(address)) }
    }
  }

  private func shift(
    _ shift: WhatIf.Shift, gone: String, added: String, _ html: inout HTML
  ) {
    for finding in shift.gone { html.p("✓ \(finding.title): \(gone)") }
    for finding in shift.added { html.p("✗ \(finding.title): \(added)") }
  }

  private func help(_ html: inout HTML) {
    guard why.report.whatIf == nil, !why.waysOut.isEmpty || !why.outlook.isEmpty else { return }
    html.section(.class("card"), .labelledBy("help")) { html in
      html.h2("What would help", .id("help"))
      var lines: [String] = []
      for outlook in why.outlook where !lines.contains(outlook.line) { lines.append(outlook.line) }
      for line in lines {
        let titles = why.outlook.filter { $0.line == line }.map(\.title)
        html.p { html in
          html.strong("\(titles.joined(separator: ", ")): ")
          html.text(line)
        }
      }
      if !why.waysOut.isEmpty, reader.actor?.changesSessions == true {
        html.p(.class("on-screen")) {
          $0.a("Do it on the session's page", .href(Address.session(session.id) + "#verdict"))
        }
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
