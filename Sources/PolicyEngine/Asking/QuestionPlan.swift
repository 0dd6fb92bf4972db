import CEL

/// Questions about the subjects of documents, compiled for the governing dates of a range.
struct QuestionPlan: Sendable {
  /// What gives an answer.
  private struct Node: Sendable {
    let form: Form
    let node: Int32
    /// Whether the value is there, of an optional one.
    let isPresent: Int32?
    /// How much work evaluating it may cost.
    let budget: Int
  }

  /// What an answer is made of.
  fileprivate enum Form: Sendable {
    case truth, number, day, text, instant, duration
  }

  let program: PlanProgram
  /// By the position of the question; nil where the general evaluator has to be asked.
  private let nodes: [Node?]

  /// A plan for the dates like `governingDate`; nil stands for documents whose date is not known.
  init(
    _ questions: [SubjectQuestion], about subjectType: Int, _ policies: PolicySet,
    today: CivilDate, governingDate: CivilDate?
  ) {
    var compiler = PlanCompiler(policies)
    let parameters = policies.vocabulary.parameters.map { parameter in
      governingDate.flatMap { parameter.value(on: $0)?.value }
    }
    nodes = questions.map { question in
      let names = question.names.map { name -> PlanCompiler.Local in
        if case .constant(let value) = name { .constant(value) } else { .number }
      }
      let scope = PlanCompiler.Scope(
        locals: [.row(type: subjectType)] + names, globals: [nil, .date(today), nil] + parameters)
      return Self.node(of: question.expression, scope, &compiler, policies.evaluator.budget)
    }
    program = compiler.program()
  }

  private static func node(
    of expression: CheckedExpression, _ scope: PlanCompiler.Scope,
    _ compiler: inout PlanCompiler, _ budget: Int
  ) -> Node? {
    var value = expression
    var isPresent: Int32?
    if case .optional = expression.type {
      guard let parts = compiler.takenApart(expression) else { return nil }
      value = parts.value
      isPresent = compiler.truth(parts.isPresent, scope)
    }
    guard let (form, node) = compiler.value(value, scope) else { return nil }
    let cost = compiler.cost(node) + (isPresent.map { compiler.cost($0) } ?? 0)
    return Node(form: form, node: node, isPresent: isPresent, budget: budget - cost)
  }

  /// The answer to a question about the subject in the machine's frame, with the names behind it; nil where the general
  /// evaluator has to be asked.
  func answer(to question: Int, _ machine: inout PlanMachine) -> CELValue? {
    guard let node = nodes[question] else { return nil }
    machine.budget = node.budget
    guard let isPresent = node.isPresent else { return value(of: node, &machine) }
    switch machine.truth(isPresent, 0) {
    case .yes: return value(of: node, &machine).map { .optional($0) }
    case .no: return .optional(nil)
    case .undetermined: return nil
    }
  }

  private func value(of node: Node, _ machine: inout PlanMachine) -> CELValue? {
    switch node.form {
    case .truth:
      let truth = machine.truth(node.node, 0)
      return truth == .undetermined ? nil : .bool(truth == .yes)
    case .number: return machine.number(node.node, 0).map { .int($0) }
    case .day:
      return machine.number(node.node, 0).map {
        .date(CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: $0)))
      }
    case .text:
      // The general evaluator counts a text that it makes.
      guard let text = machine.string(node.node, 0), machine.spend(text.count / 8) else {
        return nil
      }
      return .string(text.text)
    case .instant:
      return machine.instant(node.node, 0).map {
        .timestamp(
          CELTimestamp(
            seconds: $0.seconds, nanoseconds: Int32(truncatingIfNeeded: $0.nanoseconds)))
      }
    case .duration:
      return machine.instant(node.node, 0).map {
        .duration(
          CELDuration(
            seconds: $0.seconds, nanoseconds: Int32(truncatingIfNeeded: $0.nanoseconds)))
      }
    }
  }
}

extension PlanCompiler {
  /// A node for a value, and what it is made of; nil where the general evaluator has to be asked.
  fileprivate mutating func value(
    _ expression: CheckedExpression, _ scope: Scope
  ) -> (QuestionPlan.Form, Int32)? {
    switch expression.type {
    case .bool: (.truth, truth(expression, scope))
    case .int: number(expression, scope).map { (.number, $0) }
    case .date: number(expression, scope).map { (.day, $0) }
    case .string, .enumeration: string(expression, scope).map { (.text, $0) }
    case .timestamp: instant(expression, scope).map { (.instant, $0) }
    case .duration: instant(expression, scope).map { (.duration, $0) }
    default: nil
    }
  }
}
