/// A declared object type: fields that its values store, and fields derived from those.
public struct ObjectType: Sendable {
  /// A field of an object type.
  public struct Field: Sendable {
    /// Its name.
    public let name: String
    /// Its type.
    public let type: CELType
    /// Whether a value may go without it.
    public let isOptional: Bool
    /// Whether it is computed by an expression (given to the evaluator) rather than stored.
    public let isDerived: Bool

    /// A field of the given name and type.
    public init(name: String, type: CELType, isOptional: Bool = false, isDerived: Bool = false) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
      self.isDerived = isDerived
    }
  }

  /// The name of the type.
  public let name: String
  /// Its fields, each at its index.
  public var fields: [Field]

  /// A type of the given fields.
  public init(name: String, fields: [Field]) {
    self.name = name
    self.fields = fields
  }
}

/// A field of an object type, by position.
public struct FieldReference: Hashable, Sendable {
  /// The name of the object type.
  public let typeName: String
  /// The index of the field in the type's declaration.
  public let index: Int
  /// The name of the field.
  public let name: String

  /// A reference to a field.
  public init(typeName: String, index: Int, name: String) {
    self.typeName = typeName
    self.index = index
    self.name = name
  }
}

/// A closed list of strings with a name.
public struct EnumerationType: Sendable, Hashable {
  /// The name of the type.
  public let name: String
  /// The strings, in the order of their declaration.
  public let cases: [String]
  /// Where each stands, to be looked up: every literal of a policy set is.
  private let positions: [ScalarText: Int]

  /// An enumeration of the given cases.
  public init(name: String, cases: [String]) {
    self.name = name
    self.cases = cases
    let numbered = cases.enumerated().map { (ScalarText($1), $0) }
    positions = Dictionary(numbered) { first, _ in first }
  }

  /// Whether a text is one of the cases, by its Unicode scalars.
  public func contains(_ text: String) -> Bool { position(of: text) != nil }

  /// The position of a case among all of them; nil for a text that is not a case.
  package func position(of text: String) -> Int? { positions[ScalarText(text)] }
}
