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
      DecisionStories(explanation: explanation, history: history, reader: reader).write(to: &html)
      help(&html)
      OtherDays(report: why.report, reader: reader, address: address, days: days)
        .write(to: &html)
      WhatIfForm(
        address: address, reader: reader, supposable: supposable, mistakes: mistakes,
        isOpen: why.report.whatIf != nil || !mistakes.isEmpty
      ).write(to: &html)
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
#endif
