public import CEL

/// What session documents may hold: the types, facts and closed lists of a vocabulary, by position.
///
/// Everything that reads or stores facts works by these positions: type `i`, fact `j` of it. Fact `j` of
/// a type here is field `j` of the type of the same name in the expression language's environment.
public struct FactSchema: Sendable {
  /// The type of a fact.
  public indirect enum ValueType: Hashable, Sendable {
    case bool, int, double, string, date, timestamp, duration
    /// An exact number, an exact amount.
    case decimal, money
    /// A case of the enumeration at an index of `enumerations`.
    case enumeration(Int)
    /// An object of the type at an index of `objectTypes`.
    case object(Int)
    /// A list of values of one type.
    case list(ValueType)
  }

  /// A fact of an object type.
  public struct Fact: Hashable, Sendable {
    /// Its name, the key in documents.
    public let name: String
    /// Its type.
    public let type: ValueType
    /// Whether a document may go without it; absent and null mean the same.
    public let isOptional: Bool
    /// How many elements its list may have; nil where that is not said.
    public let atMost: Int?

    /// A fact of the given name and type.
    public init(name: String, type: ValueType, isOptional: Bool, atMost: Int? = nil) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
      self.atMost = atMost
    }
  }

  /// An object type.
  public struct ObjectType: Hashable, Sendable {
    /// Its name in the vocabulary.
    public let name: String
    /// Its facts, each at its position.
    public let facts: [Fact]

    /// A type of the given facts.
    public init(name: String, facts: [Fact]) {
      self.name = name
      self.facts = facts
    }
  }

  /// What a schema holds: in one place, since every object of every document refers to it.
  private final class Contents: Sendable {
    let objectTypes: [ObjectType]
    let enumerations: [EnumerationType]
    let documentType: Int
    let documentName: String
    let readers = Pool<DocumentReader>()

    init(
      objectTypes: [ObjectType], enumerations: [EnumerationType], documentType: Int,
      documentName: String
    ) {
      self.objectTypes = objectTypes
      self.enumerations = enumerations
      self.documentType = documentType
      self.documentName = documentName
    }
  }

  private let contents: Contents

  /// The object types.
  public var objectTypes: [ObjectType] { contents.objectTypes }
  /// The closed lists.
  public var enumerations: [EnumerationType] { contents.enumerations }
  /// The index of the type that a document is.
  public var documentType: Int { contents.documentType }
  /// What a document is called in expressions and paths, such as `session`.
  public var documentName: String { contents.documentName }
  /// What reads documents of the schema; any thread may use it.
  var readers: Pool<DocumentReader> { contents.readers }

  /// A schema of the given types.
  public init(
    objectTypes: [ObjectType], enumerations: [EnumerationType], documentType: Int,
    documentName: String
  ) {
    contents = Contents(
      objectTypes: objectTypes, enumerations: enumerations, documentType: documentType,
      documentName: documentName)
  }
}

extension FactSchema.ValueType {
  /// Whether the value is a list.
  package var isList: Bool { if case .list = self { true } else { false } }

  /// The object type of the value, or of the elements of lists of it.
  package var innermostObject: Int? {
    switch self {
    case .object(let type): type
    case .list(let element): element.innermostObject
    default: nil
    }
  }
}
