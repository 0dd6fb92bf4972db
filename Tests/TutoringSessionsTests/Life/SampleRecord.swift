import CEL
import Testing
import TutoringSessions

/// Times of one afternoon, in Central Daylight Time.
func afternoon(_ hour: Int, _ minute: Int = 0) -> OffsetDateTime {
  let seconds = Int64(20_740) * 86_400 + Int64((hour + 17) * 3_600 + minute * 60)
  return OffsetDateTime(timestamp: CELTimestamp(seconds: seconds), offsetMinutes: -300)
}

extension SessionRecord {
  /// A session that was started at noon and still runs.
  static let running = SessionRecord(
    id: "S-1", tutor: "T-1", date: CivilDate(daysSinceEpoch: 20_740), start: afternoon(0))

  /// The session after some actions.
  func after(_ actions: SessionAction...) throws(LifeRefusal) -> SessionRecord {
    var record = self
    for action in actions { record = try SessionLife.applying(action, to: record) }
    return record
  }
}

extension SessionAction {
  /// Times a student in, with nothing said of the encounter.
  static func timeIn(_ student: String, _ time: OffsetDateTime) -> SessionAction {
    .timeIn(student: student, at: time, facts: [:])
  }
}
