public import CEL
public import PolicyEngine

/// What would make the decisions about a document pass, for one reader on one day.
public struct Remedies: Sendable {
  /// How much is looked for.
  public enum Extent: Hashable, Sendable {
    /// All ways out, and what missing facts would settle.
    case all
    /// The best way out of each decision, as it is told in one line.
    case best
  }

  /// What tells the document from others; nil when it has nothing that does.
  public let id: String?
  /// One line about the document; nil when the vocabulary gives none.
  public let summary: String?
  /// The date decided for.
  public let today: CivilDate
  /// The role that the ways out are for; nil where the policies name nobody who could change a fact.
  public let role: String?
  /// What the policies call a document, such as `session`.
  public let documentName: String
  /// Whether ways out are kept from the viewer, who may not see what is confidential in the document.
  public let isWithholding: Bool
  /// The decisions asked for, in the order asked.
  public let decisions: [Remedy]
  /// What it was decided by and from; nil where only the best ways were asked for, beside an explanation that
  /// has it.
  public let provenance: Provenance?
  /// How much was evaluated and tried, in nodes and the like.
  let work: Int

  /// Whether every decision asked for passes already.
  public var passes: Bool { !decisions.isEmpty && decisions.allSatisfy { $0.outcome == .pass } }
}

/// What would make one decision about a document pass.
public struct Remedy: Sendable {
  /// Whether there is a way out, and by whom.
  public enum Prospect: String, Sendable {
    /// The decision passes as it is.
    case passes
    /// The reader can change what must be changed.
    case open
    /// Somebody else must change some of it.
    case others
    /// No change that the vocabulary allows to anybody is enough.
    case none
    /// None was found before the search was ended.
    case unknown
    /// What would help is kept from the viewer.
    case withheld
  }

  /// The decision's name.
  public let decision: String
  /// The question in people's words.
  public let title: String
  /// Its outcome as the document is.
  public let outcome: DecisionOutcome
  /// The policy's word for that.
  public let word: String
  /// The policy's word for passing.
  public let passWord: String
  /// Whether there is a way out, and by whom.
  public let prospect: Prospect
  /// What must be done, step by step, in any order: each step solves problems of its own.
  public let steps: [Step]
  /// The last day on which the best way out can be gone; nil when none is known.
  public let until: CivilDate?
  /// What the best alternatives of all steps together were decided to be; nil where a step has none.
  public let proof: Proof?
  /// The missing facts that would settle the decision, with what follows from each value.
  public let settling: [Settling]
  /// Whether the search was ended by its bounds: then there may be more ways out, and smaller ones.
  public let isCutShort: Bool

  /// The rules that keep the decision from passing, which a step solves together.
  public struct Problem: Sendable {
    /// The rule's id.
    public let rule: String
    /// The rule in one sentence.
    public let title: String
    /// Where its subject stands.
    public let path: AttributePath
    /// One line about its subject; nil for the document.
    public let subject: String?
    /// The last day on which it could be fixed; nil when it has none.
    public let deadline: Deadline?
  }

  /// A fact that stands in the way.
  public struct Fact: Sendable {
    /// Where it stands.
    public let path: AttributePath
    /// The fact in people's words, with whose it is.
    public let words: String
  }

  /// The last day for something.
  public struct Deadline: Sendable {
    /// The day.
    public let date: CivilDate
    /// What the day is the last one for, in the policy's words; nil when it has none.
    public let label: String?
    /// Whether it is past.
    public let isPast: Bool
  }

  /// Some problems that are solved together, with the ways to do so.
  public struct Step: Sendable {
    /// What is solved.
    public let problems: [Problem]
    /// The ways, the best first; empty when there is none.
    public let alternatives: [Alternative]
    /// Why there is no way; nil when there is one.
    public let obstacle: Obstacle?
  }

  /// Why no change solves a step's problems.
  public enum Obstacle: Sendable {
    /// The last day is past.
    case deadline(Problem, Deadline)
    /// The document does not say what the rule needs to know.
    case missing(Problem, [Fact])
    /// Numbers or lists that the rule needs have no value on the document's date.
    case parameters(Problem, [Parameter], CivilDate)
    /// The rule's condition has no value, for these reasons.
    case errors(Problem, [EvaluationError])
    /// Nobody can change the facts that decided.
    case fixedFacts(Problem, [Fact])
    /// No value that could make a difference is enough.
    case noValue([Problem])
    /// The search was ended before it found one.
    case cutShort([Problem])
  }
}

