/// One signature of a function with its implementation: a library is a list of these.
public struct Overload: Sendable {
  /// What an implementation is called with besides its arguments.
  public struct Context: Sendable {
    /// The zone in which an instant has a civil date when none is named (an IANA identifier).
    public let timeZone: String

    /// A context of the given zone.
    public init(timeZone: String) { self.timeZone = timeZone }
  }

  /// What an implementation is: it gets its arguments, and gives a value or an evaluation error.
  public typealias Implementation =
    @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>

  /// All of it, behind one reference, since every checked call holds copies of its overloads.
  private final class Declaration: Sendable {
    let id: String
    let name: String
    let isMember: Bool
    let parameters: [CELType]
    let result: CELType
    let documentation: String
    let isVariadic: Bool
    let isGeneric: Bool
    let usesTimeZone: Bool
    let takesTimeZone: Bool
    let implementation: Implementation

    init(
      id: String, name: String, isMember: Bool, parameters: [CELType], result: CELType,
      documentation: String, isVariadic: Bool, usesTimeZone: Bool, takesTimeZone: Bool,
      implementation: @escaping Implementation
    ) {
      self.id = id
      self.name = name
      self.isMember = isMember
      self.parameters = parameters
      self.result = result
      self.documentation = documentation
      self.isVariadic = isVariadic
      isGeneric = parameters.contains(where: \.hasParameters) || result.hasParameters
      self.usesTimeZone = usesTimeZone
      self.takesTimeZone = takesTimeZone
      self.implementation = implementation
    }
  }

  private let declaration: Declaration

  /// A stable name for the signature, such as `size_string`.
  public var id: String { declaration.id }
  /// The function's name; operators have the specification's internal names, such as `_+_`.
  public var name: String { declaration.name }
  /// Whether it is called on a receiver, which is then the first parameter.
  public var isMember: Bool { declaration.isMember }
  /// The parameters' types.
  public var parameters: [CELType] { declaration.parameters }
  /// The result's type.
  public var result: CELType { declaration.result }
  /// One or two sentences for the language reference.
  public var documentation: String { declaration.documentation }
  /// Whether its last parameter is a list that may be given as separate arguments.
  public var isVariadic: Bool { declaration.isVariadic }
  /// Whether its result depends on the evaluation's time zone, and so is not known when checked.
  public var usesTimeZone: Bool { declaration.usesTimeZone }
  /// Whether its last argument names a time zone.
  public var takesTimeZone: Bool { declaration.takesTimeZone }
  /// Whether its signature has type parameters.
  var isGeneric: Bool { declaration.isGeneric }
  /// What it does.
  ///
  /// It is given as many arguments as there are parameters; their types may be others than declared
  /// only where the checker knew no better than `dyn`.
  public var implementation: Implementation { declaration.implementation }

  /// An overload of a function.
  public init(
    id: String, name: String, isMember: Bool = false, parameters: [CELType], result: CELType,
    documentation: String, isVariadic: Bool = false, usesTimeZone: Bool = false,
    takesTimeZone: Bool = false, implementation: @escaping Implementation
  ) {
    declaration = Declaration(
      id: id, name: name, isMember: isMember, parameters: parameters, result: result,
      documentation: documentation, isVariadic: isVariadic, usesTimeZone: usesTimeZone,
      takesTimeZone: takesTimeZone, implementation: implementation)
  }

  /// The same overload, known to depend on the evaluation's time zone.
  public func usingTimeZone() -> Overload {
    Overload(
      id: id, name: name, isMember: isMember, parameters: parameters, result: result,
      documentation: documentation, isVariadic: isVariadic, usesTimeZone: true,
      implementation: implementation)
  }

  /// The same overload, known to be given the name of a time zone as its last argument.
  public func takingTimeZone() -> Overload {
    Overload(
      id: id, name: name, isMember: isMember, parameters: parameters, result: result,
      documentation: documentation, isVariadic: isVariadic, takesTimeZone: true,
      implementation: implementation)
  }
}
