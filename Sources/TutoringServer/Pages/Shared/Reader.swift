#if Server
import CEL
import Foundation
import PolicyEngine
import TutoringSessions

/// For whom a page is made, and when: what every page needs beside what it shows.
struct Reader: Sendable {
  /// Who reads it; nil before anybody has signed in.
  let actor: Actor?
  /// What proves that a form is from a page of ours.
  let formToken: String
  /// The time at which the page is made.
  let now: OffsetDateTime
  /// Days and times as they are written.
  let words: Words
  /// Makes what tells a form from every other.
  private let makeRequestID: @Sendable () -> String

  /// Somebody who reads a page now.
  init(
    actor: Actor?, formToken: String, now: OffsetDateTime, zone: TimeZone,
    makeRequestID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
  ) {
    self.actor = actor
    self.formToken = formToken
    self.now = now
    self.makeRequestID = makeRequestID
    let today = Words(today: CivilDate(daysSinceEpoch: 0), zone: zone).dayOf(now)
    words = Words(today: today, zone: zone)
  }

  /// What a form for a version of something carries.
  func form(for version: Int?) -> FormIdentity {
    FormIdentity(request: makeRequestID(), version: version)
  }

  /// Whose role the vocabulary asks about where it says who may change a fact; nil for those who may change any.
  var role: String? { actor?.changesAllSessions == true ? nil : Actor.Role.tutor.rawValue }

  /// What is around a page.
  var frame: Frame {
    var parts: [Part] = []
    if let actor {
      if actor.seesSessions { parts.append(.sessions) }
      if actor.seesAllSessions { parts.append(.office) }
      parts.append(.policies)
      if actor.seesAllSessions { parts.append(.audit) }
    }
    return Frame(person: actor?.name, parts: parts, formToken: formToken)
  }
}

extension HTML {
  /// Writes a form that does something with one button, to a version of something.
  mutating func button(
    _ label: String, to address: String, for reader: Reader, version: Int?,
    fields: [(name: String, value: String)] = [], class style: String? = nil, id: String? = nil,
    spoken: String? = nil
  ) {
    form(to: address, token: reader.formToken, .class("inline")) { html in
      html.identity(of: reader.form(for: version))
      for field in fields {
        html.input(.type("hidden"), .name(field.name), .value(field.value))
      }
      html.button(
        label, .type("submit"), .class(style), .id(id), .label(spoken))
    }
  }
}

/// Where the pages are.
enum Address {
  static let newSession = "/sessions/new"
  static let signIn = "/sign-in"

  static func session(_ id: String) -> String { "/sessions/" + id.pathEscaped }

  /// The address at which an action is done to a session, and where its form is.
  static func session(_ id: String, _ action: String) -> String { session(id) + "/" + action }

  static func encounter(_ id: Int, of session: String) -> String {
    self.session(session) + "/encounters/\(id)"
  }

  static func rule(_ id: String) -> String { "/policies#rule-" + id.pathEscaped }
}

extension String {
  /// The text as one part of a path.
  var pathEscaped: String { queryEscaped.replacing("/", with: "%2F") }
}
#endif
