#if Server
package import CEL
package import Foundation
package import TutoringSessions

/// Tells the time, for everything that the server does: nothing else reads a clock.
package struct DistrictClock: Sendable {
  private let read: @Sendable () -> Date

  /// A clock that shows what a function gives.
  package init(reading read: @escaping @Sendable () -> Date) { self.read = read }

  /// The machine's clock.
  package static let system = DistrictClock { Date() }

  /// A clock that shows an instant when it is made, and runs on from there.
  package static func starting(at instant: Date) -> DistrictClock {
    let clock = ContinuousClock()
    let start = clock.now
    return DistrictClock {
      let elapsed = clock.now - start
      return instant.addingTimeInterval(elapsed / .seconds(1))
    }
  }

  /// The instant.
  package var instant: Date { read() }

  /// The time, to the second, as clocks of a zone show it.
  package func now(in zone: TimeZone) -> OffsetDateTime { OffsetDateTime(read(), in: zone) }
}

extension OffsetDateTime {
  /// The day on which the time lies for those who wrote it.
  package var localDate: CivilDate {
    let local = timestamp.seconds + Int64(offsetMinutes) * 60
    let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    return CivilDate(daysSinceEpoch: Int32(clamping: days))
  }
}
#endif
