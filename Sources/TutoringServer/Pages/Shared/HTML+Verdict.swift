#if Server
import CEL
import PolicyEngine

extension HTML {
  /// Writes what a decision came to: its word, with a sign, so that no colour is needed to tell.
  mutating func badge(_ outcome: DecisionOutcome, _ word: String) {
    span(.class("badge " + outcome.rawValue)) { html in
      html.span(outcome.sign, .hiddenFromReaders())
      html.text(word)
    }
  }

  /// Writes a word about something that was not decided.
  mutating func badge(plain word: String) {
    span(word, .class("badge plain"))
  }

  /// Writes a reason: what is wrong and with whom, why, what to do and until when.
  mutating func reason(_ reason: Reason, for reader: Reader, namesSubject: Bool = true) {
    div(.class("reason " + reason.outcomeName)) { html in
      html.p { html in
        html.strong(reason.kind.sign + " ")
        if namesSubject, let subject = reason.subject {
          html.strong { $0.name(subject) }
          html.text(": ")
        }
        html.text(reason.text)
      }
      if let fix = reason.fix {
        html.p { html in
          html.text(fix)
          if let until = reason.prospect?.words(for: reader.words) {
            html.text(" ")
            html.strong(until)
          }
        }
      }
      html.p(.class("small sub")) { html in
        html.text("Rule: ")
        html.a(reason.title, .href(Address.rule(reason.rule)))
        if let source = reason.source { html.text(" (\(source))") }
      }
    }
  }

  mutating func strong(_ attributes: Attribute..., content: Content) {
    element(.strong, attributes, content)
  }

  /// Writes reasons one after the other.
  mutating func reasons(_ reasons: [Reason], for reader: Reader, namesSubject: Bool = true) {
    div(.class("stack")) { html in
      for reason in reasons { html.reason(reason, for: reader, namesSubject: namesSubject) }
    }
  }
}

extension DecisionOutcome {
  /// A sign for it.
  var sign: String {
    switch self {
    case .pass: "✓"
    case .fail: "✗"
    case .undetermined: "?"
    }
  }
}

extension Reason {
  /// What it means for a decision.
  var outcomeName: String {
    switch kind {
    case .violated: "fail"
    case .undetermined: "undetermined"
    case .warning: "warning"
    }
  }
}

extension Reason.Kind {
  /// A sign for it, with its word for those who can't see it.
  var sign: String {
    switch self {
    case .violated: "✗"
    case .undetermined: "?"
    case .warning: "Please check:"
    }
  }
}

extension Prospect {
  /// Until when something can be put right; nil where nothing is known of that.
  func words(for words: Words) -> String? {
    switch self {
    case .open, .unknown: nil
    case .until(let day): "Until \(words.day(day)): \(words.daysLeft(until: day))."
    case .closed(let day): "This can no longer be done: the last day was \(words.day(day))."
    }
  }
}
#endif
