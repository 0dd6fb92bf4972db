#if Server
package import TutoringSessions

/// Why something that was asked of the service is not done.
package enum ServiceError: Error, Sendable {
  /// There is no such thing, or the person may not know of it.
  case notFound
  /// The person's roles don't allow it, whatever it is asked of.
  case notAllowed
  /// The policies refuse it, with all that helps.
  case refused(Refusal)
  /// It can't be done to the session as it is, whatever the policies say.
  case impossible(LifeRefusal, session: SessionRecord?)
  /// Somebody has changed the session since it was shown: the record is as it is now.
  case changedMeanwhile(SessionRecord)
  /// What was entered can't be taken.
  case invalid([InputMistake])
}

/// Something that was entered and can't be taken.
package struct InputMistake: Hashable, Sendable {
  /// The field, by its name in forms and in JSON.
  package let field: String
  /// What is wrong, and what was expected: a sentence.
  package let message: String

  /// A mistake in a field.
  package init(_ field: String, _ message: String) {
    self.field = field
    self.message = message
  }
}

/// What the policies say where they refuse an action, for the session as it would be.
package struct Refusal: Sendable {
  /// The action's name, which is the decision's too.
  package let action: String
  /// The decision in people's words.
  package let title: String
  /// The policy's word for the outcome.
  package let word: String
  /// What stands in the way, each with what to do.
  package let reasons: [Reason]
  /// What would help, proved, the best first.
  package let waysOut: [WayOut]
  /// Whether confidential facts are kept from the reader.
  package let isWithholding: Bool
}
#endif
