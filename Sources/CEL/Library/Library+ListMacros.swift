extension Library {
  /// The functions that macros over all elements of a list are short for: each is given what the elements become.
  ///
  /// No expression can name them, so they are in no environment.
  static let listMacros = Library(name: "macros of lists", summary: "") {
    picking
    runs
    mostAtOnce
    mostWithin
  }

  private static let t = CELType.parameter("T")
  private static let k = CELType.parameter("K")
  private static let listT = CELType.list(.parameter("T"))
  private static let listK = CELType.list(.parameter("K"))

  @OverloadBuilder
  private static var picking: [Overload] {
    Overload.function("@minBy", id: "list_min_by", parameters: [listT, listK], result: t, "") {
      (list: ListValue, keys: ListValue, _) in
      try list.elements[ListOrder.first(of: keys.elements, by: .descending, "minBy")]
    }.handingOn()
    Overload.function("@maxBy", id: "list_max_by", parameters: [listT, listK], result: t, "") {
      (list: ListValue, keys: ListValue, _) in
      try list.elements[ListOrder.first(of: keys.elements, by: .ascending, "maxBy")]
    }.handingOn()
    Overload.function("@sortBy", id: "list_sort_by", parameters: [listT, listK], result: listT, "")
    { (list: ListValue, keys: ListValue, _) in
      ListValue(try ListOrder.sorted(list.elements, by: keys.elements, "sortBy"))
    }.handingOn().ordering()
    Overload.function(
      "@groupBy", id: "list_group_by", parameters: [listT, listK], result: .list(listT), ""
    ) { (list: ListValue, keys: ListValue, _) in
      var groups: [[CELValue]] = []
      var positions: [EqualValue: Int] = [:]
      for (element, key) in zip(list.elements, keys.elements) {
        let position = positions[EqualValue(key), default: groups.count]
        if position == groups.count {
          positions[EqualValue(key)] = position
          groups.append([])
        }
        groups[position].append(element)
      }
      return ListValue(groups.map { .list($0) })
    }.counting(textWork).total()
  }

  private static var runs: [Overload] {
    [
      runningSum("int", Int64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) },
      runningSum("uint", UInt64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) },
      runningSum("double", Double(0)) { $0 + $1 },
      runningSum("duration", CELDuration(seconds: 0)) {
        try $0.adding($1).orThrow(.durationRange)
      },
      runningSum("decimal", CELDecimal.zero) { try $0.adding($1).orThrow(.digits) },
      runningSum("money", CELMoney(.zero)) {
        CELMoney(try $0.amount.adding($1.amount).orThrow(.digits))
      },
      Overload.function("@longestRun", id: "list_longest_run", parameters: [.list(.bool)], "") {
        (list: ListValue, _) in
        var (longest, run) = (Int64(0), Int64(0))
        for element in list.elements {
          guard case .bool(let holds) = element else { throw Overload.noOverload("longestRun") }
          run = holds ? run + 1 : 0
          longest = max(longest, run)
        }
        return longest
      }.total(),
    ]
  }

  private static func runningSum<T: CELRepresentable & Sendable>(
    _ id: String, _ zero: T, _ add: @escaping @Sendable (T, T) throws -> T
  ) -> Overload {
    .function(
      "@runningSum", id: "list_running_sum_\(id)", parameters: [.list(T.celType)],
      result: .list(T.celType), ""
    ) { (list: ListValue, _) in
      var sum = zero
      return ListValue(
        try list.elements.map { element in
          guard let number = T(element) else { throw Overload.noOverload("runningSum") }
          sum = try add(sum, number)
          return sum.celValue
        })
    }
  }

  // MARK: Over time

  private static var mostAtOnce: [Overload] {
    [
      mostAtOnce(CELTimestamp.self), mostAtOnce(CivilDate.self), mostAtOnce(CELDuration.self),
      mostAtOnce(Int64.self),
    ]
  }

  private static func mostAtOnce<T: CELRepresentable & Comparable>(_ type: T.Type) -> Overload {
    .function(
      "@mostAtOnce", id: "list_most_at_once_\(T.celType)",
      parameters: [.list(T.celType), .list(T.celType)], ""
    ) { (from: ListValue, until: ListValue, _) in
      try Spans.mostAtOnce(
        values(from, T.self, "mostAtOnce"), values(until, T.self, "mostAtOnce"))
    }.ordering()
  }

  private static var mostWithin: [Overload] {
    [
      mostWithin(CivilDate.self, Int64(0)) { $0.days(until: $1) < $2 },
      mostWithin(CELTimestamp.self, CELDuration(seconds: 0)) {
        try $1.since($0).orThrow(.durationRange) < $2
      },
      mostWithin(CELDuration.self, CELDuration(seconds: 0)) {
        try $1.adding($0.negated).orThrow(.durationRange) < $2
      },
      mostWithin(Int64.self, Int64(0)) { first, last, length in
        let (difference, overflow) = last.subtractingReportingOverflow(first)
        return !overflow && difference < length
      },
    ]
  }

  private static func mostWithin<
    T: CELRepresentable & Comparable, Length: CELRepresentable & Comparable
  >(
    _ type: T.Type, _ nothing: Length,
    _ isWithin: @escaping @Sendable (T, T, Length) throws -> Bool
  ) -> Overload {
    .function(
      "@mostWithin", id: "list_most_within_\(T.celType)",
      parameters: [.list(T.celType), Length.celType], ""
    ) { (points: ListValue, length: Length, _) in
      guard length > nothing else { throw EvaluationError("a window must have a length") }
      return try Spans.mostWithin(values(points, T.self, "mostWithin")) {
        try isWithin($0, $1, length)
      }
    }.ordering()
  }

  private static func values<T: CELRepresentable>(
    _ list: ListValue, _ type: T.Type, _ name: String
  ) throws -> [T] {
    try list.elements.map { element in
      guard let value = T(element) else { throw Overload.noOverload(name) }
      return value
    }
  }
}
