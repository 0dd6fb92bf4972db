public import Diagnostics
import PolicyEngine

/// Something that came out otherwise than a case expects.
public struct Mismatch: Sendable {
  /// What it is about: a decision, a list of rules, a term.
  public let subject: String
  /// What the fixture expects.
  public let expected: String
  /// What came.
  public let actual: String
  /// What tells the two apart, where they are lists of several; nil for others.
  public internal(set) var difference: String?
  /// Where the fixture says so.
  public let range: SourceRange
  /// Where in the policies the value comes from, for what no rule explains; nil for others.
  public internal(set) var origin: String?
  /// The rules whose explanation tells why.
  let rules: Set<Decisive>

  /// A rule that tells why, at one place or all.
  struct Decisive: Hashable, Sendable {
    let rule: String
    /// The path of the subject, empty for the document; nil for any.
    var at: String?
    /// Whether only places tell at which the rule is violated or undetermined.
    var isFound = false
  }
  /// What would stand in the fixture instead; nil where only a person can tell.
  var accepted: TextEdit?
}
