import CEL

/// Values of the policies' maps, such as the names of the schools, by keys that documents give.
extension PlanCompiler {
  /// The string that a map of strings has for a key.
  mutating func stringOfKey(
    _ map: CheckedExpression, _ key: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    let found = values(of: map, at: key, scope) { value in
      if case .string(let text) = value { text } else { nil }
    }
    guard let (position, texts) = found else { return nil }
    let start = stringRange(texts)
    return add(
      .caseName, position, start, Int32(truncatingIfNeeded: texts.count), parts: [position])
  }

  /// The number that a map of numbers has for a key.
  mutating func numberOfKey(
    _ map: CheckedExpression, _ key: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    guard case .map(_, let type) = map.type else { return nil }
    let found = values(of: map, at: key, scope) { Self.number($0, of: type) }
    guard let (position, numbers) = found else { return nil }
    return add(.numberOfPosition, position, numberRange(numbers), parts: [position])
  }

  /// The instant or duration that a map of such has for a key.
  mutating func instantOfKey(
    _ map: CheckedExpression, _ key: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    let found = values(of: map, at: key, scope) { value -> [Int64]? in
      switch value {
      case .timestamp(let instant): [instant.seconds, Int64(instant.nanoseconds)]
      case .duration(let duration): [duration.seconds, Int64(duration.nanoseconds)]
      default: nil
      }
    }
    guard let (position, words) = found else { return nil }
    return add(
      .instantOfPosition, position, numberRange(words.flatMap(\.self)), parts: [position])
  }

  /// Where a key is in a constant map, and what the map has at each position; nil where it is not a map of strings to
  /// values of which each has a `form`.
  private mutating func values<Form>(
    of map: CheckedExpression, at key: CheckedExpression, _ scope: Scope,
    _ form: (CELValue) -> Form?
  ) -> (position: Int32, values: [Form])? {
    guard case .map(let map)? = constant(map, in: scope) else { return nil }
    var keys: [String] = []
    var values: [Form] = []
    for entry in map.entries {
      guard case .string(let key) = entry.key, let value = form(entry.value) else { return nil }
      keys.append(key)
      values.append(value)
    }
    let text = string(key, scope)
    return add(.positionInStrings, text, setIndex(keys), parts: [text]).map { ($0, values) }
  }
}
