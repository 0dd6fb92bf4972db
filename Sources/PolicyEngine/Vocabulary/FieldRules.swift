public import CEL

/// How a fact is asked for in a form and shown to people: its choices, their names, when it is asked.
///
/// All of it is for people: what documents may hold, and what is decided, does not depend on it.
public struct FieldRules: Sendable {
  /// The values that a person chooses from, as a list or as a table from values to names; nil when free.
  public let choices: CheckedExpression?
  /// The names of the values, as a table; nil when the values are shown as they are.
  public let names: CheckedExpression?
  /// When a form shows the field; nil for always.
  public let shownWhen: Condition?

  /// Whether values have names: by `names`, or by `choices` that are a table.
  package var hasNames: Bool { namedBy != nil }

  /// The expression for the table of names.
  package var namedBy: CheckedExpression? {
    [names, choices].compactMap(\.self).first { if case .map = $0.type { true } else { false } }
  }

  /// All expressions in it.
  package var expressions: [CheckedExpression] {
    [choices, names].compactMap(\.self) + (shownWhen?.expressions ?? [])
  }
}