/// A set of changes that solves a step's problems.
public struct Alternative: Sendable {
  /// The changes; all of them are needed.
  public let changes: [ChangedFact]
  /// The last day on which they can be made; nil when none is known.
  public let until: CivilDate?
  /// The rules that would warn then and don't now, as their titles, with the subjects behind.
  public let warnings: [String]
  /// What was decided with the changes and without parts of them, the best of all other steps being made.
  public let proof: Proof
}

/// A fact with what it would have to be.
public struct ChangedFact: Sendable {
  /// What the fact would have to be.
  public enum Values: Sendable {
    /// Not given.
    case nothing
    /// One of these; all of them were tried.
    case oneOf([CELValue])
    /// Between two values, both included; nil is open. Both ends and what lies outside were tried.
    case range(from: CELValue?, until: CELValue?)
    /// Anything of its kind; an example was tried.
    case anything(example: CELValue?)
    /// An object; what its facts must be, where that matters.
    case object([(fact: String, label: String, type: CELType, values: [CELValue])])
  }

  /// How far its value must be from that of another change of the same way.
  ///
  /// Steps are seconds for times, days for dates, and ones for numbers.
  public struct Relation: Hashable, Sendable {
    /// The position of the other change.
    public let change: Int
    /// How many steps after the other value it is at least; nil where that is open.
    public let atLeast: Int64?
    /// How many steps after the other value it is at most; nil where that is open.
    public let atMost: Int64?
  }

  /// Texts that would not do where else any text does.
  public struct Exceptions: Sendable {
    /// These.
    public let values: [CELValue]
    /// Whether texts without a visible sign are among them.
    public let areBlank: Bool
  }

  /// The fact; for an element that is added or removed, its list.
  public let path: AttributePath
  /// How it changes.
  public let kind: FactChanges.Kind
  /// What it is now; nil when it is not given.
  public let current: CELValue?
  /// What it would have to be, or what is added or removed.
  public let values: Values
  /// How far its value must be from those of other changes of the way; empty where each is for itself.
  public let relations: [Relation]
  /// Texts that would not do where else any text does; nil where there are none.
  public let exceptions: Exceptions?
  /// The value with which it was proved.
  public let tried: CELValue?
  /// The fact in people's words.
  public let label: String
  /// Who can change it.
  public let changedBy: String
  /// What kind of statement it is.
  public let nature: FactChanges.Nature
  /// When the change would be right, as a clause; nil for a choice.
  public let condition: String?
  /// What to do, as an imperative.
  public let action: String
  /// The last day on which this can be done; nil where it is another change that has one, or none has.
  public internal(set) var until: CivilDate?
  /// What is recorded, in words, with how far it is from what would do; nil where that says nothing new.
  public let recorded: String?
  /// What is lost by it; nil when nothing is said.
  public let loss: String?
  /// The position of the change that does this one too; nil for one that is made by itself.
  public let doneBy: Int?

  /// Whether it is put as a question: what is so doesn't follow from what would pass.
  public var isQuestion: Bool { condition != nil }
}

/// What was decided of a document with changes made, and of parts of these.
public struct Proof: Sendable {
  /// What the decision came to with some of the changes only.
  public struct Part: Sendable {
    /// The positions of the changes that were left out.
    public let without: [Int]
    /// What it came to.
    public let outcome: DecisionOutcome
  }

  /// What the decision came to with all changes.
  public let outcome: DecisionOutcome
  /// What it came to with some left out: each by itself, and all proper subsets of a few changes.
  public let parts: [Part]

  /// Whether all changes together are enough, and no tried part of them is.
  public var holds: Bool { outcome == .pass && parts.allSatisfy { $0.outcome != .pass } }
}

/// A missing fact with what follows from its values.
public struct Settling: Sendable {
  /// The outcome of a decision with some values of the fact.
  public struct Consequence: Sendable {
    /// The values, as texts.
    public let values: [CELValue]
    /// The outcome of the decision.
    public let outcome: DecisionOutcome
    /// The policy's word for that.
    public let word: String
    /// The rules that would be violated or undetermined, by title.
    public let problems: [String]
    /// The values in words.
    public let words: String
  }

  /// The fact.
  public let path: AttributePath
  /// The fact in people's words.
  public let label: String
  /// The subject that it is a fact of, in one line; nil for the document.
  public let subject: String?
  /// Who can record it; nil when the vocabulary names nobody.
  public let changedBy: String?
  /// What follows from which values; empty where values can't be listed.
  public let consequences: [Consequence]
}
