public import Diagnostics

/// A name in an expression, or a text that stands for a case, with what it was found to mean.
///
/// Collected by ``Checker/uses(in:locals:expecting:)`` for whoever shows, finds or changes names. What has a
/// mistake has its uses too: those of the names that could be told.
public struct NameUse: Hashable, Sendable {
  /// What a name means.
  public enum Meaning: Hashable, Sendable {
    /// A variable that every expression sees.
    case global(Environment.Variable)
    /// A variable of the frame, at its depth: a subject, or a variable of a macro, where it is declared too.
    case local(Environment.Variable, depth: Int)
    /// A field of an object type.
    case field(String, of: String, isDerived: Bool)
    /// A text, quotes included, where a case of an enumeration is meant; perhaps not one of its cases.
    case enumerationCase(String, of: String)
    /// A function, with the type of what it is called on; nil for one that is called by itself.
    case function(String, receiver: CELType?)
    /// A name after a dot that is not one of the type's.
    case unknownMember(of: CELType)
    /// A name that nothing declares, with the variables of the frame that could be meant.
    case unknownName(locals: [Environment.Variable])
  }

  /// What the name means.
  public let meaning: Meaning
  /// Where the name stands, in the file.
  public let range: SourceRange
  /// The type of what it names, as far as it is known there.
  public let type: CELType
}

extension Checker {
  /// The uses of names in an expression, each once, in the order in which they were resolved.
  public func uses(
    in expression: Expression, locals: [Environment.Variable] = [],
    expecting expected: CELType? = nil
  ) -> (expression: CheckedExpression, uses: [NameUse]) {
    var deduction = Deduction(checker: self, locals: locals)
    deduction.uses = []
    var result = deduction.check(expression)
    if let expected, mode != .dynamic { deduction.require(expected, of: result) }
    if deduction.substitution.isUsed { result = result.resolvingTypes(deduction.substitution) }
    var seen: Set<NameUse> = []
    return (result, (deduction.uses ?? []).filter { seen.insert($0).inserted })
  }
}

extension Deduction {
  /// Whether somebody asks what the names mean.
  var isNoting: Bool { uses != nil }

  /// Notes what a name means.
  mutating func note(_ meaning: NameUse.Meaning, at range: SourceRange, _ type: CELType) {
    uses?.append(NameUse(meaning: meaning, range: range, type: type))
  }
}
