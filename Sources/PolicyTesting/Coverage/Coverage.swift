public import Diagnostics

/// What the cases of a suite show of the policies, and what they don't.
public struct Coverage: Sendable {
  /// Something of the policies that cases should show.
  public struct Point: Sendable {
    /// What it is a point of.
    public let owner: Owner
    /// What is to be seen.
    public let aspect: Aspect
    /// In words, for what is not seen: `no case in which 'has(session.end)' is false`.
    public let sentence: String
    /// Where the policy files have it.
    public let range: SourceRange
    /// Whether cases show it.
    public internal(set) var state = State.unseen
  }

  /// What points belong to.
  public enum Owner: Hashable, Sendable {
    /// A rule, by its id.
    case rule(String)
    /// A term, as `Session.place`.
    case term(String)
    /// A parameter, by its name.
    case parameter(String)

    /// The name alone.
    public var name: String {
      switch self {
      case .rule(let name), .term(let name), .parameter(let name): name
      }
    }
  }

  /// What is to be seen of a rule, a term or a parameter.
  public enum Aspect: String, Hashable, Sendable {
    // The outcome of a rule.
    case applies, doesNotApply, satisfied, violated, undetermined
    // A condition or a part of one.
    case isTrue, isFalse
    // A governing date next to the edge of a value or of a rule's dates.
    case firstDay, dayBefore, lastDay, dayAfter
    // The words of a rule, expected by a case.
    case reason, fix, deadline
  }

  /// Whether cases show a point.
  public enum State: Hashable, Sendable {
    /// So many cases do.
    case seen(Int)
    case unseen
    /// No document could show it, for the reason given.
    case impossible(String)
  }

  /// All points, in the order of the policy files' rules, then terms, then parameters.
  public let points: [Point]
  /// How many cases there were to look at.
  public let caseCount: Int

  /// The points that cases show.
  public var seen: [Point] { points.filter(\.isSeen) }
  /// The points that no case shows, though one could.
  public var missing: [Point] { points.filter { $0.state == .unseen } }
  /// The points that no document can show.
  public var impossible: [Point] {
    points.filter { if case .impossible = $0.state { true } else { false } }
  }

  /// The share of what can be seen that is seen, in percent; 0 where there is nothing to see or no case.
  public var percent: Double {
    let possible = points.count - impossible.count
    guard caseCount > 0, possible > 0 else { return 0 }
    return Double(seen.count) / Double(possible) * 100
  }
}

extension Coverage.Point {
  /// Whether a case shows it.
  public var isSeen: Bool { if case .seen = state { true } else { false } }

  /// What is missing, at its place.
  var diagnostic: Diagnostic {
    Diagnostic(.warning, code: .notCovered, sentence, at: range)
  }
}

extension Coverage {
  /// What no case shows, at its places in the policy files.
  public var diagnostics: [Diagnostic] {
    guard caseCount > 0 else {
      return [
        Diagnostic(code: .noCases, "there is no case to try: nothing is covered", at: nil)
      ]
    }
    return missing.map(\.diagnostic)
  }
}
