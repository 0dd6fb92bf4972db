public import CEL
public import PolicyEngine

/// What is known of a decision or a rule under both policy sets, whatever the session.
public struct PlanProof: Sendable {
  /// What is compared.
  public enum Subject: Hashable, Sendable {
    /// A decision, by its name.
    case decision(String)
    /// A rule, by its id in the new policies; in the old ones where it is gone.
    case rule(String)
  }

  /// What came of the comparison.
  public enum Result: Sendable {
    /// No session tells the two apart.
    case same(Extent)
    /// These sessions do, one for each direction that was found.
    case differs([Witness])
    /// It is not settled.
    case unsettled(Reason)
  }

  /// For which sessions it is proved.
  public enum Extent: String, Hashable, Sendable {
    /// For all.
    case all
    /// For those whose dates lie between 1900 and 2150, and whose numbers and spans of time are such as
    /// sessions have: no sum is then out of its range.
    case usual
  }

  /// Why something is not settled, and how far was looked.
  public struct Reason: Hashable, Sendable {
    /// What is not followed, as it is written; empty where there was only too much to try.
    public let parts: [String]
    /// How many sessions were made and decided by both sets.
    public let sessionsTried: Int
    /// Whether it was left because nobody wanted to wait longer.
    public let isOutOfTime: Bool
  }

  /// What is compared.
  public let subject: Subject
  /// The governing dates; nil for sessions whose governing date is not known.
  public let dates: DateRange?
  /// What came of it.
  public let result: Result
}

/// A session that two policy sets decide otherwise; no fact of it can be left out.
public struct Witness: Sendable {
  /// The session, as JSON.
  public let document: String
  /// The date decided for.
  public let today: CivilDate
  /// The outcome under the old policies.
  public let old: DecisionOutcome
  /// The outcome under the new policies.
  public let new: DecisionOutcome
  /// The rules violated or undetermined under the old policies and not under the new ones, by their ids.
  public let rulesBefore: [String]
  /// The rules violated or undetermined under the new policies and not under the old ones.
  public let rulesAfter: [String]
}
