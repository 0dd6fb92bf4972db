public import Diagnostics

/// One small thing that a person could get wrong in a policy file.
public struct Mutation: Sendable {
  /// What kind of slip it is, such as `comparison`.
  public let kind: Kind
  /// What was changed, in words: `'<=' becomes '<'`.
  public let change: String
  /// The rule, term, parameter or decision that was changed, by its name.
  public private(set) var owner = ""
  /// What the change can make a difference to.
  private(set) var scope = Scope.policies
  let edit: TextEdit

  /// Where the policy files have what is changed; of a list without one of its items, the item.
  public let range: SourceRange

  /// The kinds of slips that are tried.
  public enum Kind: String, Sendable, CaseIterable {
    /// A comparison is turned round, made strict, or no longer so.
    case comparison
    /// A number, date, time of day or span of time is one step off.
    case threshold
    /// A condition is left out.
    case dropped
    /// A condition is turned into its opposite.
    case negated
    /// `all` for `any`, `&&` for `||`, `exists` for `all`.
    case combination
    /// A case of a closed list, or true and false, for another.
    case value
    /// An item of a list or a row of a table is left out.
    case item
    /// The two outcomes of a choice are exchanged.
    case choice
    /// The last day of a fix is a day off, or left out.
    case deadline
    /// A decision no longer needs another, or a rule no longer decides it.
    case need
    /// A rule is left out.
    case rule
    /// An error only warns, or a warning is an error.
    case severity
  }

  /// What of a policy set a change can make a difference to.
  enum Scope: Hashable, Sendable {
    /// The outcome of one rule and says, by its index.
    case rule(Int)
    /// What one rule counts for: its severity, what it decides, whether it is there at all.
    case standing(Int)
    /// The outcomes of rules that read a term, by the indexes of its type and of it.
    case term(type: Int, term: Int)
    /// The outcomes of rules that read a parameter, by its index.
    case parameter(Int)
    /// Anything.
    case policies
  }

  /// A change that writes a text in place of a range, to be shown at another one where that tells more.
  init(
    _ kind: Kind, _ change: String, at range: SourceRange, _ text: String,
    shownAt place: SourceRange? = nil
  ) {
    self.kind = kind
    self.change = change
    self.range = place ?? range
    edit = TextEdit(range: range, text: text)
  }

  /// The change, known to be one of something.
  func of(_ owner: String, _ scope: Scope) -> Mutation {
    var mutation = self
    mutation.owner = owner
    mutation.scope = scope
    return mutation
  }

  /// The sources with the change made.
  package func applied(to sources: [Source]) -> [Source] {
    sources.map { source in
      guard source == edit.range.source else { return source }
      return Source(name: source.name, bytes: source.bytes(applying: [edit]))
    }
  }
}
