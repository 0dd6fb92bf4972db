public import Diagnostics

/// An expression whose names are resolved and whose types are known.
public struct CheckedExpression: Sendable {
  /// What a node is.
  public indirect enum Kind: Sendable {
    /// A value known when checked: a literal, or what constant parts fold to.
    case constant(CELValue)
    /// A variable of the environment, at its slot.
    case global(slot: Int, name: String)
    /// A subject or comprehension variable, at its depth in the frame.
    case local(depth: Int, name: String)
    /// A stored field of an object.
    case field(CheckedExpression, FieldReference)
    /// A derived field of an object.
    case derived(CheckedExpression, FieldReference)
    /// A field selected by name from a map or a value known only when evaluated.
    case member(CheckedExpression, name: String)
    /// `has(operand.field)` for a field of an object.
    case hasField(CheckedExpression, FieldReference)
    /// `has(operand.name)` for a map or a value known only when evaluated.
    case hasMember(CheckedExpression, name: String)
    /// `operand.?field` for a field of an object.
    case optionalField(CheckedExpression, FieldReference)
    /// `operand.?name` for a map or a value known only when evaluated.
    case optionalMember(CheckedExpression, name: String)
    case not(CheckedExpression)
    case and(CheckedExpression, CheckedExpression)
    case or(CheckedExpression, CheckedExpression)
    case conditional(CheckedExpression, then: CheckedExpression, else: CheckedExpression)
    /// A call; of several overloads the first that fits the arguments' values is taken.
    case call(name: String, overloads: [Overload], arguments: [CheckedExpression])
    case list([ListElement])
    case map([MapEntry])
    case comprehension(Comprehension)
    /// `cel.bind(name, value, body)`; the value is pushed on the frame, at the given depth.
    case bind(name: String, depth: Int, value: CheckedExpression, body: CheckedExpression)
    /// `operand.optMap(name, body)`: the body is evaluated for the value of an optional that has one, with
    /// that value pushed on the frame, at the given depth; when flat (`optFlatMap`), it gives the resulting optional itself.
    case optionalMap(
      CheckedExpression, name: String, depth: Int, body: CheckedExpression, isFlat: Bool)
    /// A name that nothing declares, where that is left to evaluation (``Checker/Mode/dynamic``).
    case unresolved(name: String)
    /// An expression with a mistake in it, already reported.
    case error
  }

  /// An element of a list literal.
  public struct ListElement: Sendable {
    /// The element's expression.
    public let value: CheckedExpression
    /// Whether it is written `?e` and left out when the optional is empty.
    public let isOptional: Bool

    /// An element of a list literal.
    public init(value: CheckedExpression, isOptional: Bool = false) {
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// An entry of a map literal.
  public struct MapEntry: Sendable {
    /// The key's expression.
    public let key: CheckedExpression
    /// The value's expression.
    public let value: CheckedExpression
    /// Whether it is written `?k: v` and left out when the optional is empty.
    public let isOptional: Bool

    /// An entry of a map literal.
    public init(key: CheckedExpression, value: CheckedExpression, isOptional: Bool = false) {
      self.key = key
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// A macro over the elements of a list or map, kept as what it is rather than as a fold.
  public struct Comprehension: Sendable {
    /// Which macro.
    public let macro: ComprehensionMacro
    /// The list or map.
    public let range: CheckedExpression
    /// For `reduce` the value to start with, which does not see the variables; nil for the others.
    public let start: CheckedExpression?
    /// The names of the one or two variables; their values are pushed on the frame in this order.
    ///
    /// Those of `reduce` are the value so far and the element.
    public let variables: [String]
    /// The predicate; for `map` and the transforms the filter, nil where none is given.
    public let predicate: CheckedExpression?
    /// What `map` and the transforms compute, and the next value of `reduce`; nil for the others.
    public let transform: CheckedExpression?

    /// A comprehension.
    public init(
      macro: ComprehensionMacro, range: CheckedExpression, start: CheckedExpression? = nil,
      variables: [String],
      predicate: CheckedExpression?,
      transform: CheckedExpression?
    ) {
      self.macro = macro
      self.range = range
      self.start = start
      self.variables = variables
      self.predicate = predicate
      self.transform = transform
    }
  }

  /// All of it, behind one reference: nodes are handed on wherever they are evaluated.
  private final class Node: Sendable {
    let kind: Kind
    let type: CELType
    let range: SourceRange

    init(kind: Kind, type: CELType, range: SourceRange) {
      self.kind = kind
      self.type = type
      self.range = range
    }
  }

  private let node: Node

  /// What the node is.
  public var kind: Kind { node.kind }
  /// The deduced type.
  public var type: CELType { node.type }
  /// Where the node stands, in the file.
  public var range: SourceRange { node.range }

  /// A checked node.
  public init(kind: Kind, type: CELType, range: SourceRange) {
    node = Node(kind: kind, type: type, range: range)
  }
}
