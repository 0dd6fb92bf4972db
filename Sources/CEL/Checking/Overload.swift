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
  /// Whether its last parameter is a list that may be given as separate arguments.
  public let isVariadic: Bool
  /// Whether its result depends on the evaluation's time zone, and so is not known when checked.
  public private(set) var usesTimeZone = false
  /// What it does; an error is an evaluation error of the call.
  ///
  /// It is given as many arguments as there are parameters; their types may be others than declared
  /// only where the checker knew no better than `dyn`.
  public let implementation: @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>

  /// An overload of a function.
  public init(
    id: String, name: String, isMember: Bool = false, parameters: [CELType], result: CELType,
    documentation: String, isVariadic: Bool = false,
    implementation: @escaping @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>
  ) {
    self.id = id
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    self.documentation = documentation
    self.isVariadic = isVariadic
    self.implementation = implementation
  }

  /// The same overload, known to depend on the evaluation's time zone.
  public func usingTimeZone() -> Overload {
    var overload = self
    overload.usesTimeZone = true
    return overload
  }
}
