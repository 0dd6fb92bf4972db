public import CEL
public import Diagnostics

/// The words that rules may use: types with their facts and terms, closed lists, dated parameters.
///
/// All of it is data of a policy set; the engine itself knows no word of any domain.
public struct Vocabulary: Sendable {
  /// What a document is called in expressions, such as `session`.
  public let documentName: String
  /// The index in `types` of the type that a document is.
  public let documentType: Int
  /// The closed lists.
  public let enumerations: [Enumeration]
  /// The object types.
  public internal(set) var types: [VocabularyType]
  /// The dated parameters, in the order of the files.
  public internal(set) var parameters: [Parameter]
  /// The date of a document that picks dated values and the rules in force.
  public let governingDate: CheckedExpression
  /// What tells one document from another in reports; nil when the vocabulary names nothing.
  public let identity: CheckedExpression?
  /// Whom a document belongs to; nil when the vocabulary does not say, and documents are nobody's.
  public let owner: CheckedExpression?
  /// Which expressions could tell something of confidential facts.
  let confidentiality: Confidentiality
  /// The zone in which an instant has a civil date, as an IANA identifier.
  public let timeZone: String
  /// The code of the currency that amounts of money are in; nil when the vocabulary names none.
  public let currency: String?
  /// What the sources of rules and parameters are called, such as `Handbook`.
  public let sourceTitle: String
  /// The role that suggestions are made for unless another is named; nil when the vocabulary names none.
  public let reader: String?
  /// The types and facts as documents are read by.
  public let schema: FactSchema

  /// The closed list of a name.
  public func enumeration(named name: String) -> Enumeration? {
    enumerations.first { $0.name == name }
  }

  /// The type of a name.
  public func type(named name: String) -> VocabularyType? { types.first { $0.name == name } }
}

/// A closed list of values, each with the words that people use for it.
public struct Enumeration: Sendable {
  /// One value of a closed list.
  public struct Case: Sendable {
    /// The value as documents and expressions have it.
    public let value: String
    /// The value in people's words.
    public let label: String
    /// What people who choose it should know; nil when the vocabulary says nothing.
    public let help: String?
    /// Where the case is declared.
    public let range: SourceRange
  }

  /// The name of the list, used as a type.
  public let name: String
  /// The values, in the order of the file.
  public let cases: [Case]
  /// Where the list is declared.
  public let range: SourceRange
  /// Where each value stands among the cases: a table may have as many rows as the list has cases.
  private let positions: [ScalarText: Int]

  /// A list of the given cases.
  init(name: String, cases: [Case], range: SourceRange) {
    self.name = name
    self.cases = cases
    self.range = range
    let numbered = cases.enumerated().map { (ScalarText($1.value), $0) }
    positions = Dictionary(numbered) { first, _ in first }
  }

  /// The words for a value; nil when it is not a case of the list.
  public func label(of value: String) -> String? {
    positions[ScalarText(value)].map { cases[$0].label }
  }
}
