extension Library {
  /// The math extension.
  static let math = Library(
    name: "math",
    summary: "The greatest and least of numbers, rounding, signs and bits."
  ) {
    extremes("math.greatest", "greatest", "The greatest of the numbers.", .ascending)
    extremes("math.least", "least", "The least of the numbers.", .descending)
    rounding
    signs
    bits
    shifts("math.bitShiftLeft", "left", "The bits moved up by so many places.") { $0 << $1 }
    shifts(
      "math.bitShiftRight", "right", "The bits moved down by so many places, zeros following."
    ) { $0 >> $1 }
  }

  // MARK: Extremes

  private static let numbers: [CELType] = [.int, .uint, .double]

  /// The overloads of `greatest` or `least`: another number replaces the one so far when that stands to
  /// it in the given order.
  @OverloadBuilder
  private static func extremes(
    _ name: String, _ id: String, _ documentation: String, _ replaced: CELValue.Order
  ) -> [Overload] {
    for type in numbers {
      Overload.function(
        name, id: "math_\(id)_\(type)", parameters: [type], result: type, documentation
      ) { (value: CELValue, _) in try extreme([value], name, replaced) }
    }
    for left in numbers {
      for right in numbers {
        Overload.function(
          name, id: "math_\(id)_\(left)_\(right)", parameters: [left, right],
          result: left == right ? left : .dyn, documentation
        ) { (a: CELValue, b: CELValue, _) in try extreme([a, b], name, replaced) }
      }
    }
    for type in numbers + [.dyn] {
      Overload.function(
        name, id: "math_\(id)_list_\(type)", parameters: [.list(type)], result: type,
        isVariadic: true, documentation + " More than two may be given one by one."
      ) { (list: ListValue, _) in try extreme(list.elements, name, replaced) }
      .takingNumbersOnly()
    }
  }

  private static func extreme(
    _ values: [CELValue], _ name: String, _ replaced: CELValue.Order
  ) throws -> CELValue {
    guard var best = values.first else {
      throw EvaluationError("'\(name)' can't be given an empty list")
    }
    for value in values {
      guard value.type.isNumeric, let order = best.order(to: value) else {
        throw Overload.noOverload(name)
      }
      if order == replaced { best = value }
    }
    return best
  }

  // MARK: Rounding and signs

  @OverloadBuilder
  private static var rounding: [Overload] {
    Overload.function("math.ceil", id: "math_ceil_double", "The next whole number upwards.") {
      (a: Double, _) in a.rounded(.up)
    }
    Overload.function("math.floor", id: "math_floor_double", "The next whole number downwards.") {
      (a: Double, _) in a.rounded(.down)
    }
    Overload.function(
      "math.round", id: "math_round_double",
      "The nearest whole number; of two as near, the one away from zero."
    ) { (a: Double, _) in a.rounded(.toNearestOrAwayFromZero) }
    Overload.function("math.trunc", id: "math_trunc_double", "The number without its fraction.") {
      (a: Double, _) in a.rounded(.towardZero)
    }
    Overload.function("math.isNaN", id: "math_isNaN_double", "Whether it is not a number.") {
      (a: Double, _) in a.isNaN
    }
    Overload.function("math.isInf", id: "math_isInf_double", "Whether it is infinite.") {
      (a: Double, _) in a.isInfinite
    }
    Overload.function(
      "math.isFinite", id: "math_isFinite_double", "Whether it is a number and not infinite."
    ) { (a: Double, _) in a.isFinite }
    Overload.function("math.sqrt", id: "math_sqrt_double", "The square root; NaN below zero.") {
      (a: Double, _) in a.squareRoot()
    }
    Overload.function("math.sqrt", id: "math_sqrt_int", "The square root; NaN below zero.") {
      (a: Int64, _) in Double(a).squareRoot()
    }
    Overload.function("math.sqrt", id: "math_sqrt_uint", "The square root.") { (a: UInt64, _) in
      Double(a).squareRoot()
    }
  }

  @OverloadBuilder
  private static var signs: [Overload] {
    Overload.function("math.abs", id: "math_abs_double", "The number without its sign.") {
      (a: Double, _) in a.magnitude
    }
    Overload.function("math.abs", id: "math_abs_int", "The number without its sign.") {
      (a: Int64, _) in try Int64(exactly: a.magnitude).orThrow(.overflow)
    }
    Overload.function("math.abs", id: "math_abs_uint", "The number itself.") { (a: UInt64, _) in
      a
    }
    Overload.function(
      "math.sign", id: "math_sign_double", "1 above zero, -1 below, zero or NaN itself."
    ) { (a: Double, _) -> Double in a > 0 ? 1 : a < 0 ? -1 : a }
    Overload.function("math.sign", id: "math_sign_int", "1 above zero, -1 below, 0 for zero.") {
      (a: Int64, _) in a.signum()
    }
    Overload.function("math.sign", id: "math_sign_uint", "1 above zero, 0 for zero.") {
      (a: UInt64, _) in a.signum()
    }
  }

  // MARK: Bits

  @OverloadBuilder
  private static var bits: [Overload] {
    Overload.function("math.bitAnd", id: "math_bitAnd_int_int", "The bits that both have.") {
      (a: Int64, b: Int64, _) in a & b
    }
    Overload.function("math.bitAnd", id: "math_bitAnd_uint_uint", "The bits that both have.") {
      (a: UInt64, b: UInt64, _) in a & b
    }
    Overload.function("math.bitOr", id: "math_bitOr_int_int", "The bits that either has.") {
      (a: Int64, b: Int64, _) in a | b
    }
    Overload.function("math.bitOr", id: "math_bitOr_uint_uint", "The bits that either has.") {
      (a: UInt64, b: UInt64, _) in a | b
    }
    Overload.function("math.bitXor", id: "math_bitXor_int_int", "The bits that one has alone.") {
      (a: Int64, b: Int64, _) in a ^ b
    }
    Overload.function("math.bitXor", id: "math_bitXor_uint_uint", "The bits that one has alone.") {
      (a: UInt64, b: UInt64, _) in a ^ b
    }
    Overload.function("math.bitNot", id: "math_bitNot_int_int", "The bits that it has not.") {
      (a: Int64, _) in ~a
    }
    Overload.function("math.bitNot", id: "math_bitNot_uint_uint", "The bits that it has not.") {
      (a: UInt64, _) in ~a
    }
  }

  /// The overloads of a shift, which is of the bits alone: the sign of an int is one of them.
  @OverloadBuilder
  private static func shifts(
    _ name: String, _ id: String, _ documentation: String,
    _ shift: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> [Overload] {
    let documentation = documentation + " By a negative number it is an error."
    Overload.function(name, id: "math_bitShift_\(id)_int_int", documentation) {
      (a: Int64, count: Int64, _) in
      Int64(bitPattern: shift(UInt64(bitPattern: a), try places(count)))
    }
    Overload.function(name, id: "math_bitShift_\(id)_uint_int", documentation) {
      (a: UInt64, count: Int64, _) in shift(a, try places(count))
    }
  }

  private static func places(_ count: Int64) throws -> UInt64 {
    try UInt64(exactly: count).orThrow(EvaluationError("bits can't be moved by a negative number"))
  }
}
