/// One evaluation: walks a checked expression, one function for each kind of node.
struct Machine<R: Recorder> {
  /// A variable of the frame: what it stands for, and where in the data that stands.
  struct Local {
    let result: Evaluation
    let origin: AttributePath?
    /// What the recorder knows the value by that the variable was bound to; nil where it was bound to none.
    var binding: Int?
  }

  let evaluator: Evaluator
  let globals: [Evaluation]
  let context: Overload.Context
  let derivedValues: DerivedValues?
  var frame: [Local]
  var recorder: R
  /// How much work may still be done.
  var budget: Int
  var depth = 0
  /// Where the value of the last node evaluated stands in the data, if it was read there.
  var origin: AttributePath?

  init(evaluator: Evaluator, activation: Activation, recorder: R) {
    self.evaluator = evaluator
    globals = activation.globals
    context = Overload.Context(timeZone: activation.timeZone)
    derivedValues = R.seesObjects ? nil : activation.derivedValues
    frame = activation.locals.map { Local(result: .value($0), origin: nil) }
    self.recorder = recorder
    budget = evaluator.budget
  }

  /// The result of a whole expression; one that went over its budget has no other result than that.
  mutating func run(_ node: CheckedExpression) -> Evaluation {
    let result = evaluate(node)
    return budget < 0 ? .error(EvaluationError.budget.located(at: node)) : result
  }

  mutating func evaluate(_ node: CheckedExpression, iteration: Int? = nil) -> Evaluation {
    budget -= 1
    depth += 1
    defer { depth -= 1 }
    recorder.enter()
    if R.isRecording { origin = nil }
    var result: Evaluation
    if budget < 0 {
      result = .error(EvaluationError.budget.located(at: node))
    } else if depth > Evaluator.depthLimit {
      result = .error(EvaluationError.depth.located(at: node))
    } else {
      result = compute(node)
    }
    if case .error(let error) = result, error.range == nil {
      result = .error(error.located(at: node))
    }
    if R.isRecording, case .value(.object(let object)) = result { origin = object.path }
    recorder.leave(node, result, iteration: iteration, origin: origin)
    return result
  }

  private mutating func compute(_ node: CheckedExpression) -> Evaluation {
    switch node.kind {
    case .constant(let value): return .value(value)
    case .global(let slot, _):
      return globals.indices.contains(slot) ? globals[slot] : .error(.unbound)
    case .local(let depth, _):
      guard frame.indices.contains(depth) else { return .error(.unbound) }
      if R.isRecording {
        origin = frame[depth].origin
        recorder.read(binding: frame[depth].binding)
      }
      return frame[depth].result
    case .field(let operand, let field): return read(operand, field)
    case .derived(let operand, let field): return derive(operand, field)
    case .member(let operand, let name): return readMember(operand, name)
    case .hasField(let operand, let field): return has(operand, field)
    case .hasMember(let operand, let name): return hasMember(operand, name)
    case .optionalField(let operand, let field): return readOptionally(operand, field)
    case .optionalMember(let operand, let name): return readMemberOptionally(operand, name)
    case .not(let operand): return not(operand)
    case .and(let left, let right): return join(left, right, absorbing: false)
    case .or(let left, let right): return join(left, right, absorbing: true)
    case .conditional(let condition, let then, let otherwise):
      switch evaluate(condition) {
      case .value(.bool(let isTrue)): return evaluate(isTrue ? then : otherwise)
      case .value: return .error(.notABool)
      case let other: return cleared(other)
      }
    case .call(let name, let overloads, let arguments):
      return call(name, overloads, arguments)
    case .list(let elements): return makeList(elements)
    case .map(let entries): return makeMap(entries)
    case .comprehension(let comprehension): return comprehend(comprehension)
    case .bind(_, _, let value, let body):
      let value = evaluate(value)
      let binding = recorder.bind(keepsReads: false)
      return evaluate(body, with: [Local(result: value, origin: origin, binding: binding)])
    case .optionalMap(let operand, _, _, let body, let isFlat):
      return mapOptional(operand, body, isFlat: isFlat)
    case .unresolved: return .error(EvaluationError("the name is not known"))
    case .error: return .error(EvaluationError("the expression has a mistake"))
    }
  }

  /// Evaluates with more variables on the frame.
  mutating func evaluate(
    _ node: CheckedExpression, with locals: [Local], iteration: Int? = nil
  ) -> Evaluation {
    frame += locals
    defer { frame.removeLast(locals.count) }
    return evaluate(node, iteration: iteration)
  }

  /// Takes work off the budget; whether there was as much.
  mutating func spend(_ work: Int) -> Bool {
    budget = budget >= work ? budget - work : -1
    return budget >= 0
  }

  /// A result that stands nowhere in the data.
  mutating func cleared(_ result: Evaluation) -> Evaluation {
    origin = nil
    return result
  }

  // MARK: Logic

  private mutating func not(_ operand: CheckedExpression) -> Evaluation {
    switch evaluate(operand) {
    case .value(.bool(let isTrue)): cleared(.value(.bool(!isTrue)))
    case .value: cleared(.error(.notABool))
    case let other: cleared(other)
    }
  }

