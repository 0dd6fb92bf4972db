extension Library {
  /// Lists, as an addition to CEL with the names that its extensions have.
  static let lists = Library(
    name: "lists",
    summary: """
      An addition to CEL, with the names of its extensions. Of an element that is missing, or is an error, \
      the result is not known, or an error too.
      """
  ) {
    sums
    extremes
    orders
    parts
    combinations
    Overload.function(
      "lists.range", id: "lists_range", parameters: [.int], result: .list(.int),
      "The numbers from 0 up to, and without, the given one."
    ) { (count: Int64, _) in
      guard count >= 0 else { throw EvaluationError("there are no lists of a negative length") }
      guard count <= resultSizeLimit else { throw EvaluationError.tooLarge }
      return ListValue((0..<count).map(CELValue.int))
    }.counting { arguments in
      // Making them is counted before they are made.
      if case .int(let count)? = arguments.first { Int(clamping: count) } else { 0 }
    }
    overlaps
  }

  // MARK: Sums

  private static let sums: [Overload] = [
    sum("int", Int64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) },
    sum("uint", UInt64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) },
    sum("double", Double(0)) { $0 + $1 },
    sum("duration", CELDuration(seconds: 0)) { try $0.adding($1).orThrow(.durationRange) },
    sum("decimal", CELDecimal.zero) { try $0.adding($1).orThrow(.digits) },
    sum("money", CELMoney(.zero)) {
      CELMoney(try $0.amount.adding($1.amount).orThrow(.digits))
    },
  ]

  private static func sum<T: CELRepresentable & Sendable>(
    _ id: String, _ zero: T, _ add: @escaping @Sendable (T, T) throws -> T
  ) -> Overload {
    .function(
      "sum", id: "sum_list_\(id)", parameters: [.list(T.celType)],
      "The sum of the elements; that of an empty list is zero."
    ) { (list: ListValue, _) in
      try list.elements.reduce(zero) { sum, element in
        guard let number = T(element) else { throw Overload.noOverload("sum") }
        return try add(sum, number)
      }
    }
  }

  // MARK: Order

  /// The types whose values have a least and a greatest.
  private static let measures: [CELType] = [
    .int, .uint, .double, .date, .timestamp, .duration, .decimal, .money,
  ]

  private static var extremes: [Overload] {
    measures.flatMap { type in
      [
        Overload.method(
          "min", id: "list_min_\(type)", parameters: [.list(type)], result: type,
          "The least of the elements; of an empty list it is an error."
        ) { (list: ListValue, _) in
          try list.elements[ListOrder.first(of: list.elements, by: .descending, "min")]
        },
        Overload.method(
          "max", id: "list_max_\(type)", parameters: [.list(type)], result: type,
          "The greatest of the elements; of an empty list it is an error."
        ) { (list: ListValue, _) in
          try list.elements[ListOrder.first(of: list.elements, by: .ascending, "max")]
        },
      ]
    }
  }

  private static var orders: [Overload] {
    (measures + [.string, .bool]).map { type in
      Overload.method(
        "sort", id: "list_sort_\(type)", parameters: [.list(type)], result: .list(type),
        "The elements in ascending order, equal ones as they stood."
      ) { (list: ListValue, _) in
        ListValue(try ListOrder.sorted(list.elements, by: list.elements, "sort"))
      }.ordering()
    }
  }

  // MARK: Parts

  private static let t = CELType.parameter("T")
  private static let listT = CELType.list(.parameter("T"))

  @OverloadBuilder
  private static var parts: [Overload] {
    Overload.method(
      "first", id: "list_first", parameters: [listT], result: .optional(t),
      "The first element, an optional that is empty if there is none."
    ) { (list: ListValue, _) in OptionalValue(list.elements.first) }.total().handingOn()
      .inConstantTime()
    Overload.method(
      "last", id: "list_last", parameters: [listT], result: .optional(t),
      "The last element, an optional that is empty if there is none."
    ) { (list: ListValue, _) in OptionalValue(list.elements.last) }.total().handingOn()
      .inConstantTime()
    Overload.method(
      "slice", id: "list_slice", parameters: [listT, .int, .int], result: listT,
      "The elements from one position up to, and without, another; positions that aren't there are an error."
    ) { (list: ListValue, from: Int64, until: Int64, _) in
      guard from >= 0, from <= until, until <= list.elements.count else {
        throw EvaluationError.noSuchElement(count: list.elements.count)
      }
      return ListValue(Array(list.elements[Int(from)..<Int(until)]))
    }.handingOn()
    Overload.method(
      "reverse", id: "list_reverse", parameters: [listT], result: listT,
      "The elements from the last to the first."
    ) { (list: ListValue, _) in ListValue(list.elements.reversed()) }.total().handingOn()
    Overload.method(
      "distinct", id: "list_distinct", parameters: [listT], result: listT,
      "The elements without those that equal one before them."
    ) { (list: ListValue, _) in
      var seen: Set<EqualValue> = []
      return ListValue(list.elements.filter { seen.insert(EqualValue($0)).inserted })
    }.total().counting(textWork)
  }

  /// What taking in the texts of a list counts.
  static func textWork(_ arguments: [CELValue]) -> Int {
    guard case .list(let elements)? = arguments.last else { return 0 }
    return elements.reduce(0) { $0 + $1.size(withElements: false) }
  }

  // MARK: Several lists

  @OverloadBuilder
  private static var combinations: [Overload] {
    Overload.method(
      "flatten", id: "list_flatten", parameters: [.list(listT)], result: listT,
      "The elements of the lists in the list, one after the other."
    ) { (list: ListValue, _) in
      var all: [CELValue] = []
      for element in list.elements {
        guard case .list(let elements) = element else { throw Overload.noOverload("flatten") }
        guard all.count + elements.count <= resultSizeLimit else { throw EvaluationError.tooLarge }
        all += elements
      }
      return ListValue(all)
    }.handingOn()
    Overload.method(
      "zip", id: "list_zip", parameters: [listT, listT], result: .list(listT),
      "Pairs of the elements at the same position, each a list of two; lists of different length are an error."
    ) { (list: ListValue, other: ListValue, _) in
      guard list.elements.count == other.elements.count else {
        throw EvaluationError(
          "lists of different length can't be paired: \(list.elements.count) and \(other.elements.count)"
        )
      }
      return ListValue(zip(list.elements, other.elements).map { .list([$0, $1]) })
    }.handingOn()
  }

  // MARK: Spans

  @OverloadBuilder
  private static var overlaps: [Overload] {
    Overload.function(
      "overlap", id: "overlap_timestamp", parameters: spans(.timestamp), result: .duration,
      """
      How long two spans of time are both there, the first given by the instants from and until, then the second; \
      zero where they are not. A span that ends before it begins is an error.
      """
    ) { (a: CELTimestamp, b: CELTimestamp, c: CELTimestamp, d: CELTimestamp, _) in
      guard let (from, until) = try Spans.shared(a, b, c, d) else { return CELDuration(seconds: 0) }
      return try until.since(from).orThrow(.durationRange)
    }
    Overload.function(
      "overlap", id: "overlap_duration", parameters: spans(.duration), result: .duration,
      "The same for times of day, or whatever else durations say from and until of."
    ) { (a: CELDuration, b: CELDuration, c: CELDuration, d: CELDuration, _) in
      guard let (from, until) = try Spans.shared(a, b, c, d) else { return CELDuration(seconds: 0) }
      return try until.adding(from.negated).orThrow(.durationRange)
    }
    Overload.function(
      "overlap", id: "overlap_date", parameters: spans(.date), result: .int,
      "How many days two spans of days share; a span ends before its until, which is not counted."
    ) { (a: CivilDate, b: CivilDate, c: CivilDate, d: CivilDate, _) in
      guard let (from, until) = try Spans.shared(a, b, c, d) else { return Int64(0) }
      return from.days(until: until)
    }
    Overload.function(
      "overlap", id: "overlap_int", parameters: spans(.int), result: .int,
      "The same for spans of numbers."
    ) { (a: Int64, b: Int64, c: Int64, d: Int64, _) in
      guard let (from, until) = try Spans.shared(a, b, c, d) else { return Int64(0) }
      return try withoutOverflow(until.subtractingReportingOverflow(from))
    }
  }

  private static func spans(_ type: CELType) -> [CELType] { [type, type, type, type] }
}
