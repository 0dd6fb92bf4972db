extension CheckedExpression {
  /// At most how many nodes an evaluation visits, if no list or map has more elements than assumed.
  public func estimatedCost(
    assumingListSize listSize: Int, derivedFields: [FieldReference: CheckedExpression] = [:]
  ) -> Int {
    var estimate = CostEstimate(assumingListSize: listSize, derivedFields: derivedFields)
    return estimate.cost(of: self)
  }
}

/// Adds up the worst case of each node of expressions that read the same derived fields.
///
/// It is what the evaluator's budget counts, apart from the length of texts. Literal lists count with
/// their own size. A number too large for `Int` is `Int.max`.
public struct CostEstimate {
  private let listSize: Int
  private let derivedFields: [FieldReference: CheckedExpression]
  private let globalSizes: [Int: Int]
  private let fieldSizes: [FieldReference: Int]
  /// The sizes of lists and maps that are bound to variables, by their depth in the frame.
  private var localSizes: [Int: Int] = [:]
  /// The definitions added up before; one that is just being added up counts as nothing, so that a
  /// definition that reads itself (which nothing that is evaluated does) ends too.
  private var definitions: [FieldReference: Int] = [:]

  /// An estimate for lists and maps of at most the given size; `globalSizes` has the sizes of variables,
  /// by their slots, and `fieldSizes` those of stored
  /// fields, that are known to be others.
  public init(
    assumingListSize listSize: Int, derivedFields: [FieldReference: CheckedExpression] = [:],
    globalSizes: [Int: Int] = [:], fieldSizes: [FieldReference: Int] = [:]
  ) {
    self.listSize = max(0, listSize)
    self.derivedFields = derivedFields
    self.globalSizes = globalSizes
    self.fieldSizes = fieldSizes
  }

  /// At most how many nodes an evaluation of the expression visits.
  public mutating func cost(of node: CheckedExpression) -> Int {
    switch node.kind {
    case .conditional(let condition, let then, let otherwise):
      return sum([1, cost(of: condition), max(cost(of: then), cost(of: otherwise))])
    case .derived(let operand, let field):
      return sum([1, cost(of: operand), definitionCost(of: field)])
    case .comprehension(let comprehension):
      let parts = [comprehension.predicate, comprehension.transform].compactMap { $0 }
      let start = comprehension.start.map { cost(of: $0) } ?? 0
      let perElement = sum(parts.map { cost(of: $0) })
      let all = product(perElement, size(of: comprehension.range))
      return sum([1, cost(of: comprehension.range), start, all])
    case .constant, .global, .local: return 1
    case .bind(_, let depth, let value, _):
      // What is bound is as large where it is read.
      localSizes[depth] = value.type.hasElements ? size(of: value) : nil
      defer { localSizes[depth] = nil }
      return sum([1] + node.children.map { cost(of: $0) })
    default: return sum([1, sizes(of: node)] + node.children.map { cost(of: $0) })
    }
  }

  /// What a node counts for the lists that it makes or goes through, besides its parts.
  private func sizes(of node: CheckedExpression) -> Int {
    switch node.kind {
    case .field, .optionalField: size(ofResult: node)
    // An element is asked whether it is known, and then compared.
    case .call("@in", let overloads, let arguments)
    where overloads.contains(where: \.readsElements):
      sum(arguments.suffix(1).flatMap { [size(of: $0), size(of: $0)] })
    // Both sides are asked whether all of them is known, and then compared.
    case .call("_==_", _, let arguments), .call("_!=_", _, let arguments):
      sum((arguments + arguments.prefix(1)).filter(\.type.hasElements).map { size(of: $0) })
    case .call(let name, let overloads, let arguments)
    where overloads.contains(where: \.readsElements):
      sum(
        // What is compared whole is asked first whether all of it is known.
        (name == "distinct" || name == "@groupBy" ? arguments.suffix(1).map { size(of: $0) } : [])
          + [size(ofResult: node)]
          + arguments.filter(\.type.hasElements).map { argument in
            let size = size(of: argument)
            return overloads.contains(where: \.ordersElements)
              ? sum([size, Overload.workOfOrdering(size)]) : size
          })
    default: 0
    }
  }

  private func size(ofResult node: CheckedExpression) -> Int {
    node.type.hasElements ? size(of: node) : 0
  }

  private mutating func definitionCost(of field: FieldReference) -> Int {
    if let known = definitions[field] { return known }
    guard let definition = derivedFields[field] else { return 0 }
    definitions[field] = 0
    let cost = cost(of: definition)
    definitions[field] = cost
    return cost
  }

  /// At most how many elements a list or map has.
  private func size(of node: CheckedExpression) -> Int {
    switch node.kind {
    case .constant(.list(let elements)): elements.count
    case .constant(.map(let map)): map.entries.count
    case .list(let elements): elements.count
    case .map(let entries): entries.count
    case .global(let slot, _): globalSizes[slot] ?? listSize
    case .conditional(_, let then, let otherwise): max(size(of: then), size(of: otherwise))
    case .field(_, let field), .optionalField(_, let field): fieldSizes[field] ?? listSize
    case .local(let depth, _): localSizes[depth] ?? listSize
    case .comprehension(let comprehension) where comprehension.macro != .reduce:
      size(of: comprehension.range)
    case .bind(_, _, _, let body): size(of: body)
    case .call("_+_", _, let arguments): sum(arguments.map { size(of: $0) })
    case .call("lists.range", _, let arguments):
      if case .constant(.int(let count))? = arguments.first?.kind {
        Int(clamping: count)
      } else {
        listSize
      }
    case .call("flatten", _, let arguments): product(size(of: arguments[0]), listSize)
    case .call(let name, _, let arguments)
    where Self.keepsSize.contains(name) && !arguments.isEmpty:
      size(of: arguments[0])
    // Of a calendar's table, each calendar counts as the longest; a week has four days, or fewer of them count.
    case .call("_[_]", _, let arguments) where node.type == DayCalendar.type:
      arguments.first.map { size(of: $0) } ?? listSize
    case .call("days", _, let arguments) where arguments.first?.type == DayCalendar.type:
      arguments.first.map { size(of: $0) } ?? listSize
    case .call("weeks", _, let arguments) where arguments.first?.type == DayCalendar.type:
      arguments.first.map { (size(of: $0) + 3) / 4 } ?? listSize
    default: listSize
    }
  }

  /// The functions whose result has at most as many elements as their first argument.
  private static let keepsSize: Set = [
    "sort", "distinct", "reverse", "slice", "zip", "@sortBy", "@groupBy", "@runningSum",
  ]

  private func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? Int.max : product
  }

  private func sum(_ parts: [Int]) -> Int {
    parts.reduce(0) { total, part in
      let (sum, overflow) = total.addingReportingOverflow(part)
      return overflow ? Int.max : sum
    }
  }
}

extension CELType {
  /// Whether values of the type are lists or maps, or may hold one.
  fileprivate var hasElements: Bool {
    switch self {
    case .list, .map: true
    case .optional(let value): value.hasElements
    default: false
    }
  }
}
