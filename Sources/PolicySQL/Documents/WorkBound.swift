import CEL
import PolicyEngine

/// How large a document may be so that no expression reaches the bound of its evaluation, which leaves it undetermined.
///
/// A database has no such bound. A larger document is left to the engine.
struct WorkBound {
  /// Sizes that are safe together.
  struct Size {
    /// How many elements the longest list may have.
    let list: Int
    /// How many bytes the longest text may have.
    let text: Int
  }

  /// Safe sizes, the shortest texts first; a document must be within one of them.
  let sizes: [Size]

  /// The bound for some expressions, each evaluated by itself.
  init(_ expressions: [CheckedExpression], _ policies: PolicySet) {
    var parameters: [Int: Int] = [:]
    for (index, parameter) in policies.vocabulary.parameters.enumerated() {
      parameters[GlobalSlot.firstParameter + index] =
        parameter.values.map { $0.value.entryCount }.max()
    }
    func nodes(_ list: Int) -> Int {
      var estimate = CostEstimate(
        assumingListSize: list, derivedFields: policies.evaluator.derivedFields,
        globalSizes: parameters)
      return expressions.map { estimate.cost(of: $0) }.max() ?? 0
    }
    sizes = [64, 256, 1_024, 4_096, 16_384, 65_536].compactMap { text in
      // A node may count a text that it is given, one that it is compared with, and one that it gives.
      let limit = CostLimits.steps / (1 + 3 * text / 16)
      guard nodes(0) <= limit else { return nil }
      var (fits, tooMany) = (0, 1 << 17)
      while tooMany - fits > 1 {
        let middle = (fits + tooMany) / 2
        if nodes(middle) <= limit { fits = middle } else { tooMany = middle }
      }
      return Size(list: fits, text: text)
    }
  }

  /// Whether a document is within the bound, by the expressions for its longest list and text.
  func condition(longestList: String, longestText: String) -> String {
    SQLLogic.any(
      sizes.map { "\(longestText) <= \($0.text) AND \(longestList) <= \($0.list)" })
  }
}

extension CELValue {
  fileprivate var entryCount: Int {
    switch self {
    case .list(let elements): elements.count
    case .map(let map): map.entries.count
    default: 1
    }
  }
}
