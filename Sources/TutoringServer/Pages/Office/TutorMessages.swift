#if Server
import TutoringSessions

/// What the tutors of sessions that are left out can be told, as texts to be copied: nothing is sent.
struct TutorMessages: Sendable {
  let reader: Reader
  /// The sessions, those with the next deadline first.
  let sessions: [SessionSummary]

  /// A message to one tutor.
  struct Message: Hashable, Sendable {
    let tutor: String
    let text: String
  }

  /// A message to each tutor of whom something can still be put right, the one with the next deadline first.
  var messages: [Message] {
    var tutors: [String] = []
    var own: [String: [SessionSummary]] = [:]
    for session in sessions where session.nextStep != nil || session.deadline != nil {
      let tutor = session.record.tutor
      if own[tutor] == nil { tutors.append(tutor) }
      own[tutor, default: []].append(session)
    }
    return tutors.compactMap { tutor in
      own[tutor].flatMap { sessions in
        sessions.first.map { first in
          Message(
            tutor: first.names.tutor,
            text: """
              Hello \(first.names.tutor),

              \(sessions.count == 1 ? "this session" : "these sessions") can't go out to payroll yet:

              \(sessions.map(line).joined(separator: "\n"))
              """)
        }
      }
    }
  }

  private func line(_ session: SessionSummary) -> String {
    var parts = ["\(reader.words.day(session.record.date)), \(session.id):"]
    if let reason = session.reason { parts.append(reason) }
    if let deadline = session.deadline {
      parts.append(
        "Until \(reader.words.day(deadline.day)): \(deadline.action)")
    } else if let step = session.nextStep {
      parts.append(step)
    }
    return "- " + parts.joined(separator: " ")
  }

  func write(to html: inout HTML) {
    let messages = messages
    guard !messages.isEmpty else { return }
    html.section(.class("card on-screen"), .labelledBy("messages")) { html in
      html.h2("Messages to tutors", .id("messages"))
      html.p(
        "Texts to be copied into a mail: nothing is sent from here.", .class("small sub"))
      for (index, message) in messages.enumerated() {
        html.details { html in
          html.element(.summary, []) { $0.name(message.tutor) }
          html.div(.class("field")) { html in
            html.label("Message to \(message.tutor)", .for("message-\(index)"))
            html.textarea(
              message.text, .id("message-\(index)"), .rows(8), .readonly(true))
          }
        }
      }
    }
  }
}
#endif
