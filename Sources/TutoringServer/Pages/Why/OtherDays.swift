#if Server
import CEL
import PolicyEngine
import PolicyRendering
import TutoringSessions

/// On which days the answer changes, and why.
struct OtherDays {
  let report: ExplanationReport
  let reader: Reader
  let address: String
  /// From and until which day was asked for.
  let days: (from: CivilDate, until: CivilDate)?

  func write(to html: inout HTML) {
    html.section(.class("card"), .labelledBy("days")) { html in
      html.h2("On other days", .id("days"))
      if let timeline = report.timeline, let from = timeline.from, let until = timeline.until {
        if timeline.spans.count == 1 {
          html.p(
            "The same on every day from \(reader.words.day(from)) to \(reader.words.day(until)).")
        } else {
          html.ol(.class("stack")) { html in
            for span in timeline.spans { self.span(span, &html) }
          }
        }
      }
      html.form(to: address, token: reader.formToken, .class("row on-screen")) { html in
        let today = report.explanation.today
        let from = days?.from ?? today
        let until = days?.until ?? today.adding(days: 30) ?? today
        html.label("From", .for("days-from"))
        html.input(
          .type("date"), .id("days-from"), .name("from"), .value(from.description), .class("short"))
        html.label("until", .for("days-until"))
        html.input(
          .type("date"), .id("days-until"), .name("until"), .value(until.description),
          .class("short"))
        html.button("Look at these days", .type("submit"))
      }
    }
  }

  private func span(_ span: Timeline.Span, _ html: inout HTML) {
    html.li(.class("reason")) { html in
      html.p { html in
        html.strong(
          span.from == span.until
            ? reader.words.day(span.from)
            : "\(reader.words.day(span.from)) to \(reader.words.day(span.until))")
      }
      html.p(.class("row")) { html in
        for decision in span.decisions {
          html.span { html in
            html.text("\(decision.title) ")
            html.badge(decision.outcome, decision.word)
          }
        }
      }
      for change in span.changes {
        html.p { html in
          if let subject = change.rule.subjectSummary {
            html.name(subject)
            html.text(": ")
          }
          html.text(change.inWords(reader.words))
        }
      }
    }
  }
}

extension Timeline.Change {
  /// What is said of the rule from this day on, and why.
  fileprivate func inWords(_ words: Words) -> String {
    switch cause {
    case .deadline(let last): "\(words.day(last)) was the last day to put this right: \(rule.title)"
    case .values(let values):
      "\(verb), with the new value of \(values.map { $0.label ?? $0.name }.joined(separator: ", ")): \(rule.title)"
    case .force:
      "the rule \(to.outcome == .satisfied ? "is no longer" : "is now") in force: \(rule.title)"
    case .day: "\(verb) from this day on: \(rule.title)"
    }
  }

  private var verb: String {
    switch to.outcome {
    case .satisfied, .doesNotApply: "no longer in the way"
    case .violated: "in the way"
    case .undetermined: "can't be decided"
    }
  }
}
#endif
