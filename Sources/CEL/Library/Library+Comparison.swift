extension Library {
  /// Equality; `&&`, `||`, `?:` and the macros are nodes of their own, since they don't evaluate everything.
  static let logic = Library(
    name: "logic",
    summary: """
      `&&` is false as soon as one side is, `||` true, whatever becomes of the other side: an error \
      or a missing fact there does not matter. `c ? a : b` evaluates only the branch that it takes.
      """
  ) {
    Overload.function(
      "_==_", id: "equals", parameters: [.parameter("T"), .parameter("T")],
      "Whether both are equal. Numbers are compared by value across their types."
    ) { (a: CELValue, b: CELValue, _) in a.isEqual(to: b) }.total()
    Overload.function(
      "_!=_", id: "not_equals", parameters: [.parameter("T"), .parameter("T")],
      "Whether both differ."
    ) { (a: CELValue, b: CELValue, _) in !a.isEqual(to: b) }.total()
  }

  /// The order of values.
  static let comparison = Library(
    name: "comparison",
    summary: """
      Numbers are compared across their types; texts by Unicode scalars, bytes by value, false comes \
      before true, earlier instants and dates before later ones.
      """,
    overloads: ["_<_", "_<=_", "_>_", "_>=_"].flatMap { name in
      orderedTypes.map { left, right in
        Overload(
          id: "\(comparisonIDs[name] ?? name)_\(left)" + (left == right ? "" : "_\(right)"),
          name: name, parameters: [left, right], result: .bool,
          documentation: left == right
            ? "Compares two values of the type \(left)." : "Compares the numbers' values."
        ) { arguments, _ in
          guard arguments.count == 2, let order = arguments[0].order(to: arguments[1]) else {
            return .failure(Overload.noOverload(name))
          }
          return .success(.bool(isTrue(name, order)))
        }.total()
      }
    })

  private static let comparisonIDs = [
    "_<_": "less", "_<=_": "less_equals", "_>_": "greater", "_>=_": "greater_equals",
  ]

  private static let orderedTypes: [(CELType, CELType)] =
    [
      .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date,
      .decimal, .money,
    ].map { ($0, $0) } + [
      (.int, .uint), (.uint, .int), (.int, .double), (.double, .int), (.uint, .double),
      (.double, .uint), (.decimal, .int), (.int, .decimal),
    ]

  private static func isTrue(_ comparison: String, _ order: CELValue.Order) -> Bool {
    switch comparison {
    case "_<_": order == .ascending
    case "_<=_": order == .ascending || order == .equal
    case "_>_": order == .descending
    default: order == .descending || order == .equal
    }
  }
}
