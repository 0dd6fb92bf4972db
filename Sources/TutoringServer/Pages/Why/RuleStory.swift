#if Server
import CEL
import Diagnostics
import PolicyEngine
import TutoringSessions

/// One rule with how it came out, by which facts and values, and who entered those.
struct RuleStory {
  let rule: RuleExplanation
  let explanation: Explanation
  let history: FactHistory
  let reader: Reader

  func write(to html: inout HTML) {
    html.article(.class("reason " + manner)) { html in
      html.h3 { html in
        html.text(sign + " ")
        if let subject = rule.subjectSummary {
          html.name(subject)
          html.text(": ")
        }
        html.text(rule.title)
      }
      if let reason = rule.reason { html.p(reason) }
      doubt(&html)
      if let fix = rule.fix {
        html.p { html in
          html.text(fix.action)
          if let until = fix.prospect.words(for: reader.words) {
            html.text(" ")
            html.strong(until)
          }
        }
      }
      evidence(&html)
      workings(&html)
      html.p(.class("small sub")) { html in
        html.a("Rule \(rule.id)", .href(Address.rule(rule.id)))
        html.text(" · \(rule.place.shortPlace)")
        if let source = rule.source { html.text(" · \(explanation.sourceTitle): \(source)") }
      }
    }
  }

  private var manner: String {
    switch (rule.outcome, rule.severity) {
    case (.violated, .error): "fail"
    case (.violated, .warning), (.undetermined, .warning): "warning"
    case (.undetermined, .error): "undetermined"
    case (.satisfied, _): "pass"
    case (.doesNotApply, _), (_, .observe): ""
    }
  }

  private var sign: String {
    switch (rule.outcome, rule.severity) {
    case (.violated, .error): "✗"
    case (.violated, .warning), (.undetermined, .warning): "!"
    case (.undetermined, .error): "?"
    case (.satisfied, _): "✓"
    case (.doesNotApply, _), (_, .observe): "·"
    }
  }

  private func doubt(_ html: inout HTML) {
    switch rule.outcome {
    case .undetermined(let doubt):
      if !rule.withheld.isEmpty {
        html.p("This can't be shown: it depends on facts that are kept from you.")
      } else if !rule.missing.isEmpty {
        html.p(
          "This can't be decided without \(rule.missing.map(\.inWords).joined(separator: ", ")).")
      }
      if rule.withheld.isEmpty {
        for error in doubt.errors { html.p("This can't be decided: \(error.message).") }
      }
    case .doesNotApply(.notInForce): html.p("The rule is not in force on that day.", .class("sub"))
    case .doesNotApply, .satisfied, .violated: break
    }
  }

  // MARK: - What decided

  /// All that made a difference, and that the last day for putting it right was reckoned from; nil where nothing did.
  private var citations: Citations? {
    let all =
      rule.conditions.map(\.condition.decisiveCitations) + [rule.fix?.citations].compactMap(\.self)
    return all.dropFirst().reduce(all.first) { $0?.union($1) }
  }

  private func evidence(_ html: inout HTML) {
    guard let citations,
      !citations.facts.isEmpty || !citations.parameters.isEmpty || !citations.withheld.isEmpty
    else { return }
    html.div(.class("scroll")) { html in
      html.table { html in
        html.element(.caption, [.class("unseen")], "What decided")
        html.element(.thead, []) { html in
          html.tr { html in
            html.th("What decided", .scope("col"))
            html.th("Value", .scope("col"))
            html.th("Entered", .scope("col"))
          }
        }
        html.element(.tbody, []) { html in
          for fact in citations.facts { row(fact, &html) }
          for fact in citations.withheld {
            html.tr { html in
              html.td((fact.label ?? fact.name).capitalizedFirst)
              html.td("confidential")
              html.td("")
            }
          }
          if citations.readsToday {
            html.tr { html in
              html.td("Today")
              html.td(reader.words.day(explanation.today))
              html.td("")
            }
          }
          for parameter in citations.parameters { row(parameter, &html) }
        }
      }
    }
  }

