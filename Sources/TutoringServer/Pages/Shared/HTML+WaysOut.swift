#if Server
import CEL
import TutoringSessions

extension HTML {
  /// Writes proved ways out, step by step, each with a button that does it.
  mutating func waysOut(
    _ ways: [WayOut], of session: String, version: Int, for reader: Reader
  ) {
    let steps = Set(ways.map(\.step)).sorted()
    div(.class("ways")) { html in
      for step in steps {
        let alternatives = ways.filter { $0.step == step }
        if steps.count > 1, let first = steps.firstIndex(of: step) {
          html.p(.class("sub")) {
            $0.text("Step \(first + 1) of \(steps.count), in any order")
            if alternatives.count > 1 { $0.text(": one of these") }
          }
        } else if alternatives.count > 1 {
          html.p("One of these is enough:", .class("sub"))
        }
        for way in alternatives {
          html.wayOut(way, of: session, version: version, for: reader)
        }
      }
    }
  }

  private mutating func wayOut(
    _ way: WayOut, of session: String, version: Int, for reader: Reader
  ) {
    div(.class("way")) { html in
      html.p { html in
        if way.isQuestion { html.strong("Is it so? ") }
        html.text(way.sentence)
        if let until = way.until {
          html.text(" ")
          html.strong("\(reader.words.daysLeft(until: until).capitalizedFirst).")
        }
      }
      if let loss = way.loss { html.p("This gives up \(loss).", .class("small")) }
      if way.isDoable {
        html.form(
          to: Address.session(session, "way-out"), token: reader.formToken, .class("row")
        ) { html in
          html.identity(of: reader.form(for: version))
          html.input(.type("hidden"), .name("way"), .value(way.id))
          html.input(.type("hidden"), .name("decision"), .value(way.decision))
          for (index, change) in way.changes.enumerated() {
            html.input(of: change, id: "way-\(way.id)-\(index)", words: reader.words)
          }
          html.button(
            way.isQuestion ? "Yes, it is so: record it" : "Do this", .type("submit"),
            .class(way.isQuestion ? nil : "main"), .describedBy(nil))
        }
      } else {
        html.p("This is not yours to do. The office can help.", .class("small sub"))
      }
    }
  }

  /// Writes what a person enters for a change; where there is one value that would do, nothing is seen of it.
  private mutating func input(of change: WayOut.Change, id: String, words: Words) {
    let label = change.label.capitalizedFirst
    input(.type("hidden"), .name("kind"), .value(change.input.kind))
    switch change.input {
    case .nothing: input(.type("hidden"), .name("value"), .value(""))
    case .choice(let choices):
      self.label(label, .for(id), .class("unseen"))
      select(.id(id), .name("value")) { html in
        for choice in choices { html.option(choice.label, .value(choice.value)) }
      }
    case .text(let example):
      self.label(label, .for(id), .class("unseen"))
      input(
        .id(id), .type("text"), .name("value"), .value(""), .placeholder(example), .required(true))
    case .time(let time):
      self.label(label, .for(id), .class("unseen"))
      input(
        .id(id), .type("text"), .name("value"), .value(time.map(words.time) ?? ""),
        .class("short"), .required(true))
    case .day(let day):
      self.label(label, .for(id), .class("unseen"))
      input(
        .id(id), .type("date"), .name("value"), .value(day?.description ?? ""), .class("short"),
        .required(true))
    }
  }
}

extension WayOut.Input {
  /// What tells whoever reads the form how the value is written.
  fileprivate var kind: String {
    switch self {
    case .nothing: "nothing"
    case .choice: "choice"
    case .text: "text"
    case .time: "time"
    case .day: "day"
    }
  }
}
#endif
