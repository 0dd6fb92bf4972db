public import Diagnostics

/// What an expression may speak about: variables, types, enumerations, functions.
public struct Environment: Sendable {
  /// A variable that every expression sees.
  public struct Variable: Sendable, Hashable {
    /// Its name; may have dots (a qualified name).
    public let name: String
    /// Its type.
    public let type: CELType
    /// What it is, in words such as `a parameter`, for who gives the name to something else.
    public let what: String
    /// Where it is declared; nil for what stands in no file.
    public let range: SourceRange?

    /// A variable of the given name and type.
    public init(
      name: String, type: CELType, what: String = "a variable", range: SourceRange? = nil
    ) {
      self.name = name
      self.type = type
      self.what = what
      self.range = range
    }
  }

  /// The variables, each at its slot: evaluation is given their values in this order.
  public var variables: [Variable] = []
  /// The declared object types, by name.
  public var objectTypes: [String: ObjectType] = [:]
  /// The declared enumerations, by name.
  public var enumerations: [String: EnumerationType] = [:]
  /// The functions: those of the libraries (see ``Library``) and what the embedder adds.
  public var functions: [Overload] = [] {
    didSet { overloads = Dictionary(grouping: functions, by: \.name) }
  }
  /// The scope in which names are resolved first, such as `a.b`; empty for none.
  public var container = ""

  /// The functions, by name.
  private(set) var overloads: [String: [Overload]] = [:]

  /// An environment without declarations, not even those of the standard functions.
  public init() {}

  /// An environment of the given libraries' functions, without any other declarations.
  public init(_ libraries: [Library]) {
    functions = libraries.flatMap(\.overloads)
    overloads = Dictionary(grouping: functions, by: \.name)
  }

  /// The names that a name written in the container may mean, the innermost first.
  func candidates(for name: String, isAbsolute: Bool) -> [String] {
    guard !isAbsolute, !container.isEmpty else { return [name] }
    var scope = container.split(separator: ".")
    var names: [String] = []
    while !scope.isEmpty {
      names.append(scope.joined(separator: ".") + "." + name)
      scope.removeLast()
    }
    return names + [name]
  }
}