  private func row(_ fact: Citations.Fact, _ html: inout HTML) {
    html.tr { html in
      html.td { html in
        html.text((fact.label ?? fact.path.lastName).capitalizedFirst)
        if let holder = fact.holder {
          html.text(" of ")
          html.name(holder.summary)
        }
      }
      html.td { $0.name(fact.valueInWords(reader.words)) }
      html.td {
        if let entry = history.entry(for: fact.path) {
          $0.name(entry.person)
          $0.text(", \(reader.words.moment(entry.at))")
        } else if !fact.isGiven {
          $0.text("not entered")
        } else if let owner = fact.changedBy {
          $0.text("kept by: \(owner)")
        } else {
          $0.text("from the records")
        }
      }
    }
  }

  private func row(_ parameter: Citations.ParameterValue, _ html: inout HTML) {
    html.tr { html in
      html.td((parameter.label ?? parameter.name).capitalizedFirst)
      html.td(parameter.words ?? "no value in force")
      html.td { html in
        if let since = parameter.since { html.text("in force since \(reader.words.day(since))") }
        if let source = parameter.source { html.text(" (\(explanation.sourceTitle): \(source))") }
      }
    }
  }

  // MARK: - How it was worked out

  private func workings(_ html: inout HTML) {
    guard !rule.conditions.isEmpty else { return }
    html.details(.class("on-screen")) { html in
      html.summary("How it was worked out")
      for clause in rule.conditions {
        html.p(clause.role.words, .class("sub"))
        html.ul(.class("tree")) { $0.condition(clause.condition) }
      }
      let terms = citations?.terms ?? []
      if !terms.isEmpty {
        html.p("What the words in it mean:", .class("sub"))
        html.ul(.class("tree")) { html in
          for term in terms {
            html.li { html in
              html.code(term.path)
              if let label = term.label { html.text(" (\(label))") }
              html.text(": ")
              html.code(term.definition)
            }
          }
        }
      }
    }
  }
}

extension HTML {
  /// Writes a condition with its parts, and what each came to.
  fileprivate mutating func condition(_ condition: ConditionExplanation) {
    li { html in
      html.span(condition.truth.sign, .hiddenFromReaders())
      html.text(" ")
      if let label = condition.label { html.text(label.capitalizedFirst + " ") }
      if let expression = condition.expression { html.code(expression) }
      if let combination = condition.combination { html.text("(\(combination.words))") }
      html.text(": ")
      html.strong(condition.truth.words)
      if !condition.parts.isEmpty {
        html.ul(.class("tree")) { html in
          for part in condition.parts { html.condition(part) }
        }
      }
    }
  }
}

extension ClauseRole {
  fileprivate var words: String {
    switch self {
    case .when: "The rule applies when"
    case .unless: "The rule does not apply when"
    case .require: "It requires"
    }
  }
}

extension ConditionExplanation.Combination {
  fileprivate var words: String {
    switch self {
    case .all: "all of these"
    case .any: "at least one of these"
    case .none: "none of these"
    case .anyKnown: "one of these is known to hold"
    }
  }
}

extension ConditionTruth {
  fileprivate var sign: String {
    switch self {
    case .holds: "✓"
    case .fails: "✗"
    case .undetermined: "?"
    case .withheld: "·"
    }
  }

  fileprivate var words: String {
    switch self {
    case .holds: "yes"
    case .fails: "no"
    case .undetermined: "can't be decided"
    case .withheld: "kept from you"
    }
  }
}

extension Citations.Fact {
  /// Whether the document has a value for it that says something.
  fileprivate var isGiven: Bool {
    switch state {
    case .value(.list(let elements)): !elements.isEmpty
    case .value: true
    case .absent, .missing: false
    }
  }

  /// The fact in words, with whose it is.
  var inWords: String {
    let words = label ?? path.lastName
    return holder.map { "\(words) of \($0.summary)" } ?? words
  }

  /// What the document has for it, in words.
  func valueInWords(_ words: Words) -> String {
    switch state {
    case .value(.list(let elements)) where isPresenceOnly:
      elements.isEmpty ? "none" : Words.count(elements.count, "entry", "entries")
    case .value where isPresenceOnly: "given"
    case .value: self.words.map { $0.isEmpty ? "none" : $0 } ?? "given"
    case .absent: "not given"
    case .missing: "missing"
    }
  }
}

extension SourceRange {
  /// The name of the file, without its folders, and the line.
  var shortPlace: String { fileAndLine.split(separator: "/").last.map(String.init) ?? fileAndLine }
}
#endif
