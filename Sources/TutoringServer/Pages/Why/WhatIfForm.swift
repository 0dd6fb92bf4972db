#if Server
import CEL
import TutoringSessions

/// What would be decided if facts were others: every fact that the reader may change, to be supposed.
struct WhatIfForm {
  let address: String
  let reader: Reader
  let supposable: [WhyPage.Supposable]
  let mistakes: [String]
  let isOpen: Bool

  func write(to html: inout HTML) {
    let groups = supposable.filter { !$0.fields.isEmpty }
    guard !groups.isEmpty else { return }
    html.section(.class("card on-screen"), .labelledBy("what-if")) { html in
      html.h2("What if…", .id("what-if"))
      html.p(
        "Change what you like and look at what would be decided. Nothing is saved.", .class("sub"))
      html.mistakes(in: groups.flatMap(\.fields), others: mistakes)
      html.form(to: address, token: reader.formToken, .class("form"), .novalidate) { html in
        html.input(.type("hidden"), .name("suppose"), .value("1"))
        for group in groups {
          html.details(.open(isOpen)) { html in
            html.summary {
              if let subject = group.subject { $0.name(subject) } else { $0.text("The session") }
            }
            html.div(.class("form")) { html in
              for field in group.fields { html.field(field) }
            }
          }
        }
        html.p { $0.button("Suppose it", .type("submit"), .class("main")) }
      }
    }
  }
}
#endif
