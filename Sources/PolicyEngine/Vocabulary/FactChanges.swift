public import CEL

/// How a fact may be changed by whoever can change it, and how such a change is put into words.
public struct FactChanges: Sendable {
  /// What kind of statement a fact is, which settles how a change of it may be suggested.
  public enum Nature: String, Hashable, Sendable, CaseIterable {
    /// Somebody's to make: a change is shown as something to do.
    case choice
    /// Somebody's word on how things are, which may be mistaken: a change is put as a question.
    case claim
    /// Something that happened and was seen: a change is put as a question.
    case observation
    /// Kept by somebody else: a change is only said to be theirs, and put as a question.
    case record

    /// Whether a change is put as a question, and never as something to do.
    ///
    /// What is so doesn't follow from what would pass.
    public var isAsked: Bool { self != .choice }
  }

  /// The ways in which a fact changes.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What was not given is given.
    case supply
    /// What was given is another value.
    case replace
    /// What was given is not given any more.
    case drop
    /// A list has one more element.
    case add
    /// A list has one element less.
    case remove
  }

  /// What a value that is supplied must be, whatever would pass.
  public enum Supplied: String, Hashable, Sendable, CaseIterable {
    /// The date decided for: what is done now has today's date and no other.
    case today
  }

  /// How a change of one kind is put into words.
  public struct Words: Sendable {
    /// What to do, as an imperative.
    public let action: Template
    /// When that would be right, as the clause behind "if"; nil when the fact's label must do.
    public let condition: Template?
    /// What is lost by it; nil when nothing is said.
    public let loss: Template?
    /// What else it does, in order.
    public let effects: [Effect]
    /// The position of the fact of a supplied object that a way is shown for each value of; nil for none.
    ///
    /// Which value it is is a matter of truth, and is not chosen for what it needs.
    package let each: Int?
  }

  /// What a change does to facts of other things, as one action that people take.
  public struct Effect: Sendable {
    /// The things that it concerns: an object, or a list of them, seen from the changed fact's owner.
    public let each: CheckedExpression
    /// The index of the type of these things.
    package let type: Int
    /// The fact of each of them that is set, by its position.
    package let fact: Int
    /// Which of them it concerns; nil for all.
    public let when: Condition?
    /// What the fact is set to, seen from the thing, once the change is made.
    public let value: CheckedExpression
  }

  /// What kind of statement the fact is.
  public let nature: Nature
  /// The decision that must pass for the fact to be changed, by its name; nil when none must.
  public let allowedBy: String?
  /// What a value that is supplied must be; nil when it is free.
  public let supplied: Supplied?
  /// A value as it may look, for facts of open kind; nil when the vocabulary gives none.
  public let example: CELValue?
  /// The ways in which the fact may change, with the words for each; nil when every way is open.
  public let words: [Kind: Words]?

  /// Whether the fact may change in a way.
  public func allows(_ kind: Kind) -> Bool { words.map { $0[kind] != nil } ?? true }
}

/// The variables that the words of a fact's changes see beside the fact's owner and the document.
enum ChangeWordVariable {
  /// The values that would do, in words.
  static let value = "value"
  /// The nearest thing around the fact that has a summary, by that summary.
  static let subject = "subject"
}
