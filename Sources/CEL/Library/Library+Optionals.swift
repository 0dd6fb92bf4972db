extension Library {
  /// Optional values.
  static let optionals = Library(
    name: "optionals",
    summary: """
      An optional either has a value or is empty. `a.?b` and `m[?k]` give one for what may not be \
      there, and what is read from an optional is optional itself.
      """,
    overloads: making + taking + indexing)

  private static let t = CELType.parameter("T")
  private static let optionalT = CELType.optional(.parameter("T"))

  @OverloadBuilder
  private static var making: [Overload] {
    Overload.function(
      "optional.of", id: "optional_of", parameters: [t], result: optionalT,
      "An optional that has the value."
    ) { (value: CELValue, _) in OptionalValue(value) }.inConstantTime()
    Overload.function(
      "optional.ofNonZeroValue", id: "optional_ofNonZeroValue", parameters: [t], result: optionalT,
      """
      An optional that has the value, or an empty one if that is null, false, zero or empty.
      """
    ) { (value: CELValue, _) in OptionalValue(value.isZero ? nil : value) }.inConstantTime()
    Overload.function("optional.none", id: "optional_none", result: optionalT, "An empty optional.")
    { _ in
      OptionalValue(nil)
    }
    Overload.function(
      "optional.unwrap", id: "optional_unwrap", parameters: [.list(optionalT)], result: .list(t),
      "The values of those optionals that have one."
    ) { (list: ListValue, _) in try unwrapped(list) }
  }

  @OverloadBuilder
  private static var taking: [Overload] {
    Overload.method(
      "hasValue", id: "optional_hasValue", parameters: [optionalT],
      "Whether it has a value."
    ) { (optional: OptionalValue, _) in optional.value != nil }.handingOn().inConstantTime()
    Overload.method(
      "value", id: "optional_value", parameters: [optionalT], result: t,
      "The value; an error if it is empty."
    ) { (optional: OptionalValue, _) in
      try optional.value.orThrow(EvaluationError("the optional is empty"))
    }.handingOn().inConstantTime()
    Overload.method(
      "or", id: "optional_or_optional", parameters: [optionalT, optionalT],
      result: optionalT, "The optional itself, or the other one if it is empty."
    ) { (optional: OptionalValue, other: OptionalValue, _) in
      optional.value == nil ? other : optional
    }.handingOn().inConstantTime()
    Overload.method(
      "orValue", id: "optional_orValue_value", parameters: [optionalT, t], result: t,
      "The value, or the other one if it is empty."
    ) { (optional: OptionalValue, other: CELValue, _) in optional.value ?? other }.handingOn()
      .inConstantTime()
    Overload.method(
      "unwrapOpt", id: "optional_unwrapOpt", parameters: [.list(optionalT)],
      result: .list(t), "The values of those optionals that have one."
    ) { (list: ListValue, _) in try unwrapped(list) }
  }

  private static let k = CELType.parameter("K")
  private static let v = CELType.parameter("V")

  @OverloadBuilder
  private static var indexing: [Overload] {
    Overload.function(
      "_[?_]", id: "list_optindex_optional_int", parameters: [.list(v), .int],
      result: .optional(v), "The element at a position; empty if it isn't there."
    ) { (list: ListValue, index: CELValue, _) in
      OptionalValue(try optionalElement(of: list.elements, at: index))
    }.inConstantTime()
    Overload.function(
      "_[?_]", id: "map_optindex_optional_value", parameters: [.map(k, v), k],
      result: .optional(v), "The value of a key; empty if it isn't there."
    ) { (map: CELMap, key: CELValue, _) in OptionalValue(map[key]) }.inConstantTime()
    Overload.function(
      "_[?_]", id: "optional_list_optindex_optional_int",
      parameters: [.optional(.list(v)), .int], result: .optional(v),
      "The element at a position; empty if it isn't there."
    ) { (list: OptionalValue, index: CELValue, _) in try indexed(list, index) }.inConstantTime()
    Overload.function(
      "_[?_]", id: "optional_map_optindex_optional_value",
      parameters: [.optional(.map(k, v)), k], result: .optional(v),
      "The value of a key; empty if it isn't there."
    ) { (map: OptionalValue, key: CELValue, _) in try indexed(map, key) }.inConstantTime()
    Overload.function(
      "_[_]", id: "optional_list_index_int", parameters: [.optional(.list(v)), .int],
      result: .optional(v), "The element at a position; empty if it isn't there."
    ) { (list: OptionalValue, index: CELValue, _) in try indexed(list, index) }.handingOn()
      .inConstantTime()
    Overload.function(
      "_[_]", id: "optional_map_index_value", parameters: [.optional(.map(k, v)), k],
      result: .optional(v), "The value of a key; empty if it isn't there."
    ) { (map: OptionalValue, key: CELValue, _) in try indexed(map, key) }.handingOn()
      .inConstantTime()
  }

  private static func unwrapped(_ list: ListValue) throws -> ListValue {
    ListValue(
      try list.elements.compactMap { element in
        try OptionalValue(element).orThrow(.notOptional).value
      })
  }

  private static func indexed(_ optional: OptionalValue, _ index: CELValue) throws -> OptionalValue
  {
    switch optional.value {
    case nil: OptionalValue(nil)
    case .list(let elements): OptionalValue(try optionalElement(of: elements, at: index))
    case .map(let map): OptionalValue(map[index])
    default: throw Overload.noOverload("_[?_]")
    }
  }

  private static func optionalElement(
    of elements: [CELValue], at index: CELValue
  ) throws -> CELValue? {
    guard let position = try position(index), elements.indices.contains(position) else {
      return nil
    }
    return elements[position]
  }
}

extension CELValue {
  /// Whether the value is null, false, zero or empty.
  fileprivate var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let bool): !bool
    case .int(let number): number == 0
    case .uint(let number): number == 0
    case .double(let number): number == 0
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let elements): elements.isEmpty
    case .map(let map): map.entries.isEmpty
    case .optional(let value): value == nil
    case .duration(let duration): duration == CELDuration(seconds: 0)
    case .timestamp(let timestamp): timestamp == CELTimestamp(seconds: 0)
    case .decimal(let number): number == .zero
    case .money(let money): money.amount == .zero
    case .date, .type, .object, .opaque: false
    }
  }
}
