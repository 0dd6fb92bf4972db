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
    var folded = CheckedExpression(kind: kind, type: node.type, range: node.range)
    if case .call("matches", let overloads, let arguments) = kind {
      folded = compilingPattern(folded, overloads, arguments)
    }
    if isStrict, case .call(_, let overloads, let arguments) = kind,
      overloads.contains(where: \.takesTimeZone), let zone = arguments.last,
      case .constant(.string(let name)) = zone.kind, !TimeZoneName.isKnown(name)
    {
      diagnostics.append(.unknownTimeZone(name, at: zone.range))
      return CheckedExpression(kind: .error, type: .error, range: node.range)
    }
    if isStrict, case .call(_, let overloads, let arguments) = kind,
      let form = overloads.first?.wordForm, reportWords(arguments, not: form)
    {
      return CheckedExpression(kind: .error, type: .error, range: node.range)
    }
    if isStrict, case .call("format", _, let arguments) = kind { checkFormat(arguments, folded) }
    return self.folded(folded)
  }

  /// The node as a constant, if its parts are constants and it does not fail.
  mutating func folded(_ node: CheckedExpression) -> CheckedExpression {
    guard node.isConstantOperation else { return node }
    switch evaluator.evaluate(node, in: Activation()) {
    case .value(let value):
      return CheckedExpression(kind: .constant(value), type: node.type, range: node.range)
    case .error(let error):
      // What is only too much work to be done in advance may well be done when it is evaluated.
      if isStrict, error.message != EvaluationError.budget.message { report(error, node) }
      return node
    case .unknown: return node
    }
  }

  mutating func report(_ error: EvaluationError, _ node: CheckedExpression) {
    if case .call("date", _, let arguments) = node.kind, let first = arguments.first {
      if arguments.count == 1, case .constant(.string(let text)) = first.kind,
        case .failure(let problem) = TemporalText.date(text.utf8)
      {
        diagnostics.append(
          .invalidDate(text, problem.reason(for: "date"), at: first.range))
        return
      }
      let parts = arguments.map(\.range.text).joined(separator: ", ")
      diagnostics.append(.invalidDate(parts, error.message, at: node.range))
      return
    }
    // Not more than are reported: each is compared with those before it.
    guard diagnostics.count <= Diagnostic.limitOfExpression else { return }
    if !diagnostics.contains(where: { $0.range == node.range }) {
      diagnostics.append(.alwaysFails(error, at: node.range))
    }
  }

  /// Reports the literals among arguments that are not of the form that a function asks of them.
  private mutating func reportWords(_ arguments: [CheckedExpression], not form: WordForm) -> Bool {
    var isReported = false
    for argument in arguments {
      guard case .constant(.string(let text)) = argument.kind, !form.allows(text) else { continue }
      diagnostics.append(.wrongWord(text, form, at: argument.range))
      isReported = true
    }
    return isReported
  }

  /// A match against a pattern literal with the pattern read once; reports a pattern that can't be.
  private mutating func compilingPattern(
    _ node: CheckedExpression, _ overloads: [Overload], _ arguments: [CheckedExpression]
  ) -> CheckedExpression {
    guard overloads.count == 1, let overload = overloads.first, let pattern = arguments.last,
      case .constant(.string(let text)) = pattern.kind
    else { return node }
    do {
      let regex = try LinearRegex(text)
      return CheckedExpression(
        kind: .call(
          name: overload.name, overloads: [overload.matching(regex)], arguments: arguments),
        type: node.type, range: node.range)
    } catch let error as EvaluationError {
      guard isStrict else { return node }
      diagnostics.append(.invalidPattern(error.message, at: pattern.range))
      return CheckedExpression(kind: .error, type: .error, range: node.range)
    } catch {
      return node
    }
  }
}

extension CheckedExpression {
  /// Whether the node does something with constants only, and always to the same result.
  fileprivate var isConstantOperation: Bool {
    switch kind {
    case .call(_, let overloads, let arguments):
      !overloads.contains { $0.usesTimeZone || $0.variable != nil }
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
