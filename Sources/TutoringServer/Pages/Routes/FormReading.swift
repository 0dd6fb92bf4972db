#if Server
import CEL
import PolicyEngine
import PolicyRemedies
import TutoringSessions

extension FormBody {
  /// The version of what the form changes.
  ///
  /// - Throws: `ServiceError.invalid` where the form has none.
  func version() throws -> Int {
    guard let version = self[FormName.version].flatMap({ Int($0) }) else {
      throw ServiceError.invalid([
        InputMistake(FormName.version, "The form is incomplete. Open the page again.")
      ])
    }
    return version
  }

  /// What tells the form from others; empty where it has nothing that does.
  var request: String { self[FormName.request] ?? "" }

  /// The names of the fields that were shown when the form was drawn.
  var drawn: Set<String> { Set((self["drawn"] ?? "").split(separator: " ").map(String.init)) }

  /// An instant that was typed in a field; nil where nothing was, or where it is a mistake, which is noted.
  func time(
    _ name: String, _ label: String, _ reading: TimeReading, mistakes: inout [InputMistake]
  ) -> OffsetDateTime? {
    guard let text = text(name) else { return nil }
    do {
      return try reading.instant(text)
    } catch {
      mistakes.append(InputMistake(name, error.sentence(for: text, label: label)))
      return nil
    }
  }
}

extension Field {
  /// A field with what a form sent, and what is wrong with it.
  func filled(from form: FormBody, mistakes: [InputMistake]) -> Field {
    var field = self
    field.entered = form.all(name)
    field.mistake = mistakes.first { $0.field == name }?.message
    return field
  }
}

extension [InputMistake] {
  /// The messages of those that are in none of some fields.
  func outside(_ fields: [Field]) -> [String] {
    filter { mistake in !fields.contains { $0.name == mistake.field } }.map(\.message)
  }
}

extension PolicyKeeper.Taken {
  /// The role that a person fills in forms as; nil for who may change whatever somebody may.
  func role(of actor: Actor) -> String? {
    actor.changesAllSessions ? nil : policies.vocabulary.defaultReader ?? ""
  }

  /// The fields of an object of a session document.
  func fields(of steps: [AttributePath.Step], in document: FactDocument?, _ reader: Reader)
    -> [FormField]
  {
    guard let document, let actor = reader.actor else { return [] }
    return policies.fields(
      of: AttributePath(root: policies.vocabulary.documentName, steps: steps), in: document,
      today: reader.words.today, for: actor.viewer)
  }
}

extension TimeReading {
  /// How times of a session are read: near to `reference`, while the session runs or ran.
  init(_ session: SessionRecord, _ reader: Reader, near reference: OffsetDateTime) {
    self.init(
      zone: reader.words.zone, day: reader.words.dayOf(session.start), earliest: session.start,
      latest: session.end ?? max(reader.now, session.start), near: reference)
  }
}

/// The later of two instants.
private func max(_ left: OffsetDateTime, _ right: OffsetDateTime) -> OffsetDateTime {
  left.timestamp < right.timestamp ? right : left
}

extension ServiceError {
  /// Why something was not done, as a message above the page on which it was asked for; nil for what is told
  /// on a page of its own.
  func message(for reader: Reader) -> Message? {
    switch self {
    case .notFound, .notAllowed: nil
    case .refused(let refusal):
      Message(.problem) { html in
        html.p("\(refusal.title): \(refusal.word). Nothing was done.")
        for reason in refusal.reasons {
          html.p(reason.text)
          if let fix = reason.fix { html.p(fix) }
          if let until = reason.prospect?.words(for: reader.words) { html.p(until) }
        }
      }
    case .impossible(let refusal, _): Message(.problem, refusal.sentence)
    case .changedMeanwhile:
      Message(
        .problem,
        "The session was changed, perhaps by you in another window, since this page was shown. Nothing was done. "
          + "This is the session as it is: do it again if it is still right.")
    case .invalid(let mistakes):
      Message(.problem) { html in
        for mistake in mistakes { html.p(mistake.message) }
      }
    }
  }
}
#endif
