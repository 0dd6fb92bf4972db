/// Calls: arguments first, then the overload that fits them.
extension Machine {
  mutating func call(
    _ name: String, _ overloads: [Overload], _ arguments: [CheckedExpression]
  ) -> Evaluation {
    var values: [CELValue] = []
    values.reserveCapacity(arguments.count)
    var unsettled = Unsettled()
    var firstOrigin: AttributePath?
    for (index, argument) in arguments.enumerated() {
      let result = evaluate(argument)
      if R.isRecording, index == 0 { firstOrigin = origin }
      if case .value(let value) = result { values.append(value) } else { unsettled.add(result) }
    }
    origin = nil
    if let failed = unsettled.result { return failed }
    let compared = Self.compared(values, by: name)
    if !compared.isEmpty {
      var missing: [AttributePath] = []
      for value in compared { value.collectMissingFacts(into: &missing, work: &budget) }
      if !missing.isEmpty { return .unknown(UnknownFacts(missing)) }
      if budget < 0 { return .error(.budget) }
    }
    // These are done here rather than by their overloads, since they need the budget or the origin.
    switch name {
    case "_==_" where values.count == 2:
      return .value(.bool(values[0].isEqual(to: values[1], work: &budget)))
    case "_!=_" where values.count == 2:
      return .value(.bool(!values[0].isEqual(to: values[1], work: &budget)))
    case "@in" where values.count == 2:
      if case .list(let elements) = values[1] { return contains(elements, values[0]) }
    case "_[_]" where values.count == 2:
      if R.isRecording {
        origin = firstOrigin?.appending(Self.step(values[1]))
        if let slot = arguments.first?.tableSlot {
          recorder.read(row: Self.step(values[1]), ofGlobal: slot)
        }
      }
    default: break
    }
    guard R.isRecording else { return apply(name, overloads, values) }
    let result = apply(name, overloads, values)
    noteDays(overloads, values, result)
    return result
  }

  /// Notes of which days a calendar is asked, and the day as of which a variable is read.
  private mutating func noteDays(
    _ overloads: [Overload], _ values: [CELValue], _ result: Evaluation
  ) {
    if let slot = overloads.first?.variable, case .date(let day)? = values.first {
      recorder.read(global: slot, on: day)
    }
    for case .opaque(let value) in values {
      guard let calendar = value as? DayCalendar else { continue }
      var days: [CivilDate] = []
      for case .date(let day) in values { days.append(day) }
      if case .value(.date(let day)) = result { days.append(day) }
      let span = calendar.span
      recorder.read(
        (days.min() ?? span.lowerBound)...(days.max() ?? span.upperBound),
        ofCalendar: calendar.name)
    }
  }

  /// The arguments that a function compares whole, or with one another: all of them must be known.
  private static func compared(_ values: [CELValue], by name: String) -> ArraySlice<CELValue> {
    switch name {
    case "_==_", "_!=_", "@in", "distinct": values[...]
    case "@groupBy": values.suffix(1)
    default: []
    }
  }

  private mutating func contains(_ elements: [CELValue], _ value: CELValue) -> Evaluation {
    for element in elements {
      budget -= 1
      if element.isEqual(to: value, work: &budget) { return .value(.bool(true)) }
    }
    return .value(.bool(false))
  }

  private static func step(_ index: CELValue) -> AttributePath.Step {
    switch index {
    case .int(let number): Int(exactly: number).map(AttributePath.Step.index) ?? .key("\(number)")
    case .uint(let number): Int(exactly: number).map(AttributePath.Step.index) ?? .key("\(number)")
    case .string(let text): .key(text)
    case .bool(let isTrue): .key("\(isTrue)")
    case .date(let date): .key(date.description)
    case .timestamp(let instant): .key(instant.description)
    case .duration(let duration): .key(duration.description)
    case .double(let number): .key("\(number)")
    default: .key("")
    }
  }

  private mutating func apply(
    _ name: String, _ overloads: [Overload], _ values: [CELValue]
  ) -> Evaluation {
    guard let index = index(ofOverloadFor: values, among: overloads) else {
      origin = nil
      return .error(overloads.isEmpty ? .noFunction(name) : Overload.noOverload(name))
    }
    guard spend(overloads[index].work(for: values)) else { return .error(.budget) }
    switch overloads[index].implementation(values, context) {
    case .success(let value):
      // What is handed on or picked from a list is not made anew, save for texts.
      let size = value.size(withElements: overloads[index].readsElements)
      return spend(size) ? .value(value) : .error(.budget)
    case .failure(let error):
      origin = nil
      return .error(error)
    }
  }

  private mutating func index(
    ofOverloadFor values: [CELValue], among overloads: [Overload]
  ) -> Int? {
    // An implementation looks at its arguments itself; only a choice needs to be made beforehand.
    guard overloads.count > 1 else { return overloads.indices.first }
    // Whether a list fits is asked of its elements, for each overload again.
    for case .list(let elements) in values { _ = spend(elements.count) }
    guard budget >= 0 else { return 0 }
    return overloads.firstIndex { overload in
      overload.parameters.count == values.count
        && zip(values, overload.parameters).allSatisfy { $0.fits($1) }
    }
  }
}

extension CheckedExpression {
  /// The slot of the variable that the expression is the value of, on whatever day.
  fileprivate var tableSlot: Int? {
    switch kind {
    case .global(let slot, _): slot
    case .call(_, let overloads, _): overloads.first?.variable
    default: nil
    }
  }
}

extension CELValue {
  /// Whether the value may be given for a parameter of a type.
  func fits(_ type: CELType) -> Bool {
    switch (type, self) {
    case (.dyn, _), (.parameter, _), (.error, _), (.null, .null), (.bool, .bool), (.int, .int),
      (.uint, .uint), (.double, .double), (.string, .string), (.enumeration, .string),
      (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.date, .date),
      (.decimal, .decimal), (.money, .money),
      (.map, .map), (.optional, .optional), (.type, .type):
      true
    case (.list(let element), .list(let elements)): elements.allSatisfy { $0.fits(element) }
    case (.object(let name), .object(let object)): object.typeName == name
    case (.abstract(let name, _), .opaque(let value)): value.celType.runtimeName == name
    default: false
    }
  }
}

extension EvaluationError {
  static func noFunction(_ name: String) -> EvaluationError {
    EvaluationError("there is no function '\(Overload.displayName(name))'")
  }
}
