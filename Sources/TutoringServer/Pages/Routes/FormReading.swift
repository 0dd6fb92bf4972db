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

/// What a form makes of something that is recorded, and what would be decided of that.
struct Entered<Edit: Sendable>: Sendable {
  /// What is to be recorded.
  var edit: Edit
  /// What can't be read, or is not the person's to enter.
  var mistakes: [InputMistake]
  /// The form as it is drawn for what was entered.
  var form: FactForm
  /// What would come of it; nil where it could not be tried.
  var preview: Preview?

  /// Tries an action without doing it; `form` draws the form for the session as it would be.
  mutating func look(
    _ action: SessionAction, on session: String, _ service: DistrictService, for actor: Actor,
    form draw: (Preview, FactDocument) -> FactForm
  ) async throws {
    do {
      let preview = try await service.preview(action, on: session, for: actor)
      self.preview = preview
      if let document = preview.document { form = draw(preview, document) }
    } catch ServiceError.invalid(let found) {
      mistakes += found.filter { !mistakes.contains($0) }
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
  /// Why a form could not be saved, beside its fields, where it is shown once more with what was entered.
  ///
  /// - Throws: The error itself where it is said on a page of its own.
  func besideFields() throws(ServiceError) -> [String] {
    switch self {
    case .refused(let refusal): refusal.reasons.map(\.text)
    case .impossible(let refusal, _): [refusal.sentence]
    case .invalid(let mistakes): mistakes.map(\.message)
    case .changedMeanwhile:
      [
        "The session was changed in the meantime. What you entered is still here: look at it once more and save it."
      ]
    case .notFound, .notAllowed: throw self
    }
  }

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
