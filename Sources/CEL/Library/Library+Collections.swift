extension Library {
  /// Lists and maps; what else is done with them are macros.
  static let collections = Library(
    name: "lists and maps",
    summary: """
      Positions in a list count from 0. A key of a map is a bool, an int, a uint or a string; numbers \
      of different types that are equal are the same key.
      """
  ) {
    Overload.function(
      "@in", id: "in_list", parameters: [.parameter("T"), .list(.parameter("T"))],
      "Whether an element of the list equals the value."
    ) { (value: CELValue, list: ListValue, _) in
      list.elements.contains { $0.isEqual(to: value) }
    }.total()
    Overload.function(
      "@in", id: "in_map", parameters: [.parameter("K"), .map(.parameter("K"), .parameter("V"))],
      "Whether the map has the key."
    ) { (key: CELValue, map: CELMap, _) in map[key] != nil }.total().inConstantTime()
    Overload.function(
      "_[_]", id: "index_list", parameters: [.list(.parameter("T")), .int],
      result: .parameter("T"), "The element at a position; one that isn't there is an error."
    ) { (list: ListValue, index: CELValue, _) in try element(of: list.elements, at: index) }
    .handingOn()
    .inConstantTime()
    Overload.function(
      "_[_]", id: "index_map",
      parameters: [.map(.parameter("K"), .parameter("V")), .parameter("K")],
      result: .parameter("V"), "The value of a key; one that isn't there is an error."
    ) { (map: CELMap, key: CELValue, _) in try map[key].orThrow(.noSuchKey) }.handingOn()
      .inConstantTime()
    Overload.function(
      "size", id: "size_list", parameters: [.list(.parameter("T"))],
      "The number of elements."
    ) { (list: ListValue, _) in Int64(list.elements.count) }.total().handingOn().inConstantTime()
    Overload.method(
      "size", id: "list_size", parameters: [.list(.parameter("T"))],
      "The number of elements."
    ) { (list: ListValue, _) in Int64(list.elements.count) }.total().handingOn().inConstantTime()
    Overload.function(
      "size", id: "size_map", parameters: [.map(.parameter("K"), .parameter("V"))],
      "The number of entries."
    ) { (map: CELMap, _) in Int64(map.entries.count) }.total().handingOn().inConstantTime()
    Overload.method(
      "size", id: "map_size", parameters: [.map(.parameter("K"), .parameter("V"))],
      "The number of entries."
    ) { (map: CELMap, _) in Int64(map.entries.count) }.total().handingOn().inConstantTime()
  }

  /// The element at a position, which may be any number that is whole.
  static func element(of elements: [CELValue], at index: CELValue) throws -> CELValue {
    guard let position = try position(index), elements.indices.contains(position) else {
      throw EvaluationError.noSuchElement(count: elements.count)
    }
    return elements[position]
  }

  /// The position that a number gives; nil when it is too large for any list.
  static func position(_ index: CELValue) throws -> Int? {
    switch index {
    case .int(let number): return Int(exactly: number)
    case .uint(let number): return Int(exactly: number)
    case .double(let number):
      guard number == number.rounded() else {
        throw EvaluationError("a position in a list must be a whole number")
      }
      return Int(exactly: number)
    default: throw Overload.noOverload("_[_]")
    }
  }
}

extension EvaluationError {
  static let noSuchKey = EvaluationError("no such key: the map has no entry for it")

  static func noSuchElement(count: Int) -> EvaluationError {
    EvaluationError("no such element: the list has \(count)")
  }
}
