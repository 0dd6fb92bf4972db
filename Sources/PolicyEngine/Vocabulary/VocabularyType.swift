public import CEL
public import Diagnostics

/// A type of the vocabulary: what a document holds of one kind of thing.
public struct VocabularyType: Sendable {
  /// A fact: given by the document.
  public struct Fact: Sendable {
    /// The key in documents and the name in expressions.
    public let name: String
    /// The type, for documents.
    public let type: FactSchema.ValueType
    /// The type, for expressions.
    public let expressionType: CELType
    /// Whether a document may go without it.
    public let isOptional: Bool
    /// How many elements its list may have; nil where that is not said.
    public let atMost: Int?
    /// The fact in people's words; nil when the name says it.
    public let label: String?
    /// Who can change the fact; nil when nobody who asks could.
    public let changedBy: String?
    /// What people who give the fact should know of it; nil when the vocabulary says nothing.
    public let help: String?
    /// Whether only those whom a document belongs to, and the privileged, may see it.
    public let isConfidential: Bool
    /// Where the fact is declared.
    public let range: SourceRange
  }

  /// A term: derived from facts by an expression, and read like a fact.
  public struct Term: Sendable {
    /// The name in expressions.
    public let name: String
    /// The term in people's words; nil when the name says it.
    public let label: String?
    /// What it stands for.
    public let definition: CheckedExpression
    /// Where the term is declared.
    public let range: SourceRange
  }

  /// The name of the type.
  public let name: String
  /// What a value of the type is called in its own rules and terms, such as `encounter`.
  public let variable: String
  /// The type in people's words; nil when the name says it.
  public let label: String?
  /// One line that tells a value of the type from others; nil when the vocabulary gives none.
  public let summary: Template?
  /// The facts, each at its position.
  public let facts: [Fact]
  /// How each fact may be changed; nil for one whose declaration says nothing of it.
  public let changes: [FactChanges?]
  /// How each fact is asked for and shown; nil for one whose declaration says nothing of it.
  public let fields: [FieldRules?]
  /// The terms; term `i` is field `facts.count + i` of the type in expressions.
  public internal(set) var terms: [Term]
  /// Where the type is declared.
  public let range: SourceRange
}
