import CEL
import Diagnostics
import PolicyEngine

/// The parts of a condition that are true or false by themselves.
///
/// That are the operands of `&&` and `||`, what decides a `?:`, what a loop asks of each element, and the
/// conditions that stand in lists. What is a part only together with its opposite (`!x` and `x`) counts
/// once; so does a chain of one operator.
struct ConditionParts {
  /// A part with what people call it.
  struct Part {
    let range: SourceRange
    let words: String
  }

  private(set) var parts: [Part] = []
  /// The expressions that are evaluated each for itself: together they hold all parts that are not in
  /// the condition's own logic.
  private(set) var detached: [CheckedExpression] = []

  /// Adds the parts of a condition; itself only where nothing else tells its value.
  mutating func add(_ condition: Condition, isTold: Bool) {
    switch condition.kind {
    case .expression(let expression):
      if isTold || condition.label != nil {
        visit(expression, isPart: true, label: condition.label, inLogic: true)
      } else {
        visit(expression, isPart: false, inLogic: true)
      }
    // Its days are asked for as those of a rule are.
    case .inForce: break
    case .gives(let given):
      for giver in given.givers {
        if let condition = giver.condition { add(condition, isTold: true) }
        add(giver.value)
      }
      if let otherwise = given.otherwise { add(otherwise) }
    case .all(let conditions), .any(let conditions), .none(let conditions),
      .anyKnown(let conditions):
      if isTold {
        parts.append(
          Part(range: condition.range, words: condition.label ?? condition.range.text.firstLine))
      }
      for part in conditions { add(part, isTold: true) }
    }
  }

  /// Adds the parts of an expression, and itself when it is a condition.
  mutating func add(_ expression: CheckedExpression) {
    let isCondition = expression.type == .bool
    if isCondition { detached.append(expression) }
    visit(expression, isPart: isCondition, inLogic: isCondition)
  }

  private mutating func visit(
    _ node: CheckedExpression, isPart: Bool, label: String? = nil, inLogic: Bool
  ) {
    if isPart, !node.isConstant {
      parts.append(Part(range: node.range, words: label ?? node.range.text.folded))
    }
    switch node.kind {
    case .and(let left, let right):
      for operand in [left, right] {
        if case .and = operand.kind {
          visit(operand, isPart: false, inLogic: inLogic)
        } else {
          visit(operand, isPart: true, inLogic: inLogic)
        }
      }
    case .or(let left, let right):
      for operand in [left, right] {
        if case .or = operand.kind {
          visit(operand, isPart: false, inLogic: inLogic)
        } else {
          visit(operand, isPart: true, inLogic: inLogic)
        }
      }
    case .not(let operand): visit(operand, isPart: false, inLogic: inLogic)
    case .conditional(let condition, let then, let otherwise):
      let isLogic = inLogic && node.type == .bool
      if !isLogic { detached.append(condition) }
      visit(condition, isPart: true, inLogic: true)
      for branch in [then, otherwise] {
        visit(branch, isPart: node.type == .bool, inLogic: isLogic)
      }
    case .comprehension(let comprehension):
      visit(comprehension.range, isPart: false, inLogic: false)
      if let start = comprehension.start { visit(start, isPart: false, inLogic: false) }
      if let predicate = comprehension.predicate {
        detached.append(predicate)
        visit(predicate, isPart: true, inLogic: true)
      }
      if let transform = comprehension.transform {
        visit(transform, isPart: false, inLogic: false)
      }
    default:
      for child in node.children { visit(child, isPart: false, inLogic: false) }
    }
  }
}

extension CheckedExpression {
  fileprivate var isConstant: Bool { if case .constant = kind { true } else { false } }
}

extension String {
  fileprivate var firstLine: String { split(separator: "\n").first.map(String.init) ?? self }
}
