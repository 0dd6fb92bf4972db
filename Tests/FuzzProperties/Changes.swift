/// Changes to a document, told by bytes: for each the way to a part, and what becomes of it.
struct Changes {
  private var rest: ArraySlice<UInt8>

  init(bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The document with as many changes as there are bytes for, up to sixteen.
  mutating func applied(to document: Value) -> Value {
    var result = document
    for _ in 0..<16 where !rest.isEmpty { result = changed(result) }
    return result
  }

  private mutating func next() -> Int { rest.popFirst().map(Int.init) ?? 0 }

  private mutating func changed(_ value: Value) -> Value {
    switch value {
    case .scalar: return .scalar(Self.scalars[next() % Self.scalars.count])
    case .list(var elements):
      guard !elements.isEmpty else { return .list([.scalar(Self.scalars[next() % 8])]) }
      let index = next() % elements.count
      switch next() % 6 {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      case 2: elements = []
      default: elements[index] = changed(elements[index])
      }
      return .list(elements)
    case .object(var members):
      guard !members.isEmpty else { return value }
      let index = next() % members.count
      switch next() % 8 {
      case 0: members.remove(at: index)
      case 1: members[index].value = .scalar("null")
      case 2: members.swapAt(index, members.count - 1)
      case 3: members.append((Self.keys[next() % Self.keys.count], members[index].value))
      default: members[index].value = changed(members[index].value)
      }
      return .object(members)
    }
  }

  private static let keys = [
    "school", "end", "workOrder", "activeSession", "homeboundTeacher", "subject", "departed", "x",
  ]

  private static let scalars = [
    "\"\"", "\" \"", "\"T-23\"", "\"reading\"", "\"math\"", "\"cl-goal-1\"", "\"cl-goal-2\"",
    "\"e\\u0301\"", "true", "false", "null", "0", "1e2", "\"D\"", "\"F\"", "\"A\"", "\"EOC\"",
    "\"MAP\"", "\"STAR\"", "\"below-basic\"", "\"basic\"", "\"career-ladder\"", "\"tutoring\"",
    "\"homebound\"", "\"detention\"", "\"credit-recovery\"", "\"family-involvement\"",
    "\"grade-d-or-f\"", "\"reading-improvement-plan\"", "\"below-basic-state\"",
    "\"below-grade-level-district\"", "\"2014-06-30\"", "\"2015-07-01\"", "\"2026-09-15\"",
    "\"2026-09-22\"", "\"2026-09-23\"", "\"2026-11-01\"", "\"9999-12-31\"", "\"0001-01-01\"",
    "\"2026-09-15T13:00:00-05:00\"", "\"2026-09-15T18:45:00Z\"", "\"2026-09-15T18:45:00.000001Z\"",
    "\"2026-11-01T01:30:00-05:00\"", "\"2026-11-01T01:30:00-06:00\"", "\"0001-01-01T00:00:00Z\"",
    "\"9999-12-31T23:59:59.999999999Z\"", "\"glendale-elementary\"", "\"truman-high\"",
    "\"Family Math Night\"", "\"Math Night\"", "[]", "{}", "\"\u{10FFFF}\"",
  ]
}
