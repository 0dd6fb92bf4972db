/// Reading from objects and maps. What is read from an optional is optional itself.
extension Machine {
  /// The object that an operand is, or why there is none; nil inside for an empty optional.
  private enum Operand {
    case object(any CELObject, isOptional: Bool)
    case empty
    case failed(Evaluation)
  }

  /// The object that a field is read of.
  private mutating func owner(_ node: CheckedExpression) -> Operand {
    guard !R.seesObjects, let object = variable(node), budget > 0, depth < Evaluator.depthLimit
    else { return object(node) }
    budget -= 1
    return .object(object, isOptional: false)
  }

  /// The object that a node stands for that is a variable; nil for other nodes, and for variables that were bound
  /// to something read.
  private func variable(_ node: CheckedExpression) -> (any CELObject)? {
    switch node.kind {
    case .local(let depth, _):
      guard frame.indices.contains(depth), frame[depth].binding == nil,
        case .value(.object(let object)) = frame[depth].result
      else { return nil }
      return object
    case .global(let slot, _):
      guard globals.indices.contains(slot), case .value(.object(let object)) = globals[slot]
      else { return nil }
      return object
    default: return nil
    }
  }

  private mutating func object(_ node: CheckedExpression) -> Operand {
    let result = evaluate(node)
    switch result {
    case .value(.object(let object)): return .object(object, isOptional: false)
    case .value(.optional(nil)): return .empty
    case .value(.optional(.object(let object)?)): return .object(object, isOptional: true)
    case .value: return .failed(.error(.noFields))
    case .error, .unknown: return .failed(result)
    }
  }

  mutating func read(_ operand: CheckedExpression, _ field: FieldReference) -> Evaluation {
    switch owner(operand) {
    case .failed(let result): return cleared(result)
    case .empty: return cleared(.value(.optional(nil)))
    case .object(let object, let isOptional):
      let path = path(of: field, in: object)
      switch object.value(ofField: field.index) {
      case .present(let value):
        if R.isRecording { origin = path() }
        return made(isOptional ? Self.wrapped(value) : value, size: value.sizeWhenRead)
      case .absent where isOptional: return cleared(.value(.optional(nil)))
      case .absent, .missing:
        if R.isRecording { origin = path() }
        return .unknown(UnknownFacts([path()]))
      }
    }
  }

  mutating func readOptionally(_ operand: CheckedExpression, _ field: FieldReference)
    -> Evaluation
  {
    switch owner(operand) {
    case .failed(let result): return cleared(result)
    case .empty: return cleared(.value(.optional(nil)))
    case .object(let object, _):
      let path = path(of: field, in: object)
      if R.isRecording { origin = path() }
      switch object.value(ofField: field.index) {
      case .present(let value): return made(Self.wrapped(value), size: value.sizeWhenRead)
      case .absent: return .value(.optional(nil))
      case .missing: return .unknown(UnknownFacts([path()]))
      }
    }
  }

  mutating func has(_ operand: CheckedExpression, _ field: FieldReference) -> Evaluation {
    switch owner(operand) {
    case .failed(let result): return cleared(result)
    case .empty: return cleared(.value(.bool(false)))
    case .object(let object, _):
      let path = path(of: field, in: object)
      if R.isRecording { origin = path() }
      switch object.presence(ofField: field.index) {
      case .present: return .value(.bool(true))
      case .absent: return .value(.bool(false))
      case .missing: return .unknown(UnknownFacts([path()]))
      }
    }
  }

  /// A value for which something of a size was made: an object makes its lists and texts anew each time.
  private mutating func made(_ value: CELValue, size: Int) -> Evaluation {
    spend(size) ? .value(value) : .error(.budget)
  }

  /// The path of an object's field, worked out only when asked for.
  private func path(of field: FieldReference, in object: any CELObject) -> () -> AttributePath {
    { object.path.appending(.field(field.name)) }
  }

