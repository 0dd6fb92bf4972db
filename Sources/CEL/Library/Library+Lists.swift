extension Library {
  /// Sums, an addition to CEL.
  static let lists = Library(
    name: "sums",
    summary: "An addition to CEL."
  ) {
    sum("int", Int64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) }
    sum("uint", UInt64(0)) { try withoutOverflow($0.addingReportingOverflow($1)) }
    sum("double", Double(0)) { $0 + $1 }
    sum("duration", CELDuration(seconds: 0)) { try $0.adding($1).orThrow(.durationRange) }
  }

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
}