  /// `&&`, which false absorbs, or `||`, which true absorbs: what absorbs decides on either side,
  /// whatever the other side is.
  private mutating func join(
    _ left: CheckedExpression, _ right: CheckedExpression, absorbing: Bool
  ) -> Evaluation {
    let first = evaluate(left)
    if case .value(.bool(absorbing)) = first { return cleared(first) }
    let second = evaluate(right)
    if case .value(.bool(absorbing)) = second { return cleared(second) }
    var unsettled = Unsettled()
    unsettled.addUnlessBool(first)
    unsettled.addUnlessBool(second)
    return cleared(unsettled.result ?? .value(.bool(!absorbing)))
  }

  // MARK: Literals

  private mutating func makeList(_ elements: [CheckedExpression.ListElement]) -> Evaluation {
    var values: [CELValue] = []
    values.reserveCapacity(elements.count)
    var unsettled = Unsettled()
    for element in elements {
      let result = evaluate(element.value)
      guard case .value(let value) = result else {
        unsettled.add(result)
        continue
      }
      guard element.isOptional else {
        values.append(value)
        continue
      }
      guard case .optional(let optional) = value else {
        unsettled.add(.error(.notOptional))
        continue
      }
      if let optional { values.append(optional) }
    }
    return cleared(unsettled.result ?? .value(.list(values)))
  }

  private mutating func makeMap(_ entries: [CheckedExpression.MapEntry]) -> Evaluation {
    var result: [(key: CELValue, value: CELValue)] = []
    result.reserveCapacity(entries.count)
    var unsettled = Unsettled()
    for entry in entries {
      let (keyResult, valueResult) = (evaluate(entry.key), evaluate(entry.value))
      guard case .value(let key) = keyResult, case .value(let value) = valueResult else {
        unsettled.add(keyResult)
        unsettled.add(valueResult)
        continue
      }
      guard CELMap.canBeKey(key) else {
        unsettled.add(.error(.unsupportedKey))
        continue
      }
      guard entry.isOptional else {
        result.append((key, value))
        continue
      }
      guard case .optional(let optional) = value else {
        unsettled.add(.error(.notOptional))
        continue
      }
      if let optional { result.append((key, optional)) }
    }
    if let failed = unsettled.result { return cleared(failed) }
    // A key is taken in by all of its text.
    for entry in result where !spend(entry.key.size()) { return cleared(.error(.budget)) }
    guard CELMap.repeatedKey(in: result) == nil else { return cleared(.error(.repeatedKey)) }
    return cleared(.value(.map(CELMap(entries: result))))
  }

  // MARK: Optionals

  private mutating func mapOptional(
    _ operand: CheckedExpression, _ body: CheckedExpression, isFlat: Bool
  ) -> Evaluation {
    let result = evaluate(operand)
    guard case .value(let value) = result else {
      return cleared(withMissing(result, in: [body], variableCount: 1))
    }
    guard case .optional(let optional) = value else { return cleared(.error(.notOptional)) }
    guard let optional else { return cleared(.value(.optional(nil))) }
    // Whether the optional has a value matters in any case.
    let binding = recorder.bind(keepsReads: true)
    let mapped = evaluate(
      body, with: [Local(result: .value(optional), origin: origin, binding: binding)])
    guard case .value(let value) = mapped else { return cleared(mapped) }
    if !isFlat { return cleared(.value(.optional(value))) }
    guard case .optional = value else { return cleared(.error(.notOptional)) }
    return mapped
  }
}

/// What became of parts that have no value: unknown outweighs errors, since the missing facts may
/// make the error go away.
struct Unsettled {
  /// The missing facts, some of them perhaps more than once; nil when there are none.
  private var unknown: [AttributePath]?
  private var error: EvaluationError?

  /// Takes note of a part without a value.
  mutating func add(_ part: Evaluation) {
    switch part {
    case .value: break
    case .error(let other): error = error ?? other
    case .unknown(let facts):
      if unknown == nil { unknown = [] }
      unknown? += facts.paths
    }
  }

  /// Takes note of a part that is not a truth value.
  mutating func addUnlessBool(_ part: Evaluation) {
    switch part {
    case .value(.bool): break
    case .value: add(.error(.notABool))
    default: add(part)
    }
  }

  /// What the whole is because of them; nil when there were none.
  var result: Evaluation? {
    unknown.map { .unknown(UnknownFacts($0)) } ?? error.map { .error($0) }
  }
}

extension EvaluationError {
  static let budget = EvaluationError("the evaluation takes too much work")
  static let depth = EvaluationError("the evaluation is nested too deeply")
  static let unbound = EvaluationError("the variable has no value")
  static let notABool = EvaluationError("no such overload: a condition must be true or false")
  static let notOptional = EvaluationError("no such overload: an optional value is expected")
  static let unsupportedKey = EvaluationError("unsupported key type in a map")
  static let repeatedKey = EvaluationError("a key is repeated in a map")

  /// The error with the node that failed.
  func located(at node: CheckedExpression) -> EvaluationError {
    EvaluationError(message, at: node.range)
  }
}
