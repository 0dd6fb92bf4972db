import CEL
import Diagnostics

/// Evaluates conditions with recording on: every part, its outcome, and what it read.
struct ConditionExplainer {
  let policies: PolicySet
  let activation: Activation
  let citations: CitationBuilder

  private var withholding: Withholding? { citations.withholding }

  /// The condition with its outcome, which is nil where it is withheld.
  ///
  /// Each of its parts is evaluated, so that all that is wrong is seen at once.
  func explain(_ condition: Condition) -> (explanation: ConditionExplanation, truth: Truth?) {
    explain(condition, isDecisive: true)
  }

  private func explain(
    _ condition: Condition, isDecisive: Bool
  ) -> (explanation: ConditionExplanation, truth: Truth?) {
    switch condition.kind {
    case .expression(let expression):
      let withheld = withholding?.facts(readBy: expression) ?? []
      guard withheld.isEmpty else {
        // Even which other facts decided would tell what the withheld ones are.
        var citations = Citations()
        citations.withheld = withheld
        let explanation = ConditionExplanation(
          combination: nil, label: condition.label,
          expression: policies.texts.text(of: expression), truth: .withheld, parts: [],
          citations: citations, nearMiss: nil, isDecisive: isDecisive, place: condition.range)
        return (explanation, nil)
      }
      let (result, cited) = citations.evaluate(expression, in: activation)
      let truth = Truth(result)
      let explanation = ConditionExplanation(
        combination: nil, label: condition.label,
        expression: policies.texts.text(of: expression), truth: ConditionTruth(truth), parts: [],
        citations: cited, nearMiss: nearMiss(of: expression, result), isDecisive: isDecisive,
        place: condition.range)
      return (explanation, truth)
    case .gives(let given): return explain(given, of: condition, isDecisive: isDecisive)
    case .inForce(let dates):
      let truth = citations.context.isInForce(dates)
      let explanation = ConditionExplanation(
        combination: nil, label: condition.label, expression: nil, truth: ConditionTruth(truth),
        parts: [], citations: Citations(), nearMiss: nil, isDecisive: isDecisive,
        place: condition.range)
      return (explanation, truth)
    case .all(let conditions), .any(let conditions), .none(let conditions),
      .anyKnown(let conditions):
      let parts = conditions.map { explain($0, isDecisive: true) }
      let truth = condition.kind.combined(parts.map(\.truth))
      let explanation = ConditionExplanation(
        combination: condition.kind.combination, label: condition.label, expression: nil,
        truth: truth.map { ConditionTruth($0) } ?? .withheld,
        parts: parts.map {
          $0.explanation.with(isDecisive: condition.kind.isDecisive($0.truth, for: truth))
        },
        citations: Citations(), nearMiss: nil, isDecisive: isDecisive, place: condition.range)
      return (explanation, truth)
    }
  }
}

extension ConditionExplainer {
  /// By how little an expression is false, where that is by the one comparison that keeps it from being true.
  private func nearMiss(of expression: CheckedExpression, _ result: Evaluation) -> NearMiss? {
    guard case .value(.bool(false)) = result else { return nil }
    func evaluate(_ part: CheckedExpression) -> Evaluation {
      policies.evaluator.evaluate(part, in: activation)
    }
    func nearMiss(of part: CheckedExpression) -> NearMiss? {
      self.nearMiss(of: part, evaluate(part))
    }
    switch expression.kind {
    case .or(let left, let right): return nearMiss(of: left) ?? nearMiss(of: right)
    case .and(let left, let right):
      let failing = [left, right].filter {
        if case .value(.bool(true)) = evaluate($0) { false } else { true }
      }
      return failing.count == 1 ? nearMiss(of: failing[0]) : nil
    case .conditional(let condition, let then, let otherwise):
      guard case .value(.bool(let isTrue)) = evaluate(condition) else { return nil }
      return nearMiss(of: isTrue ? then : otherwise)
    case .call(let name, _, let arguments)
    where arguments.count == 2 && NearMiss.orders.contains(name):
      guard case .value(let left) = evaluate(arguments[0]),
        case .value(let right) = evaluate(arguments[1])
      else { return nil }
      return NearMiss(left, right)
    default: return nil
    }
  }
}

extension Condition.Kind {
  fileprivate var combination: ConditionExplanation.Combination? {
    switch self {
    case .expression, .inForce, .gives: nil
    case .anyKnown: .anyKnown
    case .all: .all
    case .any: .any
    case .none: ConditionExplanation.Combination.none
    }
  }

  /// The outcome of parts together, some of which may be withheld; nil where those have a say.
  fileprivate func combined(_ parts: [Truth?]) -> Truth? {
    let known = parts.compactMap { $0 }
    let truth = Truth.combining(self, known)
    return known.count == parts.count || isForced(truth) ? truth : nil
  }
}

extension ConditionTruth {
  init(_ truth: Truth) {
    self =
      switch truth {
      case .yes: .holds
      case .no: .fails
      case .undetermined(let doubt): .undetermined(doubt)
      }
  }
}

extension ConditionExplanation {
  fileprivate func with(isDecisive: Bool) -> ConditionExplanation {
    ConditionExplanation(
      combination: combination, label: label, expression: expression, truth: truth, parts: parts,
      citations: citations, nearMiss: nearMiss, isDecisive: isDecisive, place: place, given: given)
  }
}
