public import Diagnostics

/// Why something of a policy can't be said in a dialect of SQL exactly.
public struct SQLRefusal: Error, Hashable, Sendable {
  /// What can't be said and why, in one lower-case sentence.
  public let reason: String
  /// Where it stands in the policy files; nil until the compiler has seen the refusal.
  public var range: SourceRange?

  /// A refusal with its reason.
  public init(_ reason: String, at range: SourceRange? = nil) {
    self.reason = reason
    self.range = range
  }

  /// The refusal with the place of a node, unless it has a narrower one.
  func located(at range: SourceRange) -> SQLRefusal {
    SQLRefusal(reason, at: self.range ?? range)
  }
}
