import Diagnostics

/// The last pass of checking: evaluates what has no variables, once instead of every time.
///
/// What fails is left as it is; when strict it is reported, since it would fail every time.
struct ConstantFolding {
  let isStrict: Bool
  private(set) var diagnostics: [Diagnostic] = []
  private let evaluator = Evaluator(budget: 10_000)

  init(isStrict: Bool) { self.isStrict = isStrict }

  /// The node with its constant parts folded.
  mutating func fold(_ node: CheckedExpression) -> CheckedExpression {
    var folding = self
    let kind = node.mappingChildren { folding.fold($0) }
    self = folding
    let folded = CheckedExpression(kind: kind, type: node.type, range: node.range)
    checkPattern(folded)
    guard folded.isConstantOperation else { return folded }
    switch evaluator.evaluate(folded, in: Activation()) {
    case .value(let value):
      return CheckedExpression(kind: .constant(value), type: node.type, range: node.range)
    case .error(let error):
      if isStrict { report(error, folded) }
      return folded
    case .unknown: return folded
    }
  }

  private mutating func report(_ error: EvaluationError, _ node: CheckedExpression) {
    if case .call("date", _, let arguments) = node.kind, let first = arguments.first {
      if arguments.count == 1, case .constant(.string(let text)) = first.kind {
        diagnostics.append(.invalidDate(text, at: first.range))
        return
      }
      let parts = arguments.map(\.range.text).joined(separator: ", ")
      diagnostics.append(.invalidDate(parts, at: node.range))
      return
    }
    if !diagnostics.contains(where: { $0.range == node.range }) {
      diagnostics.append(.alwaysFails(error, at: node.range))
    }
  }

  /// Reports a pattern literal that is no regular expression.
  private mutating func checkPattern(_ node: CheckedExpression) {
    guard isStrict, case .call("matches", _, let arguments) = node.kind,
      let pattern = arguments.last, case .constant(.string(let text)) = pattern.kind
    else { return }
    do {
      _ = try LinearRegex(text)
    } catch let error as EvaluationError {
      diagnostics.append(.invalidPattern(error.message, at: pattern.range))
    } catch {}
  }
}

extension CheckedExpression {
  /// Whether the node does something with constants only, and always to the same result.
  fileprivate var isConstantOperation: Bool {
    switch kind {
    case .call(let name, let overloads, let arguments):
      // What depends on the evaluation's time zone is not known yet.
      name != "timeOfDay"
        && !(name == "date" && overloads.contains { $0.id == "timestamp_to_date" })
        && arguments.allSatisfy(\.isConstant)
    case .not(let operand): operand.isConstant
    case .and(let left, let right), .or(let left, let right): left.isConstant && right.isConstant
    case .list(let elements): elements.allSatisfy(\.value.isConstant)
    case .map(let entries): entries.allSatisfy { $0.key.isConstant && $0.value.isConstant }
    default: false
    }
  }

  private var isConstant: Bool {
    if case .constant = kind { return true }
    return false
  }
}
