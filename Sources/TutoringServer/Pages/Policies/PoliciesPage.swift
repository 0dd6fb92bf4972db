#if Server
import CEL
import Diagnostics
import PolicyEngine
import TutoringSessions

/// The handbook as rules: what is decided, by which rules, with which values, and what is wrong with a change of them.
struct PoliciesPage: Sendable {
  let reader: Reader
  /// The policies in force.
  let taken: PolicyKeeper.Taken
  /// A change of the files that was not taken.
  let notTaken: PolicyKeeper.NotTaken?
  /// How often each rule stands in the way of the sessions of last month; nil where the reader does not see them.
  var uses: RuleUses?
  /// What is said above it.
  var messages: [Message] = []

  init(
    reader: Reader, taken: PolicyKeeper.Taken, notTaken: PolicyKeeper.NotTaken?
  ) {
    self.reader = reader
    self.taken = taken
    self.notTaken = notTaken
  }

  private var policies: PolicySet { taken.policies }

  /// The page.
  var page: Page {
    Page(title: "Policies", part: .policies, messages: messages) { html in
      html.div(.class("heading")) { html in
        html.h1("Policies")
        if reader.actor?.has(.administrator) == true {
          html.a("Try a change", .class("button main"), .href(Address.editPolicies))
        }
      }
      html.p(.class("sub")) { html in
        html.text("In force here since \(reader.words.moment(taken.since)): ")
        html.code(String(taken.digest.prefix(16)), .title(taken.digest))
      }
      if let uses, uses.sessions > 0 {
        html.p(
          "Beside each rule stands in how many of the \(uses.isPart ? "last " : "")\(Words.count(uses.sessions, "session")) of last month it is in the way.",
          .class("sub"))
      }
      mistakes(&html)
      contents(&html)
      for decision in policies.decisions.indices { self.decision(decision, &html) }
      parameters(&html)
    }
  }

  private func mistakes(_ html: inout HTML) {
    guard let notTaken else { return }
    html.message(
      Message(.problem) { html in
        html.p(
          "The files were changed \(reader.words.moment(notTaken.since)), and the change has a mistake. It was not taken: the policies below go on."
        )
        let renderer = DiagnosticRenderer()
        for diagnostic in notTaken.diagnostics {
          html.element(.pre, [], renderer.render([diagnostic]))
        }
      })
  }

  private func contents(_ html: inout HTML) {
    html.nav(.class("filters"), .label("Decisions")) { html in
      for decision in policies.decisions {
        html.a(decision.title, .href("#decision-\(decision.name)"))
      }
      html.a("Dated values", .href("#parameters"))
    }
  }

  // MARK: - Decisions and rules

  private func decision(_ index: Int, _ html: inout HTML) {
    let decision = policies.decisions[index]
    html.section(.class("card"), .labelledBy("decision-\(decision.name)")) { html in
      html.h2(decision.title, .id("decision-\(decision.name)"))
      html.p(.class("sub")) { html in
        html.text("“\(decision.passWord)” or “\(decision.failWord)”")
        if decision.isOnRequest { html.text(" · decided when the question comes up") }
        if !decision.needs.isEmpty {
          let needs = decision.needs.map { policies.decisions[$0].title }
          html.text(" · needs: \(needs.joined(separator: ", "))")
        }
      }
      let rules = policies.rules(deciding: index)
      if rules.isEmpty { html.p("No rule of its own.", .class("sub")) }
      for rule in rules {
        // A rule of several decisions is told under the first, and only there has its place in the page.
        let isFirst = rule.decides.first == index
        self.rule(rule, isFirst: isFirst, &html)
      }
    }
  }

