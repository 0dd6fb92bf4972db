#if Server
import PolicyEngine
import TutoringSessions

/// Which sessions of a list are left: those that a rule stands in the way of, or in which something is recorded.
///
/// What there is to choose is that of the policies in force.
struct DashboardNarrowing: Sendable {
  /// The rule's id; nil for any or none.
  var rule: String?
  /// What is recorded of a student; nil for anything.
  var recorded: RecordedFact?

  /// Whether all are left.
  var isEmpty: Bool { rule == nil && recorded == nil }

  /// What an address says of it behind other parameters.
  var query: String {
    (rule.map { "&rule=\($0.queryEscaped)" } ?? "")
      + (recorded.map { "&recorded=\($0.text.queryEscaped)" } ?? "")
  }

  /// Writes the form that narrows the list down.
  func write(to html: inout HTML, shown: DashboardPage.Shown, _ policies: PolicySet) {
    html.details(.open(!isEmpty), .class("narrowing")) { html in
      html.summary("More filters")
      html.element(.form, [.method("get"), .action("/"), .class("card row")]) { html in
        html.input(.type("hidden"), .name("show"), .value(shown.rawValue))
        menu(
          "rule", "Rule in the way", none: "Any, or none",
          policies.rules.map { ($0.id, $0.title) }, chosen: rule, &html)
        menu(
          "recorded", "Recorded of a student", none: "Anything",
          policies.vocabulary.recordableFacts.map { ($0.fact.text, $0.label.capitalizedFirst) },
          chosen: recorded?.text, &html)
        html.button("Show", .type("submit"), .class("main"))
        if !isEmpty { html.a("Show all", .class("button"), .href("/?show=\(shown.rawValue)")) }
      }
    }
  }

  private func menu(
    _ name: String, _ label: String, none: String, _ choices: [(value: String, label: String)],
    chosen: String?, _ html: inout HTML
  ) {
    html.div(.class("field")) { html in
      html.label(label, .for("narrow-" + name))
      html.select(.id("narrow-" + name), .name(name)) { html in
        html.option(none, .value(""))
        for choice in choices {
          html.option(
            choice.label, .value(choice.value), .selected(choice.value == chosen))
        }
      }
    }
  }
}
#endif
