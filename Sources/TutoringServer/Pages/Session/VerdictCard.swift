#if Server
import PolicyEngine
import TutoringSessions

/// What was decided of a session, why, and what would help, with a button for each thing that does.
struct VerdictCard {
  let reader: Reader
  let details: SessionDetails

  func write(to html: inout HTML) {
    let summary = details.summary
    html.section(.class("card"), .labelledBy("verdict")) { html in
      html.h2("What counts", .id("verdict"))
      html.ul(.class("stack")) { html in
        for decision in summary.decisions.filter(\.isFinal)
          + summary.decisions.filter({ !$0.isFinal })
        {
          html.li(.class("row")) { html in
            html.badge(decision.outcome, decision.word)
            html.span(decision.title)
            if let until = decision.prospect?.words(for: reader.words) {
              html.span(until, .class("small sub"))
            }
          }
        }
      }
      let reasons = summary.reasons
      if !reasons.isEmpty {
        html.h3("Why")
        html.reasons(reasons, for: reader)
      }
      if !details.waysOut.isEmpty || !details.outlook.isEmpty { help(&html) }
      html.p(.class("on-screen")) {
        $0.a("The whole explanation", .href(Address.session(details.record.id, "why")))
      }
    }
  }

  /// What would help: for each decision that counts in the end, the steps, or why there is none.
  private func help(_ html: inout HTML) {
    var told: Set<String> = []
    // What can be done by a button comes first; a line that says the same for another decision is not repeated.
    let failing = details.summary.decisions.filter { $0.outcome != .pass }
    let withWays = failing.filter { decision in
      details.waysOut.contains { $0.decision == decision.name }
    }
    for decision in withWays + failing where told.insert(decision.name).inserted {
      let ways = details.waysOut.filter { $0.decision == decision.name }
      let line = details.outlook.first { $0.decision == decision.name }?.line
      if ways.isEmpty {
        guard let line, told.insert(line).inserted else { continue }
        html.h3("What would help: \(decision.title)")
        html.p(line)
      } else {
        if let line { told.insert(line) }
        html.h3("What would help: \(decision.title)")
        html.waysOut(ways, of: details.record.id, version: details.record.version, for: reader)
      }
    }
  }
}
#endif