  private func rule(_ rule: Rule, isFirst: Bool, _ html: inout HTML) {
    html.article(.class("reason"), .id(isFirst ? "rule-\(rule.id)" : nil)) { html in
      html.h3(rule.title)
      html.p(.class("small sub")) { html in
        html.code(rule.id)
        if rule.severity == .warning { html.text(" · only warns") }
        if rule.severity == .observe { html.text(" · only counted") }
        if let topic = rule.topic { html.text(" · \(topic)") }
        if let source = rule.source {
          html.text(" · \(policies.vocabulary.sourceTitle): \(source)")
        }
        html.text(" · \(rule.range.shortPlace)")
        if let effective = rule.effective { html.text(" · \(effective.inWords(reader.words))") }
        if let count = uses?.counts[rule.id] {
          html.text(" · in the way of \(Words.count(count, "session")) last month")
        }
      }
      html.details(.class("on-screen")) { html in
        html.summary(.label("As it is written: \(rule.title)")) { $0.text("As it is written") }
        html.ul(.class("tree")) { html in
          if let when = rule.when { html.condition(when, "Applies when") }
          if let unless = rule.unless { html.condition(unless, "Does not apply when") }
          html.condition(rule.require, "Requires")
          if let because = rule.because {
            html.li { html in
              html.text("What is said where it is violated: ")
              html.code(because.range.text)
            }
          }
          if let fix = rule.fix {
            html.li { html in
              html.text("What to do then: ")
              html.code(fix.action.range.text)
            }
          }
        }
      }
    }
  }

  // MARK: - Dated values

  private func parameters(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("parameters")) { html in
      html.h2("Dated values", .id("parameters"))
      if policies.vocabulary.parameters.isEmpty { html.p("There is none.", .class("sub")) }
      for parameter in policies.vocabulary.parameters where !parameter.isCalendar {
        html.article(.class("reason"), .id("parameter-\(parameter.name)")) { html in
          html.h3((parameter.label ?? parameter.name).capitalizedFirst)
          html.p(.class("small sub")) { html in
            html.code(parameter.name)
            if let source = parameter.source {
              html.text(" · \(policies.vocabulary.sourceTitle): \(source)")
            }
            html.text(" · \(parameter.range.shortPlace)")
          }
          let current = parameter.value(on: reader.words.today)?.from
          for value in parameter.values.reversed() {
            html.div(.class("stack")) { html in
              html.p { html in
                html.strong("Since \(reader.words.day(value.from))")
                if value.from == current { html.text(" (in force today)") }
              }
              html.value(value.value, ValueWords(vocabulary: policies.vocabulary), parameter.type)
            }
          }
        }
      }
    }
  }
}

extension HTML {
  /// Writes a condition as it is written, with its parts.
  fileprivate mutating func condition(_ condition: Condition, _ lead: String? = nil) {
    li { html in
      if let lead { html.text("\(lead): ") }
      if let label = condition.label { html.text("\(label) ") }
      switch condition.kind {
      case .expression: html.code(condition.range.text)
      case .all(let parts): html.parts(parts, "all of these")
      case .any(let parts): html.parts(parts, "at least one of these")
      case .none(let parts): html.parts(parts, "none of these")
      case .anyKnown(let parts): html.parts(parts, "one of these is known to hold")
      // Its label says the days.
      case .inForce: break
      case .gives(let given):
        html.text("one of its rules gives a value: ")
        html.text(given.givers.map(\.title).joined(separator: "; "))
      }
    }
  }

  private mutating func parts(_ parts: [Condition], _ words: String) {
    text(words)
    ul(.class("tree")) { html in
      for part in parts { html.condition(part) }
    }
  }

  /// Writes a value of a parameter: a list as chips, a table as rows.
  fileprivate mutating func value(_ value: CELValue, _ words: ValueWords, _ type: CELType) {
    switch (value, type) {
    case (.list(let elements), .list(let element)):
      ul(.class("tags")) { html in
        for item in elements {
          html.li(words.text(of: item, type: element), .class("plainchip"))
        }
      }
    case (.map(let map), .map(let key, let inner)):
      dl(.class("facts")) { html in
        for entry in map.entries {
          html.dt(words.text(of: entry.key, type: key))
          html.dd(words.text(of: entry.value, type: inner))
        }
      }
    default: p(words.text(of: value, type: type))
    }
  }
}

extension EffectiveDates {
  fileprivate func inWords(_ words: Words) -> String {
    switch (from, until) {
    case (let from?, let until?): "in force from \(words.day(from)) until \(words.day(until))"
    case (let from?, nil): "in force from \(words.day(from)) on"
    case (nil, let until?): "in force until \(words.day(until))"
    case (nil, nil): "always in force"
    }
  }
}
#endif
