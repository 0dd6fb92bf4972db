/// What an expression is evaluated against.
public struct Activation: Sendable {
  /// The values of the environment's variables, by slot.
  public var globals: [Evaluation]
  /// The frame that evaluation starts with: the values of the checker's `locals`.
  public var locals: [CELValue]
  /// The zone in which an instant has a civil date when none is named (an IANA identifier).
  public var timeZone: String

  /// An activation of the given values.
  public init(globals: [Evaluation] = [], locals: [CELValue] = [], timeZone: String = "UTC") {
    self.globals = globals
    self.locals = locals
    self.timeZone = timeZone
  }
}

/// Evaluates checked expressions: purely, in bounded time, and never trapping.
public struct Evaluator: Sendable {
  /// The expressions of derived fields; each is evaluated with its object as the whole frame.
  public let derivedFields: [FieldReference: CheckedExpression]
  /// How many nodes one evaluation may visit before it is an error.
  public let budget: Int

  /// An evaluator with the given definitions.
  public init(derivedFields: [FieldReference: CheckedExpression] = [:], budget: Int = 10_000_000) {
    self.derivedFields = derivedFields
    self.budget = budget
  }

  /// What the expression comes to.
  public func evaluate(_ expression: CheckedExpression, in activation: Activation) -> Evaluation {
    var machine = Machine(evaluator: self, activation: activation, recorder: NoRecorder())
    return machine.run(expression)
  }

  /// What the expression comes to, with how it got there.
  public func trace(_ expression: CheckedExpression, in activation: Activation) -> Trace {
    var machine = Machine(evaluator: self, activation: activation, recorder: TraceRecorder())
    let result = machine.run(expression)
    return machine.recorder.trace(of: expression, result: result)
  }
}
