/// What an expression is evaluated against.
public struct Activation: Sendable {
  /// The values of the environment's variables, by slot.
  public var globals: [Evaluation]
  /// The frame that evaluation starts with: the values of the checker's `locals`.
  public var locals: [CELValue]
  /// The zone in which an instant has a civil date when none is named (an IANA identifier).
  public var timeZone: String
  /// The values of derived fields that are known for these variables; nil where none are kept.
  public var derivedValues: DerivedValues?

  /// An activation of the given values.
  public init(globals: [Evaluation] = [], locals: [CELValue] = [], timeZone: String = "UTC") {
    self.globals = globals
    self.locals = locals
    self.timeZone = timeZone
  }
}

/// Evaluates checked expressions: purely, in bounded time, and never trapping.
public struct Evaluator: Sendable {
  /// How deep an evaluation may go, through expressions and the derived fields that they read.
  ///
  /// It bounds the stack: an expression alone is at most as deep as the parser allows.
  package static let depthLimit = 300

  /// The expressions of derived fields; each is evaluated with its object as the whole frame.
  public let derivedFields: [FieldReference: CheckedExpression]
  /// How many steps one evaluation may take before it is an error: nodes visited, elements gone through,
  /// and sixteen bytes each of texts.
  public let budget: Int
  let fields: [FieldReference: DerivedField]

  /// An evaluator with the given definitions.
  public init(derivedFields: [FieldReference: CheckedExpression] = [:], budget: Int = 10_000_000) {
    self.derivedFields = derivedFields
    self.budget = budget
    fields = DerivedField.fields(derivedFields)
  }

  /// The value of the expression, or why it has none.
  public func evaluate(_ expression: CheckedExpression, in activation: Activation) -> Evaluation {
    var machine = Machine(evaluator: self, activation: activation, recorder: NoRecorder())
    return machine.run(expression)
  }

  /// The same, adding to `work` how many nodes were visited, and parts of values looked at.
  public func evaluate(
    _ expression: CheckedExpression, in activation: Activation, work: inout Int
  ) -> Evaluation {
    var machine = Machine(evaluator: self, activation: activation, recorder: NoRecorder())
    let result = machine.run(expression)
    work += budget - machine.budget
    return result
  }

  /// The value of the expression, with the reads that decided it, each once, in the order met.
  ///
  /// Changing a cited fact can change the result; changing only others can't. A comprehension that
  /// depends on which elements there are cites its list: as a fact when its elements are plain values,
  /// which are then not cited one by one, and as a presence when they are objects.
  public func record(
    _ expression: CheckedExpression, in activation: Activation
  ) -> (result: Evaluation, reads: [DecisiveRead]) {
    var work = 0
    return record(expression, in: activation, work: &work)
  }

  /// The same, adding to `work` how many nodes were visited, parts of values looked at, and reads collected.
  public func record(
    _ expression: CheckedExpression, in activation: Activation, work: inout Int
  ) -> (result: Evaluation, reads: [DecisiveRead]) {
    var machine = Machine(evaluator: self, activation: activation, recorder: ReadRecorder())
    let result = machine.run(expression)
    let reads = machine.recorder.reads
    work += budget - machine.budget + reads.count
    return (result, reads)
  }

  /// The value of the expression, with how it got there.
  public func trace(_ expression: CheckedExpression, in activation: Activation) -> Trace {
    var machine = Machine(evaluator: self, activation: activation, recorder: TraceRecorder())
    let result = machine.run(expression)
    return machine.recorder.trace(of: expression, result: result)
  }
}
