extension CheckedExpression {
  /// The nodes below, in the order in which they are written.
  public var children: [CheckedExpression] {
    switch kind {
    case .constant, .global, .local, .unresolved, .error: []
    case .field(let operand, _), .derived(let operand, _), .member(let operand, _),
      .hasField(let operand, _), .hasMember(let operand, _), .optionalField(let operand, _),
      .optionalMember(let operand, _), .not(let operand):
      [operand]
    case .and(let left, let right), .or(let left, let right): [left, right]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .call(_, _, let arguments): arguments
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let comprehension):
      [comprehension.range]
        + [comprehension.start, comprehension.predicate, comprehension.transform].compactMap { $0 }
    case .bind(_, _, let value, let body): [value, body]
    case .optionalMap(let operand, _, _, let body, _): [operand, body]
    }
  }

  /// The node with each of its parts replaced.
  package func mappingChildren(_ transform: (CheckedExpression) -> CheckedExpression) -> Kind {
    switch kind {
    case .constant, .global, .local, .unresolved, .error: kind
    case .field(let operand, let field): .field(transform(operand), field)
    case .derived(let operand, let field): .derived(transform(operand), field)
    case .member(let operand, let name): .member(transform(operand), name: name)
    case .hasField(let operand, let field): .hasField(transform(operand), field)
    case .hasMember(let operand, let name): .hasMember(transform(operand), name: name)
    case .optionalField(let operand, let field): .optionalField(transform(operand), field)
    case .optionalMember(let operand, let name): .optionalMember(transform(operand), name: name)
    case .not(let operand): .not(transform(operand))
    case .and(let left, let right): .and(transform(left), transform(right))
    case .or(let left, let right): .or(transform(left), transform(right))
    case .conditional(let condition, let then, let otherwise):
      .conditional(transform(condition), then: transform(then), else: transform(otherwise))
    case .call(let name, let overloads, let arguments):
      .call(name: name, overloads: overloads, arguments: arguments.map(transform))
    case .list(let elements):
      .list(
        elements.map { ListElement(value: transform($0.value), isOptional: $0.isOptional) })
    case .map(let entries):
      .map(
        entries.map {
          MapEntry(
            key: transform($0.key), value: transform($0.value), isOptional: $0.isOptional)
        })
    case .comprehension(let comprehension):
      .comprehension(
        Comprehension(
          macro: comprehension.macro, range: transform(comprehension.range),
          start: comprehension.start.map(transform), variables: comprehension.variables,
          predicate: comprehension.predicate.map(transform),
          transform: comprehension.transform.map(transform)))
    case .bind(let name, let depth, let value, let body):
      .bind(name: name, depth: depth, value: transform(value), body: transform(body))
    case .optionalMap(let operand, let name, let depth, let body, let isFlat):
      .optionalMap(
        transform(operand), name: name, depth: depth, body: transform(body), isFlat: isFlat)
    }
  }
}
