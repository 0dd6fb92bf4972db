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
  case list([CELValue])
  case map(CELMap)
  indirect case optional(CELValue?)
  case type(CELType)
  case object(any CELObject)
}

/// An instant: whole seconds since 1970-01-01T00:00:00Z and nanoseconds from 0 to 999,999,999.
public struct CELTimestamp: Hashable, Sendable {
  /// Whole seconds since the epoch, rounded down.
  public let seconds: Int64
  /// Nanoseconds after that second.
  public let nanoseconds: Int32

  /// An instant; the caller keeps to the years 1 to 9999.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

/// A span of time: whole seconds and nanoseconds of the same sign.
public struct CELDuration: Hashable, Sendable {
  /// Whole seconds, rounded towards zero.
  public let seconds: Int64
  /// Nanoseconds, from -999,999,999 to 999,999,999, never of the other sign than the seconds.
  public let nanoseconds: Int32

  /// A span of time.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int32

  /// The day so many days after 1970-01-01.
  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}

/// A map value: keys are bool, int, uint or string; entries keep their order.
public struct CELMap: Sendable {
  /// The entries, in the order in which they were given.
  public let entries: [(key: CELValue, value: CELValue)]

  /// A map of the given entries, which have no equal keys.
  public init(entries: [(key: CELValue, value: CELValue)]) { self.entries = entries }
}
