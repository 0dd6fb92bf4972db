public import Diagnostics

/// An expression as it is written.
public struct Expression: Sendable {
  /// What a node is; each macro is a node of its own, so that it can be explained as what it is.
  public indirect enum Kind: Sendable {
    /// A literal: null, bool, int, uint, double, string or bytes.
    case literal(CELValue)
    /// A name; absolute when written with a dot in front, which passes over the container and locals.
    case identifier(String, isAbsolute: Bool)
    /// `operand.field`, or `operand.?field` which gives an optional.
    case select(Expression, field: Name, isOptional: Bool)
    /// `has(operand.field)`.
    case has(Expression, field: Name)
    /// `operand[index]`, or `operand[?index]` which gives an optional.
    case index(Expression, Expression, isOptional: Bool)
    /// `function(arguments)`, or `target.function(arguments)`.
    ///
    /// Without a target, the name begins with a dot where it is written so: it is then none of the container.
    case call(target: Expression?, function: Name, arguments: [Expression])
    case not(Expression)
    case negation(Expression)
    /// Two or more operands joined by `&&`.
    case and([Expression])
    /// Two or more operands joined by `||`.
    case or([Expression])
    case binary(BinaryOperator, Expression, Expression)
    case conditional(Expression, then: Expression, else: Expression)
    case list([ListElement])
    case map([MapEntry])
    case comprehension(Comprehension)
    /// A macro that makes one value, or one list, of all elements of a list: `sum`, `sortBy`, `mostAtOnce`.
    case listMacro(ListMacro)
    /// `cel.bind(variable, value, body)`.
    case bind(Name, value: Expression, body: Expression)
    /// `operand.optMap(variable, body)`, or `optFlatMap`, whose body gives an optional itself.
    case optionalMap(Expression, variable: Name, body: Expression, isFlat: Bool)
    /// Something that could not be understood, already reported.
    case error
  }

  /// A name with its place.
  public struct Name: Sendable {
    /// The name.
    public let text: String
    /// Where it stands, in the file.
    public let range: SourceRange

    /// A name at a place.
    public init(_ text: String, at range: SourceRange) {
      self.text = text
      self.range = range
    }
  }

  /// An operator between two operands, other than `&&` and `||`; the raw value is how it is written.
  public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// An element of a list.
  public struct ListElement: Sendable {
    /// The element's expression.
    public let value: Expression
    /// Whether it is written `?e` and left out when the optional is empty.
    public let isOptional: Bool
  }

  /// An entry of a map.
  public struct MapEntry: Sendable {
    /// The key's expression.
    public let key: Expression
    /// The value's expression.
    public let value: Expression
    /// Whether it is written `?k: v` and left out when the optional is empty.
    public let isOptional: Bool
  }

  /// A macro over the elements of a list or map.
  public struct Comprehension: Sendable {
    /// Which macro.
    public let macro: ComprehensionMacro
    /// The list or map.
    public let range: Expression
    /// The one or two variables.
    public let variables: [Name]
    /// The predicate; for `map` and the transforms the filter, nil where none is given.
    public let predicate: Expression?
    /// What `map` and the transforms compute; nil for the others.
    public let transform: Expression?
  }

  /// What the node is.
  public let kind: Kind
  /// Where the node stands, in the file.
  public let range: SourceRange
  /// How many levels of nodes there are from this one down; what walks the tree recurses as deep.
  let height: Int

  /// A node at a place.
  init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
    height = 1 + (kind.children.map(\.height).max() ?? 0)
  }

  /// The expression that a text holds.
  ///
  /// Mistakes are appended to `diagnostics`, with their places in the file that the text was taken
  /// from; where a part can't be understood it becomes an error node, and the rest is read on.
  public static func parse(
    _ text: MappedText, into diagnostics: inout [Diagnostic]
  ) -> Expression {
    var parser = Parser(text)
    let expression = parser.parseWhole()
    diagnostics += parser.diagnostics.firstOfExpression
    return expression
  }
}

extension Expression.Kind {
  /// The nodes below, in the order in which they are written.
  package var children: [Expression] {
    switch self {
    case .literal, .identifier, .error: []
    case .select(let operand, _, _), .has(let operand, _), .not(let operand),
      .negation(let operand):
      [operand]
    case .index(let operand, let index, _): [operand, index]
    case .call(let target, _, let arguments): (target.map { [$0] } ?? []) + arguments
    case .and(let operands), .or(let operands): operands
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let comprehension):
      [comprehension.range]
        + [comprehension.predicate, comprehension.transform].compactMap { $0 }
    case .listMacro(let macro): macro.parts
    case .bind(_, let value, let body): [value, body]
    case .optionalMap(let operand, _, let body, _): [operand, body]
    }
  }
}

/// A macro over the elements of a list or map.
public enum ComprehensionMacro: Sendable, Hashable {
  case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry
  /// One value made of one element after the other; written as a ``Expression/ListMacro``.
  case reduce
}
