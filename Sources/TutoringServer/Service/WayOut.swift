#if Server
package import CEL
package import TutoringSessions

/// A proved way to make a decision pass, as a button that does it.
package struct WayOut: Hashable, Sendable {
  /// A change of it, with the values that would do.
  package struct Change: Hashable, Sendable {
    /// The fact, such as `session.tags`.
    package let path: String
    /// The fact in people's words.
    package let label: String
    /// What is to be entered, where there is more than one value.
    package let input: Input
  }

  /// What a person enters for a change.
  package enum Input: Hashable, Sendable {
    /// Nothing: there is one value that would do, or the fact is taken away.
    case nothing
    /// One of these.
    case choice([Choice])
    /// A text, such as the example.
    case text(example: String?)
    /// A time; the one given was tried.
    case time(OffsetDateTime?)
    /// A day; the one given was tried.
    case day(CivilDate?)
  }

  /// A value that would do.
  package struct Choice: Hashable, Sendable {
    /// What a form sends.
    package let value: String
    /// The value in words.
    package let label: String

    /// A value with its words.
    package init(value: String, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// Tells it from other ways out of the same session; the same after the session was read again, as long as
  /// what has to be changed is the same.
  package let id: String
  /// The decision that passes with it.
  package let decision: String
  /// The decision in people's words.
  package let title: String
  /// The number of the step, from 0: one way out of each step is needed.
  package let step: Int
  /// What to do, as a sentence.
  package let sentence: String
  /// What is lost by it; nil when nothing is said.
  package let loss: String?
  /// Whether it is right only if something is so, which the person has to know.
  package let isQuestion: Bool
  /// The last day on which it can be done.
  package let until: CivilDate?
  /// The rules that it solves, by their ids.
  package let rules: [String]
  /// The changes, in the order in which their values are sent.
  package let changes: [Change]
  /// Whether the server can do it for the person who asks; else it is somebody else's to do, or is done on
  /// a page of its own.
  package let isDoable: Bool
  /// Another session that it is done to, where that is so.
  package let otherSession: String?
}
#endif
