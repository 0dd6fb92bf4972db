/// What an expression may speak about: variables, types, enumerations, functions.
public struct Environment: Sendable {
  /// A variable that every expression sees.
  public struct Variable: Sendable, Hashable {
    /// Its name; may have dots (a qualified name).
    public let name: String
    /// Its type.
    public let type: CELType

    /// A variable of the given name and type.
    public init(name: String, type: CELType) {
      self.name = name
      self.type = type
    }
  }

  /// The variables, each at its slot: evaluation is given their values in this order.
  public var variables: [Variable] = []
  /// The declared object types, by name.
  public var objectTypes: [String: ObjectType] = [:]
  /// The declared enumerations, by name.
  public var enumerations: [String: EnumerationType] = [:]
  /// The functions: the standard library and what the embedder adds.
  public var functions: [Overload] = []
  /// The scope in which names are resolved first, such as `a.b`; empty for none.
  public var container = ""

  /// An environment without declarations.
  public init() {}
}

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

  /// An enumeration of the given cases.
  public init(name: String, cases: [String]) {
    self.name = name
    self.cases = cases
  }
}

/// One signature of a function with its implementation: a library is a list of these.
public struct Overload: Sendable {
  /// What an implementation is called with besides its arguments.
  public struct Context: Sendable {
    /// The zone in which an instant has a civil date when none is named (an IANA identifier).
    public let timeZone: String

    /// A context of the given zone.
    public init(timeZone: String) { self.timeZone = timeZone }
  }

  /// A stable name for the signature, such as `size_string`.
  public let id: String
  /// The function's name; operators have the specification's internal names, such as `_+_`.
  public let name: String
  /// Whether it is called on a receiver, which is then the first parameter.
  public let isMember: Bool
  /// The parameters' types.
  public let parameters: [CELType]
  /// The result's type.
  public let result: CELType
  /// One or two sentences for the language reference.
  public let documentation: String
  /// What it does; an error is an evaluation error of the call.
  public let implementation: @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>

  /// An overload of a function.
  public init(
    id: String, name: String, isMember: Bool = false, parameters: [CELType], result: CELType,
    documentation: String,
    implementation: @escaping @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>
  ) {
    self.id = id
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    self.documentation = documentation
    self.implementation = implementation
  }
}
