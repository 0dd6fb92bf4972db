public import CEL

/// What a person chooses a fact's value from.
public enum Choices: Sendable {
  /// One value that can be chosen.
  public struct Choice: Sendable {
    /// The value, as documents have it.
    public let value: CELValue
    /// The value in people's words.
    public let name: String
    /// What whoever chooses it should know; nil when the vocabulary says nothing.
    public let help: String?
  }

  /// The vocabulary names none: whatever fits the type.
  case free
  /// These, in the order of the vocabulary. An object or a list of objects has none.
  case oneOf([Choice])
  /// They are not known: a fact is missing, or no value of a parameter is in force.
  case undetermined(Undetermined)
  /// They are kept from the viewer, who could tell something confidential from them.
  case withheld

  /// The choices that are known; empty where there are none.
  public var all: [Choice] { if case .oneOf(let choices) = self { choices } else { [] } }
}

/// Whether a form shows a field.
public enum FieldVisibility: Sendable {
  case shown, hidden
  /// It is not known; the field is shown, so that nothing is kept from whoever fills in the form.
  case undetermined(Undetermined)
  /// It is kept from the viewer, who could tell something confidential from it; the field is shown.
  case withheld

  /// Whether the field is to be shown: in doubt it is.
  public var isShown: Bool { if case .hidden = self { false } else { true } }
}

/// A fact of a document as a form asks for it: what it is called, what it is, what it may be.
public struct FormField: Sendable {
  /// Where the fact stands in the document.
  public let path: AttributePath
  /// The fact as the vocabulary declares it: name, label, type, help, `changedBy`, whether it is optional.
  public let fact: VocabularyType.Fact
  /// What the vocabulary says of its changes; nil when nothing.
  public let changes: FactChanges?
  /// What the document has for it; nil when that is kept from the viewer.
  public let state: FactState?
  /// What a person chooses from.
  public let choices: Choices
  /// Whether the form shows it.
  public let visibility: FieldVisibility

  /// The fact in people's words; its name where the vocabulary has none.
  public var label: String { fact.label ?? fact.name }
}

extension NameTable {
  /// The names, in the order of the table.
  var all: [Choices.Choice] { table.map { Self.choices(in: $0) } ?? [] }

  /// The rows of a table from values to names.
  static func choices(in table: CELMap) -> [Choices.Choice] {
    table.entries.compactMap { entry in
      if case .string(let name) = entry.value {
        Choices.Choice(value: entry.key, name: name, help: nil)
      } else {
        nil
      }
    }
  }
}
