/// A value of the expression language.
public enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  /// Text; compared and ordered by Unicode scalars, not by canonical equivalence.
  case string(String)
  case bytes([UInt8])
  case timestamp(CELTimestamp)
  case duration(CELDuration)
  case date(CivilDate)
  /// In a box: 128 bits would make every value larger.
  indirect case decimal(CELDecimal)
  indirect case money(CELMoney)
  case list([CELValue])
  case map(CELMap)
  indirect case optional(CELValue?)
  case type(CELType)
  case object(any CELObject)
  /// What only functions know how to read: a calendar, say.
  case opaque(any OpaqueValue)

  /// The type that `type(value)` gives: that of the value alone, so that a list is a `list(dyn)`.
  public var type: CELType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .date: .date
    case .decimal: .decimal
    case .money: .money
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    case .object(let object): .object(object.typeName)
    case .opaque(let value): value.celType
    }
  }
}
