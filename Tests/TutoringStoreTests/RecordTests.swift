#if Store
import CEL
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@Suite struct RecordTests {
  @Test func `a record is kept as it was entered, and every edit counts`() async throws {
    let district = try await SmallDistrict()
    var student = try #require(try await district.store.student("ST-1"))
    #expect(student.name == "Zoë Muñoz" && student.revision == 1)
    student.facts["homeboundTeacher"] = .text("T-1")
    let saved = try await district.keep(student)
    #expect(saved.revision == 2)
    #expect(try await district.store.student("ST-1") == saved)
    let events = try await district.store.events(of: .student, "ST-1")
    #expect(events.map(\.action) == ["add-student", "edit-student"])
    #expect(
      events[1].changes == [
        FieldChange(path: ["facts", "homeboundTeacher"], before: nil, after: .text("T-1"))
      ])
    #expect(try await district.keep(saved) == saved)
    let session = try await district.start()
    let surroundings = try await district.store.surroundings(of: [session])
    #expect(surroundings.homeboundStudents == ["T-1": ["ST-1"]])
  }

  @Test func `an edit of an older revision is refused`() async throws {
    let district = try await SmallDistrict()
    let old = try #require(try await district.store.person("T-1"))
    var new = old
    new.approvedSchools = []
    try await district.keep(new)
    var other = old
    other.name = "Rosa Alvarez"
    await #expect(throws: StaleRecord(kind: .person, id: "T-1", current: 2)) {
      try await district.keep(other)
    }
    await #expect(throws: StaleRecord(kind: .school, id: "truman-high", current: 1)) {
      try await district.keep(SchoolRecord(id: "truman-high", name: "Another"))
    }
  }

  @Test func `a repeated form edits once`() async throws {
    let district = try await SmallDistrict()
    let school = SchoolRecord(id: "bingham-middle", name: "Bingham Middle")
    for _ in 0..<2 {
      let saved = try await district.store.save(
        school, request: "r", by: "T-2", at: afternoon(0))
      #expect(saved.revision == 1)
    }
    #expect(try await district.store.events(of: .school, "bingham-middle").count == 1)
  }

  @Test func `what refers to nothing is refused`() async throws {
    let district = try await SmallDistrict()
    await #expect(throws: StoreError.constraint("it refers to a record that is not there")) {
      try await district.keep(
        StudentRecord(id: "ST-9", firstName: "", lastName: "Ann", school: "no-such-school"))
    }
    await #expect(throws: StoreError.self) {
      try await district.keep(GroupRecord(id: "G-9", name: "Lab", members: ["ST-99"]))
    }
    await #expect(throws: StoreError.self) {
      try await district.keep(PersonRecord(id: "T-9", name: " ", roles: [.tutor]))
    }
    await #expect(throws: StoreError.self) {
      try await district.keep(
        WorkOrderRecord(
          id: "WO-9", kind: "k", activity: "a", validFrom: SmallDistrict.day,
          validUntil: CivilDate(daysSinceEpoch: 0)))
    }
    await #expect(throws: StoreError.self) { try await district.start("T-99") }
    await #expect(throws: StoreError.self) {
      try await district.perform(
        .timeIn(student: "ST-99", at: afternoon(0), facts: [:]),
        on: try await district.start())
    }
    #expect(try await district.store.check() == [])
  }

  @Test func `a text with NUL is refused, in a field and in a fact`() async throws {
    let district = try await SmallDistrict()
    await #expect(throws: StoreError.nulCharacter) {
      try await district.keep(SchoolRecord(id: "x", name: "Trum\0an"))
    }
    var student = district.student("ST-9", "A", "B")
    student.facts["note"] = .text("a\0b")
    await #expect(throws: StoreError.nulCharacter) { try await district.keep(student) }
    student.firstName = #"\u0000"#
    student.facts["note"] = .text(#"a\u0000b \\u0000"#)
    let kept = try await district.keep(student)
    #expect(try await district.store.student("ST-9") == kept)
  }

  @Test func `two people don't sign in with one login, whatever its case`() async throws {
    let district = try await SmallDistrict()
    await #expect(throws: StoreError.constraint("there is another one with the same login")) {
      try await district.keep(
        PersonRecord(id: "T-9", name: "A", login: "ALVAREZ", roles: [.tutor]))
    }
  }

  @Test func `groups and work orders are those that a tutor may use`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    #expect(try await store.groups(for: "T-1").map(\.id) == ["G-1"])
    #expect(try await store.groups(for: "T-2").isEmpty)
    #expect(try await store.members(ofGroup: "G-1").map(\.id) == ["ST-1", "ST-3"])
    let day = SmallDistrict.day
    try await district.keep(
      WorkOrderRecord(
        id: "WO-2", kind: "detention", activity: "tutoring", validFrom: day, validUntil: day))
    #expect(try await store.workOrders(for: "T-1", on: day).map(\.id) == ["WO-1", "WO-2"])
    #expect(try await store.workOrders(for: "T-2", on: day).map(\.id) == ["WO-2"])
    let next = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)
    #expect(try await store.workOrders(for: "T-2", on: next).isEmpty)
    for order in try await store.workOrders() {
      for tutor in ["T-1", "T-2"] {
        for day in [day, next] {
          let usable = try await store.workOrders(for: tutor, on: day).contains(order)
          #expect(usable == order.isUsable(by: tutor, on: day))
        }
      }
    }
    #expect(try await store.unusedID(for: GroupRecord.self, prefix: "G-") == "G-2")
  }

  @Test func `somebody signs in until the token expires or the password changes`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    #expect(try await store.credentials(login: "Alvarez")?.passwordHash == nil)
    try await store.setPasswordHash(
      "scrypt$x", of: "T-1", request: "r", by: "T-2", at: afternoon(0))
    #expect(try await store.credentials(login: "Alvarez")?.passwordHash == "scrypt$x")
    #expect(try await store.credentials(login: "nobody") == nil)
    try await store.addSignIn(
      tokenHash: "h1", person: "T-1", at: afternoon(0), until: afternoon(1))
    #expect(try await store.signedIn(tokenHash: "h1", at: afternoon(0, 59))?.id == "T-1")
    #expect(try await store.signedIn(tokenHash: "h1", at: afternoon(1)) == nil)
    try await store.setPasswordHash(
      "scrypt$y", of: "T-1", request: "r2", by: "T-2", at: afternoon(0))
    #expect(try await store.signedIn(tokenHash: "h1", at: afternoon(0, 30)) == nil)
    let events = try await store.events(of: .person, "T-1")
    #expect(events.map(\.action) == ["add-person", "set-password", "set-password"])
    #expect(events[1].changes.isEmpty)
    // Whoever leaves is signed out.
    try await store.addSignIn(
      tokenHash: "h2", person: "T-1", at: afternoon(0), until: afternoon(1))
    var person = try #require(try await store.person("T-1"))
    person.isActive = false
    try await district.keep(person)
    #expect(try await store.signedIn(tokenHash: "h2", at: afternoon(0, 30)) == nil)
    #expect(try await store.credentials(login: "Alvarez") == nil)
  }

  @Test func `policies and verdicts are remembered`() async throws {
    let district = try await SmallDistrict()
    let store = district.store
    let version = PolicyVersion(
      digest: "d1", firstSeen: afternoon(0), files: ["vocabulary.yaml": "a\nb"])
    try await store.addPolicyVersion(version)
    try await store.addPolicyVersion(
      PolicyVersion(digest: "d1", firstSeen: afternoon(1), files: [:]))
    #expect(try await store.policyVersions() == [version])
    let session = try await district.start()
    let key = VerdictKey(
      version: 1, surroundings: "1", policies: "d1", today: SmallDistrict.day)
    try await store.keepVerdicts([session.id: (key, "{}"), "S-99": (key, "{}")])
    let kept = try await store.verdicts(of: [session.id, "S-99"])
    #expect(kept.keys.sorted() == [session.id])
    #expect(kept[session.id]?.key == key)
  }
}
#endif
