#if Server
import CEL
import Foundation
import TutoringSessions

/// Finds the instant that somebody means by a time of day, in a session of some day and at some place.
struct TimeReading: Sendable {
  /// Why a typed time is no instant.
  enum Mistake: Error, Hashable, Sendable {
    /// It is no time of day.
    case notATime
    /// Clocks never showed it: they were put forward from the first to the second of these.
    case skipped(from: Int, to: Int, on: CivilDate)
  }

  /// The zone of the district.
  let zone: TimeZone
  /// The day that the session is on.
  let day: CivilDate
  /// From when on a time is likely; nil where anything of the day is.
  let earliest: OffsetDateTime?
  /// Until when a time is likely; nil where anything after `earliest` is.
  let latest: OffsetDateTime?
  /// What a time is near to, where several are likely.
  let reference: OffsetDateTime

  /// A reading of times of a day.
  init(
    zone: TimeZone, day: CivilDate, earliest: OffsetDateTime? = nil,
    latest: OffsetDateTime? = nil, near reference: OffsetDateTime
  ) {
    self.zone = zone
    self.day = day
    self.earliest = earliest
    self.latest = latest
    self.reference = reference
  }

  /// The instant meant by a text.
  ///
  /// Of those that it can mean (in the morning or the afternoon, on the day or in the night after it, before or after clocks
  /// went back), it is one at which something of the session may have happened, where there is one; of several such, and of
  /// several of the day where there is none, it is the nearest to what it is expected near.
  func instant(_ text: String) throws(Mistake) -> OffsetDateTime {
    guard let typed = TypedTime(text) else { throw .notATime }
    let zone = zone
    let onDay = typed.minutes.flatMap { instants(at: $0, on: day, clock: typed.clock) }
    let afterwards = typed.minutes.flatMap { minute in
      day.adding(days: 1).map { instants(at: minute, on: $0, clock: typed.clock) } ?? []
    }
    let likely = (onDay + afterwards).filter(isLikely)
    let candidates = likely.isEmpty ? onDay : likely
    let seconds = candidates.min { distance(of: $0) < distance(of: $1) }
    guard let seconds else {
      let minute = typed.minutes[typed.minutes.count - 1]
      let (from, to) = gap(around: minute)
      throw .skipped(from: from, to: to, on: day)
    }
    return OffsetDateTime(Date(timeIntervalSince1970: TimeInterval(seconds)), in: zone)
  }

  private func isLikely(_ seconds: Int64) -> Bool {
    // Nobody types seconds: whoever came when the session started came in its first minute.
    let from = earliest.map { $0.timestamp.seconds - $0.timestamp.seconds % 60 }
    return from.map { seconds >= $0 } ?? false
      && latest.map { seconds <= $0.timestamp.seconds } ?? true
  }

  private func distance(of seconds: Int64) -> Int64 {
    abs(seconds - reference.timestamp.seconds)
  }

  /// The instants at which clocks show a minute of a day: one, none where they are put forward, two where back.
  private func instants(at minute: Int, on day: CivilDate, clock: TypedTime.Clock?) -> [Int64] {
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(minute) * 60
    let offsets = [offset(at: local - 86_400), offset(at: local + 86_400)]
    var found: [Int64] = []
    for offset in Set(offsets).sorted(by: >) {
      let seconds = local - offset
      if self.offset(at: seconds) == offset { found.append(seconds) }
    }
    guard found.count == 2, let clock else { return found }
    return [clock == .daylight ? found[0] : found[1]]
  }

  /// How many seconds clocks are ahead of UTC.
  private func offset(at seconds: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
  }

  /// The minutes of the day from and to which clocks were put forward, around one that they never showed.
  private func gap(around minute: Int) -> (from: Int, to: Int) {
    func isShown(_ minute: Int) -> Bool { !instants(at: minute, on: day, clock: nil).isEmpty }
    var from = minute
    while from > 0, !isShown(from - 1) { from -= 1 }
    var to = minute
    while to < 1_440, !isShown(to) { to += 1 }
    return (from, to)
  }
}

extension TimeReading.Mistake {
  /// What is wrong, and what was expected.
  func sentence(for text: String, label: String) -> String {
    switch self {
    case .notATime:
      return "\(label): “\(text)” is not a time. Write it like 3:30 pm, 330 or 15:30."
    case .skipped(let from, let to, let day):
      let words = Words(today: day, zone: .gmt)
      return """
        \(label): clocks never showed \(text) on \(words.day(day)): they went from \
        \(Words.clock(minuteOfDay: from)) to \(Words.clock(minuteOfDay: to)).
        """
    }
  }
}
#endif
