/// The text of a format, taken apart: what stands as it is, and the clauses that values fill.
struct FormatText {
  /// A clause such as `%d` or `%.2f`.
  struct Clause {
    /// The letter that says how the value is written.
    let conversion: Unicode.Scalar
    /// How many digits after the point are asked for; nil where that is left open.
    let precision: Int?
  }

  /// A part of a format.
  enum Part {
    case text(String)
    case clause(Clause)
  }

  /// The parts, in their order.
  private(set) var parts: [Part] = []

  /// The clauses, in their order.
  var clauses: [Clause] {
    parts.compactMap { if case .clause(let clause) = $0 { clause } else { nil } }
  }

  /// How many digits after the point may be asked for.
  private static let precisionLimit = 100

  /// Takes a format apart.
  ///
  /// - Throws: An `EvaluationError` where it has a clause that there is not.
  init(_ format: String) throws {
    var scalars = format.unicodeScalars[...]
    var text = ""
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      let precision = try Self.precision(&scalars)
      guard let conversion = scalars.popFirst() else {
        throw EvaluationError("the format ends within a clause")
      }
      if conversion == "%", precision == nil {
        text += "%"
        continue
      }
      guard "sdfebxXo".unicodeScalars.contains(conversion) else {
        throw EvaluationError("the format has the clause '%\(conversion)', which there is not")
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.clause(Clause(conversion: conversion, precision: precision)))
    }
    if !text.isEmpty { parts.append(.text(text)) }
  }

  /// Reads `.2`.
  private static func precision(_ scalars: inout Substring.UnicodeScalarView) throws -> Int? {
    guard scalars.first == "." else { return nil }
    scalars.removeFirst()
    var value: Int?
    while let scalar = scalars.first, ("0"..."9").contains(scalar) {
      value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
      scalars.removeFirst()
      guard value ?? 0 <= precisionLimit else {
        throw EvaluationError("the format asks for more than \(precisionLimit) digits")
      }
    }
    guard let value else { throw EvaluationError("the format has a point without digits after it") }
    return value
  }
}

extension FormatText.Clause {
  /// The error of a value that the clause does not take.
  var refusal: EvaluationError {
    let (name, accepted) =
      switch conversion {
      case "s": ("%s", "no optional values and no objects")
      case "d": ("%d", "whole numbers")
      case "f", "e": ("%\(conversion)", "numbers")
      case "b": ("the binary clause", "whole numbers and truth values")
      case "o": ("the octal clause", "whole numbers")
      default: ("the hexadecimal clause", "whole numbers, text and bytes")
      }
    return EvaluationError(
      "\(name) of a format takes \(accepted)" + (conversion == "s" ? "" : " only"))
  }

  /// Whether the clause takes some value of a type.
  ///
  /// `%d` takes of the other numbers only those that are infinite or none, which nobody means to write.
  func takes(_ type: CELType) -> Bool {
    switch (conversion, type) {
    case ("s", .optional), ("s", .object): false
    case ("s", _), (_, .dyn), (_, .error), (_, .parameter), (_, .int), (_, .uint): true
    case ("f", .double), ("e", .double), ("b", .bool): true
    case ("x", .string), ("X", .string), ("x", .bytes), ("X", .bytes): true
    case ("x", .enumeration), ("X", .enumeration): true
    default: false
    }
  }
}