  mutating func derive(_ operand: CheckedExpression, _ field: FieldReference) -> Evaluation {
    switch object(operand) {
    case .failed(let result): return cleared(result)
    case .empty: return cleared(.value(.optional(nil)))
    case .object(let object, let isOptional):
      guard let field = evaluator.fields[field] else {
        return cleared(.error(EvaluationError("the field has no definition")))
      }
      let result = value(of: field, on: object)
      if isOptional, case .value(let value) = result { return .value(Self.wrapped(value)) }
      return result
    }
  }

  /// The value of a derived field, which is evaluated unless it is known.
  private mutating func value(of field: DerivedField, on object: any CELObject) -> Evaluation {
    // Where it could be too deep, whether it is depends on where it is read.
    guard let derivedValues, let number = field.number,
      depth + field.depth <= Evaluator.depthLimit
    else { return evaluate(field.definition, on: object) }
    if let known = derivedValues.value(of: number, on: object), known.steps <= budget,
      recorder.add(known.reads)
    {
      budget -= known.steps
      if R.isRecording { origin = known.reads?.origin }
      return known.result
    }
    let before = budget
    let result = evaluate(field.definition, on: object)
    if budget >= 0 {
      derivedValues.keep(
        DerivedValues.Known(
          object: object, result: result, steps: before - budget, reads: recorder.lastSection),
        of: number)
    }
    return result
  }

  private mutating func evaluate(
    _ definition: CheckedExpression, on object: any CELObject
  ) -> Evaluation {
    let outer = frame
    frame = [Local(result: .value(.object(object)), origin: object.path)]
    let result = evaluate(definition)
    frame = outer
    return result
  }

  // MARK: Maps

  mutating func readMember(_ operand: CheckedExpression, _ name: String) -> Evaluation {
    let result = evaluate(operand)
    guard case .value(let value) = result else { return cleared(result) }
    switch value {
    case .map(let map):
      guard let found = map[.string(name)] else { return cleared(.error(.noSuchKey)) }
      if R.isRecording { origin = origin?.appending(.key(name)) }
      return .value(found)
    case .optional(nil): return cleared(.value(.optional(nil)))
    case .optional(.map(let map)?):
      if R.isRecording { origin = origin?.appending(.key(name)) }
      return .value(map[.string(name)].map(Self.wrapped) ?? .optional(nil))
    default: return cleared(.error(.noFields))
    }
  }

  mutating func readMemberOptionally(_ operand: CheckedExpression, _ name: String) -> Evaluation {
    let result = evaluate(operand)
    guard case .value(let value) = result else { return cleared(result) }
    if R.isRecording { origin = origin?.appending(.key(name)) }
    switch value {
    case .map(let map), .optional(.map(let map)?):
      return .value(map[.string(name)].map(Self.wrapped) ?? .optional(nil))
    case .optional(nil): return cleared(.value(.optional(nil)))
    default: return cleared(.error(.noFields))
    }
  }

  mutating func hasMember(_ operand: CheckedExpression, _ name: String) -> Evaluation {
    let result = evaluate(operand)
    guard case .value(let value) = result else { return cleared(result) }
    if R.isRecording { origin = origin?.appending(.key(name)) }
    switch value {
    case .map(let map), .optional(.map(let map)?):
      return .value(.bool(map[.string(name)] != nil))
    case .optional(nil): return cleared(.value(.bool(false)))
    default: return cleared(.error(.noFields))
    }
  }

  /// The value as an optional; one that is optional stays as it is.
  static func wrapped(_ value: CELValue) -> CELValue {
    if case .optional = value { return value }
    return .optional(value)
  }
}

extension CELValue {
  /// How many steps it counts to read the value from an object, which makes it: with the texts of a list.
  fileprivate var sizeWhenRead: Int {
    guard case .list(let elements) = self else { return size() }
    return elements.reduce(elements.count) { $0 + $1.sizeWhenRead }
  }
}

extension EvaluationError {
  static let noFields = EvaluationError("no such overload: the value has no fields")
}
