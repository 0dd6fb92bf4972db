/// A Swift type whose values stand for values of the language, so that a library function can be written
/// as a plain Swift closure and its signature read off the closure's types.
public protocol CELRepresentable: Sendable {
  /// The type in the language.
  static var celType: CELType { get }
  /// The Swift value of a value of the language; nil when that is of another type.
  init?(_ value: CELValue)
  /// The value of the language.
  var celValue: CELValue { get }
}

/// A value of any type; what it is declared as is said at the function.
extension CELValue: CELRepresentable {
  public static var celType: CELType { .dyn }
  public init?(_ value: CELValue) { self = value }
  public var celValue: CELValue { self }
}

extension Bool: CELRepresentable {
  public static var celType: CELType { .bool }
  public init?(_ value: CELValue) {
    guard case .bool(let bool) = value else { return nil }
    self = bool
  }
  public var celValue: CELValue { .bool(self) }
}

extension Int64: CELRepresentable {
  public static var celType: CELType { .int }
  public init?(_ value: CELValue) {
    guard case .int(let number) = value else { return nil }
    self = number
  }
  public var celValue: CELValue { .int(self) }
}

extension UInt64: CELRepresentable {
  public static var celType: CELType { .uint }
  public init?(_ value: CELValue) {
    guard case .uint(let number) = value else { return nil }
    self = number
  }
  public var celValue: CELValue { .uint(self) }
}

extension Double: CELRepresentable {
  public static var celType: CELType { .double }
  public init?(_ value: CELValue) {
    guard case .double(let number) = value else { return nil }
    self = number
  }
  public var celValue: CELValue { .double(self) }
}

extension String: CELRepresentable {
  public static var celType: CELType { .string }
  public init?(_ value: CELValue) {
    guard case .string(let text) = value else { return nil }
    self = text
  }
  public var celValue: CELValue { .string(self) }
}

extension [UInt8]: CELRepresentable {
  public static var celType: CELType { .bytes }
  public init?(_ value: CELValue) {
    guard case .bytes(let bytes) = value else { return nil }
    self = bytes
  }
  public var celValue: CELValue { .bytes(self) }
}

extension CELTimestamp: CELRepresentable {
  public static var celType: CELType { .timestamp }
  public init?(_ value: CELValue) {
    guard case .timestamp(let timestamp) = value else { return nil }
    self = timestamp
  }
  public var celValue: CELValue { .timestamp(self) }
}

extension CELDuration: CELRepresentable {
  public static var celType: CELType { .duration }
  public init?(_ value: CELValue) {
    guard case .duration(let duration) = value else { return nil }
    self = duration
  }
  public var celValue: CELValue { .duration(self) }
}

extension CivilDate: CELRepresentable {
  public static var celType: CELType { .date }
  public init?(_ value: CELValue) {
    guard case .date(let date) = value else { return nil }
    self = date
  }
  public var celValue: CELValue { .date(self) }
}

extension CELDecimal: CELRepresentable {
  public static var celType: CELType { .decimal }
  public init?(_ value: CELValue) {
    guard case .decimal(let number) = value else { return nil }
    self = number
  }
  public var celValue: CELValue { .decimal(self) }
}

extension CELMoney: CELRepresentable {
  public static var celType: CELType { .money }
  public init?(_ value: CELValue) {
    guard case .money(let money) = value else { return nil }
    self = money
  }
  public var celValue: CELValue { .money(self) }
}

/// A list of values of any type; what it is declared as is said at the function.
struct ListValue: CELRepresentable {
  let elements: [CELValue]

  static var celType: CELType { .list(.dyn) }
  init(_ elements: [CELValue]) { self.elements = elements }
  init?(_ value: CELValue) {
    guard case .list(let elements) = value else { return nil }
    self.elements = elements
  }
  var celValue: CELValue { .list(elements) }
}

extension CELMap: CELRepresentable {
  public static var celType: CELType { .map(.dyn, .dyn) }
  public init?(_ value: CELValue) {
    guard case .map(let map) = value else { return nil }
    self = map
  }
  public var celValue: CELValue { .map(self) }
}

/// An optional value; what it is declared as is said at the function.
struct OptionalValue: CELRepresentable {
  let value: CELValue?

  static var celType: CELType { .optional(.parameter("T")) }
  init(_ value: CELValue?) { self.value = value }
  init?(_ value: CELValue) {
    guard case .optional(let optional) = value else { return nil }
    self.value = optional
  }
  var celValue: CELValue { .optional(value) }
}
