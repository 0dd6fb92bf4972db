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
    let length: Int64 = 86_400
    let utcDay =
      instant.seconds >= 0
      ? instant.seconds / length : (instant.seconds &+ 1) / length &- 1
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
    let local = instant.seconds &+ offset
    let day = local >= 0 ? local / length : (local &+ 1) / length &- 1
    return Int32(exactly: day).flatMap { CivilDate(daysSinceEpoch: 0).adding(days: Int64($0)) }
      .map { Int64($0.daysSinceEpoch) }
  }
}
