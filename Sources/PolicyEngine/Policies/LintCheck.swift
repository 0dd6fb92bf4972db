public import Diagnostics

/// The checks for what a policy set without mistakes may yet not mean.
///
/// The engine knows their names, since policy files silence them by name; what they find is said by
/// whoever analyses a policy set.
public enum LintCheck: String, Hashable, Sendable, CaseIterable {
  case calendarTooShort = "calendar-too-short"
  case contradiction
  case decisionWithoutRule = "decision-without-rule"
  case effectiveGap = "effective-gap"
  case effectiveOverlap = "effective-overlap"
  case fixOfFixedFacts = "fix-of-fixed-facts"
  case fractionCutOff = "fraction-cut-off"
  case hoursForDays = "hours-for-days"
  case missingFix = "missing-fix"
  case missingReason = "missing-reason"
  case monthsOneByOne = "months-one-by-one"
  case neverApplies = "never-applies"
  case neverViolated = "never-violated"
  case parameterWithoutValue = "parameter-without-value"
  case ruleWithoutFixture = "rule-without-fixture"
  case sameMeaning = "same-meaning"
  case sameVerdictWords = "same-verdict-words"
  case unevenTables = "uneven-tables"
  case unusedCase = "unused-case"
  case unusedEnumeration = "unused-enumeration"
  case unusedFact = "unused-fact"
  case unusedParameter = "unused-parameter"
  case unusedSilence = "unused-silence"
  case unusedTerm = "unused-term"
  case unusedType = "unused-type"
  case valueWithoutEnd = "value-without-end"
  case zoneLeftOut = "zone-left-out"

  /// The code of what the check finds.
  public var code: DiagnosticCode {
    switch self {
    case .calendarTooShort: .calendarTooShort
    case .contradiction: .contradiction
    case .decisionWithoutRule: .decisionWithoutRule
    case .effectiveGap: .effectiveGap
    case .effectiveOverlap: .effectiveOverlap
    case .fixOfFixedFacts: .fixOfFixedFacts
    case .fractionCutOff: .fractionCutOff
    case .hoursForDays: .hoursForDays
    case .missingFix: .missingFix
    case .missingReason: .missingReason
    case .monthsOneByOne: .monthsOneByOne
    case .neverApplies: .neverApplies
    case .neverViolated: .neverViolated
    case .parameterWithoutValue: .parameterWithoutValue
    case .ruleWithoutFixture: .ruleWithoutFixture
    case .sameMeaning: .sameMeaning
    case .sameVerdictWords: .sameVerdictWords
    case .unevenTables: .unevenTables
    case .unusedCase: .unusedCase
    case .unusedEnumeration: .unusedEnumeration
    case .unusedFact: .unusedFact
    case .unusedParameter: .unusedParameter
    case .unusedSilence: .unusedSilence
    case .unusedTerm: .unusedTerm
    case .unusedType: .unusedType
    case .valueWithoutEnd: .valueWithoutEnd
    case .zoneLeftOut: .zoneLeftOut
    }
  }

  /// What the check finds, in one sentence.
  public var summary: String {
    switch self {
    case .calendarTooShort:
      "a rule that is in force on days that a calendar it needs does not have"
    case .contradiction: "a rule that no session can satisfy together with another one"
    case .decisionWithoutRule: "days on which a decision passes, since no rule of it is in force"
    case .effectiveGap:
      "days between two rules that follow each other, on which neither is in force"
    case .effectiveOverlap: "days on which two rules that follow each other are both in force"
    case .fixOfFixedFacts: "a fix of a rule that reads only facts which nobody can change"
    case .fractionCutOff: "a number whose fraction is cut off without a word that says so"
    case .hoursForDays: "whole days that are counted as 24 hours each"
    case .missingFix: "a rule that names no way out"
    case .missingReason: "a rule that gives no reason"
    case .monthsOneByOne: "months that are added in steps, or to a day that not every month has"
    case .neverApplies: "a rule that concerns nothing, whatever the document"
    case .neverViolated: "a rule that is never violated, whatever the document"
    case .parameterWithoutValue:
      "a time at which a rule is in force and a parameter it needs has no value"
    case .ruleWithoutFixture: "a rule that no fixture expects anything of"
    case .sameMeaning: "two rules that are violated by the same documents"
    case .sameVerdictWords: "a decision with the same word for passing and failing"
    case .unevenTables: "tables looked up by the same key, where one misses a row of the other"
    case .unusedCase: "a case of an enumeration that no expression, parameter or fixture has"
    case .unusedEnumeration: "an enumeration that no fact and no parameter is of"
    case .unusedFact: "a fact that nothing reads"
    case .unusedParameter: "a parameter that nothing reads"
    case .unusedSilence: "a silence that silences nothing"
    case .unusedTerm: "a term that nothing reads"
    case .unusedType: "a type that no fact is of"
    case .valueWithoutEnd: "a value that holds on, though another one came every year"
    case .zoneLeftOut:
      "a part of an instant that is read in UTC, where the policies have another zone"
    }
  }
}

extension PolicySet {
  /// A check that a declaration asks not to be made of it, and why.
  public struct Silence: Hashable, Sendable {
    /// The check.
    public let check: LintCheck
    /// Why it is silenced, in the words of the policy's author; never blank.
    public let reason: String
    /// Where the check is named.
    public let range: SourceRange
    /// The name of the declaration in which it stands; what that contains is meant too.
    public let scope: SourceRange
  }

  /// A change to a declaration that may go unnoticed, and why.
  public struct AcceptedMutant: Hashable, Sendable {
    /// The change as `tutorpolicy mutate` shows it, or the kind of the changes.
    public let change: String
    /// Why it makes no difference, in the words of the policy's author; never blank.
    public let reason: String
    /// Where that is said.
    public let range: SourceRange
    /// The name of the declaration in which it stands; what that contains is meant too.
    public let scope: SourceRange
  }
}
