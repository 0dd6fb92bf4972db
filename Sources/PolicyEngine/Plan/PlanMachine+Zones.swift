import CEL

/// Where the frame has the offsets of days that were met, behind the cells of jump code.
///
/// What a zone's offset is takes the system longer to find than a whole document takes to decide, and the
/// documents of a batch are of few days.
enum ZoneCells {
  /// Where they begin.
  static let start = PlanMachine.frameCapacity + JumpCells.count
  /// Two words for each of 64 days: which day it is, and its offset.
  static let count = 2 * days
  static let days = 64
  /// What is added to a day, so that no day is zero, which stands for none.
  static let marker = 1 << 32
}

extension PlanMachine {
  /// The day of an instant in the policies' zone; nil outside the years 1 to 9999.
  func day(of instant: PlanInstant) -> Int64? {
    guard let local = localSeconds(of: instant) else { return nil }
    return Int32(exactly: Self.day(of: local)).flatMap {
      CivilDate(daysSinceEpoch: 0).adding(days: Int64($0))
    }.map { Int64($0.daysSinceEpoch) }
  }

  /// The time since midnight that a clock shows at an instant in the policies' zone.
  func timeOfDay(of instant: PlanInstant) -> PlanInstant? {
    localSeconds(of: instant).map {
      PlanInstant(
        seconds: $0 &- Self.day(of: $0) &* Self.length, nanoseconds: instant.nanoseconds)
    }
  }

  private static var length: Int64 { 86_400 }

  /// The day that a second is in, both counted from the same midnight.
  private static func day(of second: Int64) -> Int64 {
    second >= 0 ? second / length : (second &+ 1) / length &- 1
  }

  /// The seconds since 1970-01-01 that calendar and clock show at an instant in the policies' zone.
  private func localSeconds(of instant: PlanInstant) -> Int64? {
    let length = Self.length
    let utcDay = Self.day(of: instant.seconds)
    let cell = ZoneCells.start &+ 2 &* Int(utcDay & Int64(ZoneCells.days &- 1))
    let offset: Int64
    if unsafe frame[cell] == Int(utcDay) &+ ZoneCells.marker {
      offset = Int64(unsafe frame[cell &+ 1])
    } else {
      let zone = unsafe program._withUnsafeGuaranteedRef { $0.timeZone }
      func offsetFound(at seconds: Int64) -> Int? {
        CELTimestamp(seconds: seconds).offset(in: zone)
      }
      guard let found = offsetFound(at: instant.seconds) else { return nil }
      offset = Int64(found)
      // On a day on which the clock is changed, each instant is asked for.
      let start = utcDay &* length
      if offsetFound(at: start) == found, offsetFound(at: start &+ length &- 1) == found {
        unsafe frame[cell &+ 1] = found
        unsafe frame[cell] = Int(utcDay) &+ ZoneCells.marker
      }
    }
    return instant.seconds &+ offset
  }
}
