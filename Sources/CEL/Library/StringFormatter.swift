import Foundation

/// Fills the clauses of a format with values, as `format` of the strings extension has it.
struct StringFormatter {
  /// The values for the clauses, in their order.
  let arguments: [CELValue]
  private var used = 0
  private var result = ""

  init(arguments: [CELValue]) { self.arguments = arguments }

  /// The format with its clauses filled.
  func format(_ format: String) throws -> String {
    var formatter = self
    try formatter.fill(format)
    return formatter.result
  }

  private mutating func fill(_ format: String) throws {
    for part in try FormatText(format).parts {
      switch part {
      case .text(let text): result += text
      case .clause(let clause): try append(clause)
      }
      guard result.utf8.count <= resultSizeLimit else { throw EvaluationError.tooLarge }
    }
  }

  private mutating func append(_ clause: FormatText.Clause) throws {
    guard arguments.indices.contains(used) else {
      throw EvaluationError.tooFewValues
    }
    let value = arguments[used]
    used += 1
    switch clause.conversion {
    case "s": try TextForm.write(value, to: &result)
    case "d": result += try decimal(value, clause)
    case "f", "e": result += try real(value, clause)
    case "b": result += try integer(value, radix: 2, clause)
    case "o": result += try integer(value, radix: 8, clause)
    case "X": result += try hexadecimal(value, clause).uppercased()
    default: result += try hexadecimal(value, clause)
    }
  }

  private func decimal(_ value: CELValue, _ clause: FormatText.Clause) throws -> String {
    switch value {
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number) where !number.isFinite: return TextForm.text(of: number)
    default: throw clause.refusal
    }
  }

  private func real(_ value: CELValue, _ clause: FormatText.Clause) throws -> String {
    let number: Double
    switch value {
    case .double(let double): number = double
    case .int(let int): number = Double(int)
    case .uint(let uint): number = Double(uint)
    default: throw clause.refusal
    }
    guard number.isFinite else { return TextForm.text(of: number) }
    return String(format: "%.\(clause.precision ?? 6)\(clause.conversion)", number)
  }

  private func integer(
    _ value: CELValue, radix: Int, _ clause: FormatText.Clause
  ) throws -> String {
    switch value {
    case .int(let number): return String(number, radix: radix)
    case .uint(let number): return String(number, radix: radix)
    case .bool(let bool) where radix == 2: return bool ? "1" : "0"
    default: throw clause.refusal
    }
  }

  private func hexadecimal(_ value: CELValue, _ clause: FormatText.Clause) throws -> String {
    switch value {
    case .string(let text): return Self.hexadecimal(Array(text.utf8))
    case .bytes(let bytes): return Self.hexadecimal(bytes)
    case .int(let number): return String(number, radix: 16)
    case .uint(let number): return String(number, radix: 16)
    default: throw clause.refusal
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return text
  }
}

extension EvaluationError {
  static let tooFewValues = EvaluationError("the format has more clauses than there are values")
}
