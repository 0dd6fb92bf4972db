#if Store
import CEL
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@Suite struct ReadingTests {
  @Test func `sessions come newest first, page by page`() async throws {
    let district = try await SmallDistrict()
    for minute in [10, 30, 20, 40, 20] { try await district.start(minute: minute) }
    try await district.start("T-2", minute: 15)
    let store = district.store
    let all = try await store.sessions(SessionFilter(), limit: 9).sessions
    #expect(all.map(\.id) == ["S-4", "S-2", "S-5", "S-3", "S-6", "S-1"])
    var ids: [String] = []
    var last: String?
    repeat {
      let page = try await store.sessions(SessionFilter(tutor: "T-1"), limit: 2, after: last)
      ids += page.sessions.map(\.id)
      last = page.next
    } while last != nil
    #expect(ids == ["S-4", "S-2", "S-5", "S-3", "S-1"])
  }

  @Test func `sessions are filtered by stage, day, school, student and work order`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    let order = SessionRecord.Assignment(workOrder: "WO-1", assignedOn: SmallDistrict.day)
    let running = try await district.start()
    let ended = try await district.start(minute: 1, workOrder: order)
    try await district.perform(
      .timeIn(student: "ST-2", at: afternoon(0, 5), facts: [:]), .end(at: afternoon(1)), on: ended)
    let deleted = try await district.start(minute: 2)
    try await district.perform(
      .timeIn(student: "ST-2", at: afternoon(0, 5), facts: [:]), .removeEncounter(1), .delete,
      on: deleted)
    func ids(_ filter: SessionFilter) async throws -> [String] {
      try await store.sessions(filter, limit: 9).sessions.map(\.id)
    }
    #expect(try await ids(SessionFilter(stages: [.active])) == [running.id])
    #expect(try await ids(SessionFilter(stages: [.deleted, .finished])) == [deleted.id, ended.id])
    #expect(try await ids(SessionFilter(student: "ST-2")) == [ended.id])
    #expect(try await ids(SessionFilter(workOrder: "WO-1")) == [ended.id])
    #expect(try await ids(SessionFilter(school: "truman-high")).isEmpty)
    let day = SmallDistrict.day
    #expect(try await ids(SessionFilter(from: day, through: day)).count == 3)
    #expect(try await ids(SessionFilter(from: day.adding(days: 1))).isEmpty)
    #expect(
      try await store.sessionCounts(SessionFilter()) == [.active: 1, .finished: 1, .deleted: 1])
    #expect(try await store.sessions(ids: ["S-3", "S-1", "S-9"]).map(\.id) == ["S-1", "S-3"])
  }

  @Test func `tags are counted, one's own apart from those of lists`() async throws {
    let district = try await SmallDistrict()
    let first = try await district.start()
    let second = try await district.start("T-2")
    try await district.perform(.tag(.init("b")), .tag(.init("a")), on: first)
    try await district.perform(.tag(.init("b")), .tag(.init("c", isOwn: true)), on: second)
    let tags = try await district.store.popularTags()
    #expect(tags.map(\.tag) == [.init("b"), .init("a"), .init("c", isOwn: true)])
    #expect(tags.map(\.uses) == [2, 1, 1])
    #expect(try await district.store.popularTags(of: "T-1").map(\.tag.value) == ["a", "b"])
    try await district.perform(.delete, on: second)
    #expect(try await district.store.popularTags().map(\.tag.value) == ["a", "b"])
  }

  @Test(arguments: [
    ("zo", ["ST-1"]), ("ZOE MUN", ["ST-1"]), ("muñ zoë", ["ST-1"]), ("luk", ["ST-2"]),
    ("obr", ["ST-2"]), ("O'B", ["ST-2"]), ("o’brien", ["ST-2"]), ("brien", ["ST-2"]),
    ("marie", ["ST-3"]), ("anne-m", ["ST-3"]), ("van der b", ["ST-3"]), ("berg a", ["ST-3"]),
    ("m", ["ST-1", "ST-3"]), ("zoe x", []), ("oe", []), ("", []), (" - ", []), ("%", []),
  ])
  func `students are found by what their names begin with`(
    text: String, ids: [String]
  ) async throws {
    let district = try await SmallDistrict()
    let found = try await district.store.searchStudents(text)
    #expect(Set(found.map(\.id)) == Set(ids))
  }

  @Test func `students of one's own schools are found first, and former ones not at all`()
    async throws
  {
    let district = try await SmallDistrict()
    var student = district.student("ST-4", "Zoé", "Abbott")
    student.school = "van-horn-high"
    try await district.keep(student)
    let store = district.store
    #expect(try await store.searchStudents("zoe").map(\.id) == ["ST-4", "ST-1"])
    #expect(
      try await store.searchStudents("zoe", first: ["truman-high"]).map(\.id) == ["ST-1", "ST-4"])
    var former = try #require(try await store.student("ST-1"))
    former.isActive = false
    former.lastName = "Quintero"
    try await district.keep(former)
    #expect(try await store.searchStudents("zoe").map(\.id) == ["ST-4"])
    #expect(try await store.searchStudents("muñ").isEmpty)
    #expect(try await store.searchStudents("zoe", limit: 1).count == 1)
  }

  @Test func `students stand where people look for their names`() async throws {
    let district = try await SmallDistrict()
    for (id, last) in [
      ("ST-5", "Zeman"), ("ST-6", "Łukasiewicz"), ("ST-7", "Lund"), ("ST-8", "Émile"),
      ("ST-9", "emerson"), ("ST-10", "O’Brian"), ("ST-11", "Oberst"),
    ] {
      try await district.keep(district.student(id, "Xaver", last))
    }
    let store = district.store
    let names = ["emerson", "Émile", "Łukasiewicz", "Lund", "Oberst", "O’Brian", "Zeman"]
    #expect(try await store.searchStudents("xav").map(\.lastName) == names)
    try await district.keep(
      GroupRecord(id: "G-2", name: "All", tutor: "T-1", members: (5...11).map { "ST-\($0)" }))
    #expect(try await store.members(ofGroup: "G-2").map(\.lastName) == names)
  }

  @Test func `the log is read newest first, filtered and page by page`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    try await district.perform(.end(at: afternoon(1)), on: session)
    let store = district.store
    let mine = try await store.events(EventFilter(person: "T-1"), limit: 9)
    #expect(mine.map(\.action) == ["end", "start"])
    let next = try await store.events(
      EventFilter(person: "T-1"), limit: 9, after: try #require(mine.first).sequence)
    #expect(next.map(\.action) == ["start"])
    #expect(
      try await store.events(EventFilter(kind: .student, action: "add-student"), limit: 9).count
        == 3)
    #expect(
      try await store.events(EventFilter(from: afternoon(0, 1)), limit: 9).map(\.action) == ["end"])
    #expect(
      try await store.events(
        EventFilter(kind: .session, subject: session.id, before: afternoon(1)), limit: 9
      ).map(\.action) == ["start"])
  }
}
#endif
