public import CEL
public import Diagnostics

/// A question that is asked of a document, or of every part of it of one type.
public struct Decision: Sendable {
  /// The id, used on the command line and in reports.
  public let name: String
  /// The question in people's words.
  public let title: String
  /// The index of the vocabulary type that is decided about.
  public let subjectType: Int
  /// The word for passing, such as `eligible`.
  public let passWord: String
  /// The word for failing, such as `ineligible`.
  public let failWord: String
  /// The decisions that must pass first, by their index in the policy set.
  public let needs: [Int]
  /// Whether it is decided only when asked for by name.
  public let isOnRequest: Bool
  /// Whether it is said to give a value, in a way that has a mistake.
  let hasWrongValue: Bool
  /// The type of the value that it gives; nil where it only passes or fails.
  public let givenType: CELType?
  /// Where the decision is declared.
  public let range: SourceRange

  /// The word for an outcome, as the policy has it.
  public func word(for outcome: DecisionOutcome) -> String {
    switch outcome {
    case .pass: passWord
    case .fail: failWord
    case .undetermined: "undetermined"
    }
  }
}

/// The outcome of a decision for a subject.
public enum DecisionOutcome: String, Hashable, Sendable {
  /// Every rule is satisfied or does not apply, and every decision needed passes.
  case pass
  /// A rule is violated, or a decision needed fails.
  case fail
  /// No rule is known to be violated, but for one of them a fact is missing or an error stands.
  case undetermined

  /// Both together: failing is stronger than undetermined, and that than passing.
  public func combined(with other: DecisionOutcome) -> DecisionOutcome {
    if self == .fail || other == .fail { return .fail }
    return self == .undetermined || other == .undetermined ? .undetermined : .pass
  }
}
