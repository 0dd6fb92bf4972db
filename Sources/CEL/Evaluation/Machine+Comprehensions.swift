/// Comprehensions: the macros over the elements of a list or the keys of a map.
extension Machine {
  /// An element with what it gives the variables, one or two of them.
  private typealias Item = [Local]

  mutating func comprehend(_ comprehension: CheckedExpression.Comprehension) -> Evaluation {
    let range = evaluate(comprehension.range)
    guard case .value(let value) = range else {
      return cleared(
        withMissing(
          range, in: [comprehension.predicate, comprehension.transform].compactMap(\.self),
          variableCount: comprehension.variables.count))
    }
    let isPair = comprehension.variables.count == 2 && comprehension.macro != .reduce
    guard let items = items(of: value, isPair: isPair) else {
      return cleared(.error(.nothingToIterate))
    }
    let result =
      switch comprehension.macro {
      case .all: search(items, comprehension, for: false)
      case .exists: search(items, comprehension, for: true)
      case .existsOne: existsOne(items, comprehension)
      case .filter: filter(items, comprehension)
      case .map, .transformList: transformToList(items, comprehension)
      case .transformMap, .transformMapEntry: transformToMap(items, comprehension)
      case .reduce: reduce(items, comprehension)
      }
    return cleared(result)
  }

  /// What is missing, with all else that is missing of what would be done with it: whoever is asked for the one
  /// is asked for the other at once.
  mutating func withMissing(
    _ range: Evaluation, in bodies: [CheckedExpression], variableCount: Int
  ) -> Evaluation {
    guard case .unknown = range else { return range }
    let variables = Array(
      repeating: Local(result: range, origin: nil, binding: nil), count: variableCount)
    var missing = Unsettled()
    missing.add(range)
    for body in bodies {
      let result = evaluate(body, with: variables)
      if case .unknown = result { missing.add(result) }
    }
    return missing.result ?? range
  }

  /// The elements that a comprehension goes through, each made into its variables when its turn comes: a
  /// search that ends early makes no more of them.
  private struct Items {
    let value: CELValue
    let isPair: Bool
    /// Where the list or map stands in the data.
    let origin: AttributePath?

    var count: Int {
      switch value {
      case .list(let elements): elements.count
      case .map(let map): map.entries.count
      default: 0
      }
    }

    subscript(index: Int) -> Item {
      switch value {
      case .list(let elements):
        let element = local(elements[index], .index(index))
        return isPair ? [local(.int(Int64(index)), nil), element] : [element]
      case .map(let map):
        let entry = map.entries[index]
        let key = local(entry.key, nil)
        return isPair ? [key, local(entry.value, .key(Machine.text(ofKey: entry.key)))] : [key]
      default: return []
      }
    }

    private func local(
      _ value: CELValue, _ step: @autoclosure () -> AttributePath.Step?
    ) -> Local {
      guard R.isRecording, let step = step() else {
        return Local(result: .value(value), origin: nil)
      }
      return Local(result: .value(value), origin: origin?.appending(step))
    }
  }

  /// The elements of a list or map; nil when the value is neither.
  private func items(of value: CELValue, isPair: Bool) -> Items? {
    switch value {
    case .list, .map: Items(value: value, isPair: isPair, origin: origin)
    default: nil
    }
  }

  fileprivate static func text(ofKey key: CELValue) -> String {
    switch key {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)"
    case .bool(let isTrue): "\(isTrue)"
    default: ""
    }
  }

  /// `exists`, which a true element decides, or `all`, which a false one does, whatever the others
  /// are.
  private mutating func search(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension, for wanted: Bool
  ) -> Evaluation {
    guard let predicate = comprehension.predicate else { return .error(.notABool) }
    var unsettled = Unsettled()
    for index in 0..<items.count {
      let result = evaluate(predicate, with: items[index], iteration: index)
      if case .value(.bool(wanted)) = result { return result }
      if budget < 0 { break }
      unsettled.addUnlessBool(result)
    }
    return unsettled.result ?? .value(.bool(!wanted))
  }

  private mutating func existsOne(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension
  ) -> Evaluation {
    var count = 0
    let failed = forEachKept(items, comprehension) { _, _, _ in
      count += 1
      return nil
    }
    return failed ?? .value(.bool(count == 1))
  }

  private mutating func filter(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension
  ) -> Evaluation {
    var kept: [CELValue] = []
    let failed = forEachKept(items, comprehension) { _, item, _ in
      if case .value(let value)? = item.last?.result { kept.append(value) }
      return nil
    }
    return failed ?? .value(.list(kept))
  }

  private mutating func transformToList(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension
  ) -> Evaluation {
    guard let transform = comprehension.transform else { return .error(.nothingToIterate) }
    var values: [CELValue] = []
    let failed = forEachKept(items, comprehension) { machine, item, index in
      let result = machine.evaluate(transform, with: item, iteration: index)
      guard case .value(let value) = result else { return result }
      values.append(value)
      return nil
    }
    return failed ?? .value(.list(values))
  }

  /// One element after the other with what came of those before it, which may be an error or unknown: only what
  /// follows can say whether that matters.
  private mutating func reduce(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension
  ) -> Evaluation {
    guard let start = comprehension.start, let next = comprehension.transform else {
      return .error(.nothingToIterate)
    }
    var sofar = evaluate(start)
    for index in 0..<items.count where budget >= 0 {
      let item = [Local(result: sofar, origin: nil)] + items[index]
      sofar = evaluate(next, with: item, iteration: index)
    }
    return sofar
  }

  private mutating func transformToMap(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension
  ) -> Evaluation {
    guard let transform = comprehension.transform else { return .error(.nothingToIterate) }
    var entries: [(key: CELValue, value: CELValue)] = []
    let failed = forEachKept(items, comprehension) { machine, item, index in
      let result = machine.evaluate(transform, with: item, iteration: index)
      guard case .value(let value) = result else { return result }
      if comprehension.macro == .transformMap {
        if case .value(let key)? = item.first?.result { entries.append((key, value)) }
      } else if case .map(let map) = value {
        entries += map.entries
      } else {
        return .error(.nothingToIterate)
      }
      return nil
    }
    if let failed { return failed }
    // A key is taken in by all of its text.
    for entry in entries where !spend(entry.key.size()) { return .error(.budget) }
    guard CELMap.repeatedKey(in: entries) == nil else { return .error(.repeatedKey) }
    return .value(.map(CELMap(entries: entries)))
  }

  /// Does something for each element that the predicate holds for, or for all where there is none.
  ///
  /// All elements are gone through even after one without a value, so that all missing facts are named.
  private mutating func forEachKept(
    _ items: Items, _ comprehension: CheckedExpression.Comprehension,
    _ body: (inout Machine, Item, Int) -> Evaluation?
  ) -> Evaluation? {
    var unsettled = Unsettled()
    for index in 0..<items.count where budget >= 0 {
      let item = items[index]
      if let predicate = comprehension.predicate {
        let isKept = evaluate(predicate, with: item, iteration: index)
        guard case .value(.bool(true)) = isKept else {
          unsettled.addUnlessBool(isKept)
          continue
        }
      }
      if let failed = body(&self, item, index) { unsettled.add(failed) }
    }
    return unsettled.result
  }
}

extension EvaluationError {
  static let nothingToIterate = EvaluationError("no such overload: a list or a map is expected")
}
