import Foundation

/// Fills the clauses of a format with values, as `format` of the strings extension has it.
struct StringFormatter {
  /// The values for the clauses, in their order.
  let arguments: [CELValue]
  private var used = 0
  private var result = ""

  /// How many digits after the point may be asked for.
  private static let precisionLimit = 100

  init(arguments: [CELValue]) { self.arguments = arguments }

  /// The format with its clauses filled.
  func format(_ format: String) throws -> String {
    var formatter = self
    try formatter.fill(format)
    return formatter.result
  }

  private mutating func fill(_ format: String) throws {
    var scalars = format.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      let precision = try precision(&scalars)
      guard let clause = scalars.popFirst() else {
        throw EvaluationError("the format ends within a clause")
      }
      if clause == "%", precision == nil {
        result += "%"
      } else {
        try append(clause, precision)
      }
      guard result.utf8.count <= resultSizeLimit else { throw EvaluationError.tooLarge }
    }
  }

  /// Reads `.2`.
  private func precision(_ scalars: inout Substring.UnicodeScalarView) throws -> Int? {
    guard scalars.first == "." else { return nil }
    scalars.removeFirst()
    var value: Int?
    while let scalar = scalars.first, ("0"..."9").contains(scalar) {
      value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
      scalars.removeFirst()
      guard value ?? 0 <= Self.precisionLimit else {
        throw EvaluationError("the format asks for more than \(Self.precisionLimit) digits")
      }
    }
    guard let value else { throw EvaluationError("the format has a point without digits after it") }
    return value
  }

  private mutating func append(_ clause: Unicode.Scalar, _ precision: Int?) throws {
    guard arguments.indices.contains(used) else {
      throw EvaluationError("the format has more clauses than there are values")
    }
    let value = arguments[used]
    used += 1
    switch clause {
    case "s": try TextForm.write(value, to: &result)
    case "d": result += try decimal(value)
    case "f": result += try real(value, precision ?? 6, "f")
    case "e": result += try real(value, precision ?? 6, "e")
    case "b": result += try integer(value, radix: 2, "binary")
    case "o": result += try integer(value, radix: 8, "octal")
    case "x": result += try hexadecimal(value)
    case "X": result += try hexadecimal(value).uppercased()
    default:
      throw EvaluationError("the format has the clause '%\(clause)', which there is not")
    }
  }

  private func decimal(_ value: CELValue) throws -> String {
    switch value {
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number) where !number.isFinite: return TextForm.text(of: number)
    default: throw Self.wrong("%d", "whole numbers")
    }
  }

  private func real(_ value: CELValue, _ precision: Int, _ conversion: String) throws -> String {
    let number: Double
    switch value {
    case .double(let double): number = double
    case .int(let int): number = Double(int)
    case .uint(let uint): number = Double(uint)
    default: throw Self.wrong("%\(conversion)", "numbers")
    }
    guard number.isFinite else { return TextForm.text(of: number) }
    return String(format: "%.\(precision)\(conversion)", number)
  }

  private func integer(_ value: CELValue, radix: Int, _ name: String) throws -> String {
    switch value {
    case .int(let number): return String(number, radix: radix)
    case .uint(let number): return String(number, radix: radix)
    case .bool(let bool) where radix == 2: return bool ? "1" : "0"
    default: throw Self.wrong("the \(name) clause", "whole numbers")
    }
  }

  private func hexadecimal(_ value: CELValue) throws -> String {
    switch value {
    case .string(let text): return Self.hexadecimal(Array(text.utf8))
    case .bytes(let bytes): return Self.hexadecimal(bytes)
    case .int(let number): return String(number, radix: 16)
    case .uint(let number): return String(number, radix: 16)
    default: throw Self.wrong("the hexadecimal clause", "whole numbers, text and bytes")
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return text
  }

  private static func wrong(_ clause: String, _ accepted: String) -> EvaluationError {
    EvaluationError("\(clause) of a format takes \(accepted) only")
  }
}
