#if Store
import CEL
import Foundation
import Testing
import TutoringSessions
import TutoringStore

/// Times of one afternoon, in Central Daylight Time.
func afternoon(_ hour: Int, _ minute: Int = 0) -> OffsetDateTime {
  let seconds = Int64(20_740) * 86_400 + Int64((hour + 17) * 3_600 + minute * 60)
  return OffsetDateTime(timestamp: CELTimestamp(seconds: seconds), offsetMinutes: -300)
}

/// A folder of its own for a test, removed with everything in it when the test is done.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A store with one school, two tutors and three students.
struct SmallDistrict {
  static let day = CivilDate(daysSinceEpoch: 20_740)

  let folder: TemporaryFolder
  let store: TutoringStore

  init() async throws {
    folder = try TemporaryFolder()
    store = try await TutoringStore.open(folder: folder.path)
    try await keep(SchoolRecord(id: "truman-high", name: "Truman High"))
    try await keep(SchoolRecord(id: "van-horn-high", name: "Van Horn High"))
    try await keep(
      PersonRecord(
        id: "T-1", name: "R. Alvarez", login: "alvarez", roles: [.tutor],
        approvedSchools: ["van-horn-high", "truman-high"]))
    try await keep(PersonRecord(id: "T-2", name: "Nguyễn Thị Hoa", roles: [.tutor, .office]))
    try await keep(student("ST-1", "Zoë", "Muñoz"))
    try await keep(student("ST-2", "Łukasz", "O'Brien"))
    try await keep(student("ST-3", "Anne-Marie", "van der Berg"))
    try await keep(
      GroupRecord(id: "G-1", name: "Reading lab", tutor: "T-1", members: ["ST-3", "ST-1"]))
    try await keep(
      WorkOrderRecord(id: "WO-1", kind: "tutoring", activity: "tutoring", tutor: "T-1"))
  }

  func student(_ id: String, _ first: String, _ last: String) -> StudentRecord {
    StudentRecord(
      id: id, firstName: first, lastName: last, school: "truman-high",
      facts: ["grades": .list([.object(["subject": .text("math"), "grade": .text("B")])])])
  }

  @discardableResult
  func keep<Record: StoredRecord>(_ record: Record) async throws -> Record {
    try await store.save(record, request: UUID().uuidString, by: nil, at: afternoon(0))
  }

  /// A session of a tutor that was started some minutes after noon.
  @discardableResult
  func start(
    _ tutor: String = "T-1", minute: Int = 0, workOrder: SessionRecord.Assignment? = nil
  ) async throws -> SessionRecord {
    try await store.start(
      SessionDraft(
        tutor: tutor, date: Self.day, start: afternoon(0, minute), workOrder: workOrder),
      request: UUID().uuidString, by: tutor, at: afternoon(0, minute)
    ).session
  }

  @discardableResult
  func perform(
    _ actions: SessionAction..., on session: SessionRecord
  ) async throws -> SessionRecord {
    try await store.perform(
      actions, on: session.id, expecting: nil, request: UUID().uuidString, by: session.tutor,
      at: afternoon(1)
    ).session
  }
}
#endif
